"""Vietnamese text without the ORM: search columns, tidy names, list order.

The same name arrives composed (keyboards) or decomposed (macOS, PDF copies), with
non-breaking or zero-width characters from word processors; what is compared, stored
or sorted goes through here first.
"""

import unicodedata
from itertools import filterfalse

# Unicode categories of what nobody sees: control, format and half characters.
_INVISIBLE = ("Cc", "Cf", "Cs")
# Marks that make another letter (â ê ô, ă, ơ ư) in the order of the alphabet.
_LETTER_MARKS = {"\u0306": "1", "\u0302": "2", "\u031b": "3"}
# Tones in dictionary order after none: huyền, hỏi, ngã, sắc, nặng.
_TONES = ("\u0300", "\u0309", "\u0303", "\u0301", "\u0323")


def clean(text):
    """Return the text as it should be stored: composed (NFC), trimmed, single spaces.

    Invisible characters (zero-width spaces, byte order marks, control signs) are
    removed: two names that look alike must be alike, and a NUL cannot be stored.
    ``None`` and ``False`` give ``""``.
    """
    tidy = " ".join(str(text or "").split())
    if not tidy.isprintable():
        visible = (
            char for char in tidy if unicodedata.category(char) not in _INVISIBLE
        )
        tidy = " ".join("".join(visible).split())
    return unicodedata.normalize("NFC", tidy)


def code_key(text):
    """Return a code as one compares it: capitals and small letters are the same."""
    return clean(text).lower()


def fold(text):
    """Return the text for searching: lower-case, without accents, đ as d.

    Idempotent, and the same for composed and decomposed input, so that a stored
    search column and a typed query meet. ``None`` and ``False`` give ``""``.
    """
    lowered = clean(text).lower().replace("đ", "d")
    parts = unicodedata.normalize("NFD", lowered)
    bare = "".join(filterfalse(unicodedata.combining, parts))
    return unicodedata.normalize("NFC", bare)


def phone_key(text):
    """Return a telephone number as one compares it: digits, Vietnam's own as 0….

    ``+84 912 345 678``, ``0084912345678`` and ``0912.345.678`` are the same; numbers
    of other countries keep their code. Too short to tell a person: ``""``.
    """
    signs = clean(text)
    digits = "".join(char for char in signs if char.isdecimal())
    if not signs.startswith("+") and digits.startswith("00"):
        digits = digits[2:]
    if digits.startswith("84") and len(digits) >= 10:
        digits = f"0{digits[2:].lstrip('0')}"
    return digits if len(digits) >= 8 else ""


def given_name_key(name):
    """Return the string that sorts a person as Vietnamese lists do.

    The given name (last word) comes first, then the family name, then the middle
    names. Within a word the letters of the alphabet decide (a < ă < â < b, d < đ),
    then the tone. Each letter is written as base letter + digit and a word ends
    with its tone digit, so that plain string comparison gives the order.
    """
    words = clean(name).lower().split()
    ordered = words[-1:] + words[:-1]
    return " ".join(_word_key(word) for word in ordered)


def alphabet_key(text):
    """Return the string that sorts headings as the Vietnamese alphabet does."""
    return " ".join(_word_key(word) for word in clean(text).lower().split())


def _word_key(word):
    letters, tone = [], "0"
    for char in unicodedata.normalize("NFD", word):
        if char in _TONES:
            tone = str(_TONES.index(char) + 1)
        elif char in _LETTER_MARKS:
            if letters:
                letters[-1] = letters[-1][0] + _LETTER_MARKS[char]
        elif not unicodedata.combining(char):
            letters.append("d1" if char == "đ" else char + "0")
    return "".join(letters) + tone


def clean_lines(text):
    """Return a text of several lines as it should be stored.

    Composed (NFC), lines ended by ``\\n``, without the control and invisible signs
    that word processors and copies from PDF leave (a NUL cannot even be stored).
    Spaces and empty lines inside stay as they were typed. ``None`` gives ``""``.
    """
    lines = str(text or "").replace("\r\n", "\n").replace("\r", "\n")
    visible = (
        char
        for char in lines
        if char in "\n\t" or unicodedata.category(char) not in _INVISIBLE
    )
    return unicodedata.normalize("NFC", "".join(visible)).strip()
