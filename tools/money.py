"""Sums of money in whole đồng, exact: no floats, nothing lost in the rounding."""

from decimal import ROUND_HALF_UP, Decimal


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
