"""Sums of money in whole đồng, exact: no floats, nothing lost in the rounding."""

from decimal import ROUND_HALF_UP, Decimal

from .exact import to_fraction


def portion(amount, percent):
    """Return ``percent`` of ``amount`` in whole đồng, half a đồng rounded up.

    :param amount: whole đồng, an ``int`` or an exact number
    :param percent: exact number, e.g. ``Decimal("7")``
    """
    exact = Decimal(amount) * Decimal(percent) / 100
    return int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def split(total, shares):
    """Divide ``total`` by ``shares``; what the rounding leaves goes to the first.

    (Decree 13/2012 leaves the division to the authors; domain.md, section 2.)

    :param total: whole đồng, not negative
    :param shares: exact numbers above zero, e.g. per cent that make 100
    :return: list of whole đồng, as many as shares, whose sum is ``total``
    :raises ValueError: without shares, or when one is not above zero
    """
    exact = [Decimal(share) for share in shares]
    if not exact or min(exact) <= 0:
        raise ValueError("every share must be above zero")
    whole = sum(exact)
    parts = [int(total * share // whole) for share in exact]
    parts[0] += total - sum(parts)
    return parts


def round_up(amount, unit):
    """Return ``amount`` rounded up to a whole multiple of ``unit`` đồng, exactly.

    In integers: the idiom ``-(-x // n)`` rounds DOWN with a ``Decimal``.

    :param amount: exact number, not negative
    :param unit: whole đồng above zero, e.g. 10,000
    :raises ValueError: when one of them is out of range
    """
    exact = to_fraction(amount)
    if exact < 0 or unit < 1:
        raise ValueError(f"not a sum to round: {amount} to {unit}")
    return -(-exact.numerator // (exact.denominator * unit)) * unit


def bonus(base, multiple, factor, unit):
    """Return a commendation bonus in whole đồng, rounded up to the next ``unit``.

    :param base: base salary of the day of the decision, in whole đồng
    :param multiple: exact number of base salaries of an individual, e.g. 1.5
    :param factor: exact number, e.g. 2 for a collective (domain.md, section 3)
    """
    return round_up(base * to_fraction(multiple) * to_fraction(factor), unit)
