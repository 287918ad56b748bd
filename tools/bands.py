"""Scales written as text, a line a band: “27–30: hoàn toàn mới” (domain section 6)."""

import re
from decimal import Decimal

_NUMBER = r"(\d{1,3}(?:[.,]\d{1,2})?)"
_LINE = re.compile(rf"^\W*{_NUMBER}(?:\s*(?:[-–—]|đến)\s*{_NUMBER})?\s*:\s*(\S.*)$")


def read_bands(text):
    """Return the bands that ``text`` spells out: dicts from, to, text; best first.

    Lines that are no band are left to be read as guidance.
    """
    bands = []
    for line in (text or "").splitlines():
        found = _LINE.match(line.strip())
        if found:
            low, high, words = found.groups()
            low = Decimal(low.replace(",", "."))
            high = Decimal(high.replace(",", ".")) if high else low
            if low <= high:
                bands.append({"from": float(low), "to": float(high), "text": words})
    return sorted(bands, key=lambda one: -one["from"])


def show_range(low, high, decimal_point=","):
    """Return a range of points as a printed scale has it, e.g. “27–30”, “7,5–10”."""
    ends = [f"{one:g}".replace(".", decimal_point) for one in (low, high)]
    return ends[0] if low == high else "–".join(ends)
