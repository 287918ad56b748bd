"""Vietnamese text in a form that can be compared, searched and sorted."""

import unicodedata


def clean(text):
    """Return ``text`` in NFC, trimmed, inner white space collapsed to one space."""
    return " ".join(unicodedata.normalize("NFC", text or "").split())


def fold(text):
    """Return ``text`` for searching: lower case, no diacritics, đ as d.

    "Phủ Lý" and "phu ly" fold to the same string.
    """
    plain = clean(text).lower().replace("đ", "d")
    decomposed = unicodedata.normalize("NFD", plain)
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def given_name_key(name):
    """Return the key that sorts Vietnamese names: given name (last word) first."""
    words = clean(name).split()
    return tuple(fold(word) for word in [*words[-1:], *words[:-1]])
