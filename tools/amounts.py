"""Amounts of money as clerks write them in Vietnamese lists, in đồng."""

import re
from decimal import Decimal

from .text import fold

_UNITS = {
    "": 1, "d": 1, "dong": 1, "vnd": 1, "dong/nam": 1, "d/nam": 1,
    "nghin": 10**3, "ngan": 10**3, "nghin dong": 10**3, "ngan dong": 10**3,
    "tr": 10**6, "trd": 10**6, "trieu": 10**6, "trieu dong": 10**6, "trieu vnd": 10**6,
    "trieu dong/nam": 10**6, "trieu/nam": 10**6,
    "ty": 10**9, "ti": 10**9, "ty dong": 10**9, "ti dong": 10**9, "ty dong/nam": 10**9,
}  # fmt: skip
_AMOUNT = re.compile(r"([\d.,]*\d)\s*([^\d]*)")
_GROUPED = re.compile(r"\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*")


def parse_amount(text):
    """Return an amount in đồng as a whole number; 0 for an empty cell.

    Thousands may be grouped by points, commas or blanks ("488.000.000 đ"); a unit may
    follow ("28,8 triệu", "1,5 tỷ đồng"). Raises ``ValueError`` for anything that two
    people could read differently, such as "28,8" without a unit.
    """
    words = fold(text)
    if not words:
        return 0
    words = re.sub(r"(?<=\d) (?=\d{3}(?!\d))", "", words)
    found = _AMOUNT.fullmatch(words)
    unit = found and _UNITS.get(found[2].strip(" ."))
    if not unit:
        raise ValueError(text)
    digits = found[1]
    if digits.isdigit():
        number = Decimal(digits)
    elif unit == 1 and _GROUPED.fullmatch(digits):
        number = Decimal(re.sub(r"[.,]", "", digits))
    elif unit > 1 and re.fullmatch(r"\d+[.,]\d{1,2}", digits):
        number = Decimal(digits.replace(",", "."))
    elif re.fullmatch(r"\d+\.0+", digits):
        number = Decimal(digits)
    else:
        raise ValueError(text)
    amount = number * unit
    if amount != int(amount) or amount >= 10**15:
        raise ValueError(text)
    return int(amount)
