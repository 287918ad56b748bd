"""Which passages two dossiers share, word by word, for people to look at.

Each side is a list of texts (the fields of a dossier). A passage is a run of at least
``PASSAGE_WORDS`` equal words, small changes inside bridged; words of the form's own
sentences (``phrases``) never count.
"""

from collections import defaultdict
from dataclasses import dataclass

from .similarity import PASSAGE_WORDS, located_words, marked, runs

# Words that may differ inside a passage, and places of one run that are followed
BRIDGED_WORDS = 2
MOST_PLACES = 40


@dataclass(frozen=True)
class Passage:
    """Words ``start`` to ``end`` of one side that stand at ``other_start`` there."""

    start: int
    end: int
    other_start: int
    other_end: int


def compare(ours, theirs, phrases=()):
    """Return ``(share, our segments, their segments)`` of two lists of texts.

    The share says how much of ours, the form's own sentences left out, stands in
    theirs: 0 to 1. Segments are, for each text, a list of ``(piece, passage,
    is_template)``: the pieces make up the text, and the passage is its number from 1
    on, the same on both sides, 0 for what is not shared.
    """
    left, right = _Side(ours, phrases), _Side(theirs, phrases)
    found = find(left.tokens, right.tokens)
    numbers = enumerate(found, start=1)
    left_marks, right_marks = {}, {}
    for number, one in numbers:
        left_marks.update(dict.fromkeys(range(one.start, one.end), number))
        for at in range(one.other_start, one.other_end):
            right_marks.setdefault(at, number)
    share = shared(left.tokens, right.tokens)
    return share, left.segments(left_marks), right.segments(right_marks)


def shared(ours, theirs):
    """Return the share of the runs of ``ours`` that stand in ``theirs``: 0 to 1.

    ``None`` separates texts and phrases: no run goes over it.
    """
    mine, other = set(), set()
    for tokens, into in ((ours, mine), (theirs, other)):
        for part in _parts(tokens):
            into |= runs(part)
    return len(mine & other) / len(mine) if mine else 0.0


def find(ours, theirs):
    """Return the passages of two lists of words, in the order of ours.

    ``None`` stands for what equals nothing.
    """
    places = defaultdict(list)
    for at in range(len(theirs) - PASSAGE_WORDS + 1):
        run = tuple(theirs[at : at + PASSAGE_WORDS])
        if None not in run and len(places[run]) < MOST_PLACES:
            places[run].append(at)
    found, at = [], 0
    while at <= len(ours) - PASSAGE_WORDS:
        here = places.get(tuple(ours[at : at + PASSAGE_WORDS]), ())
        length, there = max(
            ((_length(ours, at, theirs, place), -place) for place in here),
            default=(0, 0),
        )
        if length:
            found.append(Passage(at, at + length, -there, length - there))
        at += length or 1
    return _bridged(found, ours, theirs)


def _length(ours, at, theirs, there):
    length, most = 0, min(len(ours) - at, len(theirs) - there)
    while length < most:
        word = ours[at + length]
        if word is None or word != theirs[there + length]:
            break
        length += 1
    return length


def _bridged(found, ours, theirs):
    """Join passages that only a word or two tell apart."""
    joined = []
    for passage in found:
        last = joined[-1] if joined else None
        gap = last and range(last.end, passage.start)
        other_gap = last and range(last.other_end, passage.other_start)
        if (
            last
            and len(gap) <= BRIDGED_WORDS
            and len(other_gap) <= BRIDGED_WORDS
            and passage.other_start >= last.other_end
            and None not in [ours[at] for at in gap]
            and None not in [theirs[at] for at in other_gap]
        ):
            joined[-1] = Passage(
                last.start, passage.end, last.other_start, passage.other_end
            )
        else:
            joined.append(passage)
    return joined


def _parts(tokens):
    part = []
    for token in [*tokens, None]:
        if token is not None:
            part.append(token)
        elif part:
            yield part
            part = []


class _Side:
    """The texts of one dossier as words with their places; ``None`` between texts."""

    def __init__(self, texts, phrases):
        self.texts = [str(text or "") for text in texts]
        self.tokens, self.spans = [], []
        for number, text in enumerate(self.texts):
            located = located_words(text)
            flags = marked([word for word, _start, _end in located], phrases)
            for (word, start, end), flag in zip(located, flags, strict=True):
                self.tokens.append(None if flag else word)
                self.spans.append((number, start, end, flag))
            self.tokens.append(None)
            self.spans.append((number, len(text), len(text), False))

    def segments(self, marks):
        """Return the pieces of each text; ``marks`` gives the passage of a word."""
        pieces = [[] for _text in self.texts]
        done = [0] * len(self.texts)
        previous = (0, False)
        for at, (number, start, end, is_template) in enumerate(self.spans):
            kind = (marks.get(at, 0), is_template)
            if start > done[number]:
                # what stands between two words of a passage belongs to it
                between = kind if kind == previous else (0, False)
                pieces[number].append((done[number], start, between))
            if end > start:
                pieces[number].append((start, end, kind))
            done[number] = max(done[number], end)
            previous = kind if end > start else (0, False)
        return [
            self._merged(text, parts)
            for text, parts in zip(self.texts, pieces, strict=True)
        ]

    def _merged(self, text, parts):
        merged = []
        for start, end, kind in parts:
            if merged and merged[-1][1:] == kind:
                merged[-1] = (merged[-1][0] + text[start:end], *kind)
            else:
                merged.append((text[start:end], *kind))
        return merged
