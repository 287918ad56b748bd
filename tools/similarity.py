"""What two texts have in common, without the ORM: signatures and passages.

Signatures answer "which of a million titles are near this one" from an index; they
lose a little and are only ever used to choose candidates. What is shown to people is
computed exactly, word by word, from the candidates' own texts.

Everything works on folded words (lower-case, no diacritics, no punctuation), so that
the way a text was typed makes no difference. Hashes are the same on every machine
and in every process: they are stored.
"""

import re
import zlib

import numpy as np

from .text import fold

# A change of anything below makes stored signatures unusable: raise the number
METHOD = 1
# Characters of a title's shingle; 32 bands of 4 rows find titles from a Jaccard
# similarity of about (1/32)^(1/4) = 0.42 on
SHINGLE = 5
BANDS = 32
ROWS = 4
# Bits of a band: few enough that dossiers share the index's keys (a third of its size
# at a million), enough that a chance meeting is rare beside what is looked for
BAND_BITS = 22
# Words of a fingerprint of a text and how many neighbours it is chosen from: any
# passage of PRINT_WORDS + PRINT_WINDOW - 1 words that two texts share is found
PRINT_WORDS = 6
PRINT_WINDOW = 4
# What is signed and compared of one text; a description has some pages at most
MOST_CHARACTERS = 40000
# Words in a row that count as taken over, and the words that may differ within
PASSAGE_WORDS = 4

# Combining marks and invisible characters stay with the letter they follow
_TOKEN = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f\u00ad\u200b-\u200f\u2060\ufeff])*")
_WORD = re.compile(r"[^\W_]+")
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_BLOCK = 2048


def words(text):
    """Return the folded words of a text, in order."""
    return _WORD.findall(fold(str(text or "")[:MOST_CHARACTERS]))


def located_words(text):
    """Return ``(word, start, end)`` for each word: folded, and where it stands."""
    found = []
    for match in _TOKEN.finditer(str(text or "")[:MOST_CHARACTERS]):
        found += [(word, *match.span()) for word in _WORD.findall(fold(match.group()))]
    return found


def shingles(tokens, size=SHINGLE):
    """Return the set of runs of ``size`` characters of some words; short ones whole."""
    line = " ".join(tokens)
    if len(line) <= size:
        return {line} if line else set()
    return {line[at : at + size] for at in range(len(line) - size + 1)}


def runs(tokens, size=PASSAGE_WORDS):
    """Return the set of runs of ``size`` words; of a shorter text the whole."""
    if len(tokens) <= size:
        return {tuple(tokens)} if tokens else set()
    return {tuple(tokens[at : at + size]) for at in range(len(tokens) - size + 1)}


def jaccard(one, other):
    """Return the share of two sets that they have in common: 0 to 1, symmetric."""
    together = len(one | other)
    return len(one & other) / together if together else 0.0


def containment(ours, theirs):
    """Return the share of ``ours`` that is found in ``theirs``: 0 to 1."""
    return len(ours & theirs) / len(ours) if ours else 0.0


def marked(tokens, phrases):
    """Return for each word whether it belongs to one of the phrases.

    :param phrases: an iterable of tuples of folded words
    """
    flags = [False] * len(tokens)
    by_first = {}
    for phrase in phrases:
        by_first.setdefault(phrase[0], []).append(phrase)
    for at, token in enumerate(tokens):
        for phrase in by_first.get(token, ()):
            if tuple(tokens[at : at + len(phrase)]) == phrase:
                flags[at : at + len(phrase)] = [True] * len(phrase)
    return flags


def without(tokens, phrases):
    """Return the words that belong to none of the phrases; all if none is left."""
    flags = marked(tokens, phrases)
    return [token for token, flag in zip(tokens, flags, strict=True) if not flag] or [
        *tokens
    ]


def parts_without(tokens, phrases):
    """Return the words between the phrases, as a list of non-empty lists."""
    parts, part = [], []
    for token, flag in zip(tokens, marked(tokens, phrases), strict=True):
        if flag:
            parts.append(part)
            part = []
        else:
            part.append(token)
    parts.append(part)
    return [one for one in parts if one]


# SIGNATURES


