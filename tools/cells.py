"""Cells of spreadsheets that run nothing when somebody opens them.

A text that begins with = + - @ (or with a tab or line end before it) is a formula to
a spreadsheet: a title typed by a stranger would run on the desk of an officer.
"""

import re

_FORMULA = re.compile(r"[\s\u200b\u200c\u200d\u2060\ufeff]*[=+\-@＝＋－＠]")
_STARTS_BLANK = ("\t", "\r", "\n")
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)*\s*%?")
_KEPT = re.compile(r"'(?=[\s\u200b\u200c\u200d\u2060\ufeff]*[=+\-@＝＋－＠\t\r\n])")


def neutral(value):
    """Return a value for a cell; a text that could be a formula gets an apostrophe.

    Numbers stay numbers, also as text ("-5", "+84912345678").
    """
    if not isinstance(value, str) or _NUMBER.fullmatch(value):
        return value
    if value.startswith(_STARTS_BLANK) or _FORMULA.match(value):
        return f"'{value}"
    return value


def original(value):
    """Return the text that ``neutral`` protected, when a file comes back."""
    if isinstance(value, str) and _KEPT.match(value):
        return value[1:]
    return value
