"""Texts without the names in them, for those who judge without knowing whose they are.

What a name leaves is a mark, never nothing: the reader sees that something stood
there. Names are found whatever their accents, capitals and spaces.
"""

import re
import unicodedata

from .text import fold

MARK = "[…]"
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
# no letter or digit before, none after; an underscore parts words
_EDGE = (r"(?<![^\W_])", r"(?![^\W_])")
_PHONE = re.compile(r"(?<![\w.])(?:\+?84|0)(?:[ .-]?\d){8,10}(?!\w)")


def mask(text, names):
    """Return ``text`` without ``names``, e-mail addresses and telephone numbers.

    A name of one word is left alone: it would take ordinary words out of the text.
    """
    if not text:
        return text
    text = unicodedata.normalize("NFC", text)
    text = _PHONE.sub(MARK, _ADDRESS.sub(MARK, text))
    patterns = [_pattern(name) for name in sorted(set(names), key=len, reverse=True)]
    for pattern in filter(None, patterns):
        text = _cut(text, pattern)
    return text


def finds(text, names):
    """Return the first of ``names`` that stands in ``text``, "" if none does."""
    plain = _plain(unicodedata.normalize("NFC", text or ""))
    for name in names:
        pattern = _pattern(name)
        if pattern and pattern.search(plain):
            return name
    return ""


def _pattern(name):
    words = [word for word in fold(name).split() if word]
    if len(words) < 2:
        return None
    # file names join words by other signs
    body = r"[\s_.-]+".join(map(re.escape, words))
    return re.compile(rf"{_EDGE[0]}{body}{_EDGE[1]}")


def _plain(text):
    """Return the text for comparing, sign by sign: what is found has its place."""
    return "".join(_plain_sign(sign) for sign in text)


def _plain_sign(sign):
    plain = fold(sign)
    return plain if len(plain) == 1 else sign.lower()[:1] or sign


def _cut(text, pattern):
    parts, end = [], 0
    for found in pattern.finditer(_plain(text)):
        parts += [text[end : found.start()], MARK]
        end = found.end()
    return "".join([*parts, text[end:]])
