"""Exact numbers: points, shares and votes without binary floating point.

A float such as 0.1 + 0.2 must never decide whether a dossier passes, so floats stop
at ``to_decimal`` and everything behind it is ``Decimal``, ``Fraction`` or ``int``.
"""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction


def to_decimal(value, digits=2):
    """Return a number of the ORM as an exact ``Decimal`` with ``digits`` decimals.

    A float goes through its shortest text, which is what the person typed.
    Raises ``ValueError`` for what is not a finite number.
    """
    number = Decimal(str(value or 0))
    if not number.is_finite():
        raise ValueError(f"not a finite number: {value!r}")
    return number.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)


def to_fraction(value):
    """Return an exact number as ``Fraction``; ``TypeError`` for a float."""
    if isinstance(value, float):
        raise TypeError(f"floats are not exact, use to_decimal first: {value!r}")
    return Fraction(value)


def round_half_up(value, digits):
    """Round an exact, non-negative number to ``digits`` decimals, halves upwards."""
    scaled = to_fraction(value) * 10**digits
    units = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(units).scaleb(-digits)


def as_text(value):
    """Return an exact number as text for JSON: "81.67" if finite, else "245/3"."""
    number = to_fraction(value)
    rest, decimals = number.denominator, 0
    for prime in (2, 5):
        power = 0
        while rest % prime == 0:
            rest //= prime
            power += 1
        decimals = max(decimals, power)
    if rest != 1:
        return f"{number.numerator}/{number.denominator}"
    return format(Decimal(int(number * 10**decimals)).scaleb(-decimals), "f")


def show(text, digits):
    """Return a number of a calculation sheet rounded for print, e.g. "245/3" -> 81.67.

    For display only: the calculation itself always goes on with the exact number.
    """
    return round_half_up(Fraction(text), digits)


def needed_votes(num, den, base):
    """Return the smallest number of votes that reaches ``num/den`` of ``base``.

    Integers only, and never less than one vote. Raises ``ValueError`` unless
    0 < num <= den and base >= 0. Law: ratios of Decree 91/2017 article 45 and of
    the council's own regulation.
    """
    _check_ratio(num, den, base)
    return max(1, -(-num * base // den))


def meets_ratio(votes, num, den, base):
    """Tell whether ``votes`` reach the ratio ``num/den`` of ``base``, in integers.

    Nothing is ever reached by nobody: no votes, or an empty base, do not meet it.
    Raises ``ValueError`` like ``needed_votes``.
    """
    _check_ratio(num, den, base)
    return min(votes, base) > 0 and votes * den >= num * base


def check_shares(shares):
    """Tell whether contribution shares are all positive and total exactly 100."""
    parts = [to_fraction(share) for share in shares]
    return all(part > 0 for part in parts) and sum(parts) == 100


def _check_ratio(num, den, base):
    if not all(isinstance(number, int) for number in (num, den, base)):
        raise TypeError("votes are counted in integers")
    if not 0 < num <= den or base < 0:
        raise ValueError(f"not a ratio of a count: {num}/{den} of {base}")