def _mix(values):
    """Spread 64-bit numbers over their whole range (splitmix64)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


def _permutations(count):
    """Return multipliers and offsets of ``count`` permutations of 32-bit numbers."""
    seeds = _mix(np.arange(1, 2 * count + 1, dtype=np.uint64) * _GOLDEN)
    numbers = (seeds >> np.uint64(32)).astype(np.uint32)
    return numbers[:count] | np.uint32(1), numbers[count:]


_MULTIPLIERS, _OFFSETS = _permutations(BANDS * ROWS)


def _signed(values):
    """Return 64-bit numbers as the database keeps them: signed, 32 bits."""
    return (values >> np.uint64(32)).astype(np.uint32).view(np.int32)


def _windows(values, size):
    """Return a hash of each run of ``size`` consecutive numbers."""
    hashes = np.zeros(len(values) - size + 1, dtype=np.uint64)
    for offset in range(size):
        hashes = hashes * _GOLDEN + values[offset : offset + len(hashes)]
        hashes ^= hashes >> np.uint64(29)
    return _mix(hashes)


def title_bands(token_lists):
    """Return the band hashes of titles: a list of 32 numbers each, ``[]`` if empty.

    Two titles with a high Jaccard similarity of their shingles share some bands.

    :param token_lists: one list of folded words per title
    """
    lines = [" ".join(tokens) for tokens in token_lists]
    # shorter than a shingle: filled up, so that it is one shingle
    filled = [line.ljust(SHINGLE) for line in lines if line]
    if not filled:
        return [[] for _line in lines]
    codes = np.frombuffer("".join(filled).encode("utf-32-le"), dtype=np.uint32)
    lengths = np.array([len(line) for line in filled])
    ends = np.cumsum(lengths)
    inside = np.ones(len(codes) - SHINGLE + 1, dtype=bool)
    for back in range(1, SHINGLE):
        # shingles that would reach over into the next title
        inside[(ends - back)[:-1]] = False
    hashes = _windows(codes.astype(np.uint64), SHINGLE)[inside]
    starts = np.concatenate(([0], np.cumsum(lengths - SHINGLE + 1)[:-1]))
    bands = iter(_banded((hashes >> np.uint64(32)).astype(np.uint32), starts))
    return [next(bands) if line else [] for line in lines]


def _banded(hashes, starts):
    """Return the band hashes of sets that lie one after the other in ``hashes``."""
    least = np.empty((BANDS * ROWS, len(starts)), dtype=np.uint32)
    ends = np.append(starts[1:], len(hashes))
    first = 0
    while first < len(starts):
        # some sets at a time, so that the numbers stay in the processor's cache
        limit = starts[first] + _BLOCK
        last = max(int(np.searchsorted(ends, limit)), first + 1)
        block = hashes[starts[first] : ends[last - 1]]
        numbers = _MULTIPLIERS[:, None] * block + _OFFSETS[:, None]
        places = starts[first:last] - starts[first]
        least[:, first:last] = np.minimum.reduceat(numbers, places, axis=1)
        first = last
    rows = least.reshape(BANDS, ROWS, len(starts)).astype(np.uint64)
    bands = np.arange(1, BANDS + 1, dtype=np.uint64)[:, None]
    for row in range(ROWS):
        bands = _mix((bands ^ rows[:, row]) * _GOLDEN)
    return (bands >> np.uint64(64 - BAND_BITS)).T.astype(np.int32).tolist()


def text_prints(tokens):
    """Return fingerprints of a text: sorted numbers, ``[]`` when it is too short.

    Of every PRINT_WINDOW neighbouring runs of words the one with the least hash is
    kept (winnowing): what two texts share is chosen alike in both, wherever it
    stands.

    :param tokens: folded words
    """
    if len(tokens) < PRINT_WORDS:
        return []
    numbers = np.array([zlib.crc32(token.encode()) for token in tokens], np.uint64)
    hashes = _windows(numbers, PRINT_WORDS)
    window = min(PRINT_WINDOW, len(hashes))
    count = len(hashes) - window + 1
    least = hashes[:count]
    for offset in range(1, window):
        least = np.minimum(least, hashes[offset : offset + count])
    return np.unique(_signed(least)).tolist()


def rarest(values, frequencies, rows, budget):
    """Return those of ``values`` that lead to few records, rarest first.

    The commonest bands belong to turns of phrase that thousands of titles begin
    with; whoever follows them all reads half the table.

    :param frequencies: ``{value: share of the rows that have it}`` for common values
    :param rows: number of rows
    :param budget: number of rows that may be visited
    """
    kept, visited = [], 0.0
    for value in sorted(values, key=lambda one: (frequencies.get(one, 0), one)):
        visited += frequencies.get(value, 0) * rows
        if kept and visited > budget:
            break
        kept.append(value)
    return kept
