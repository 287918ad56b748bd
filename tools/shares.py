"""Shares of the authors in hundredths of a percent, so that a whole is a whole."""

from decimal import Decimal

WHOLE = 10000  # hundredths of a percent


def equal_shares(count):
    """Return ``count`` equal shares in percent that make exactly 100.

    The hundredths that remain go to the first author: 33.34, 33.33, 33.33. More
    authors than hundredths of a percent cannot all have a share: ``ValueError``.
    """
    if not 0 < count <= WHOLE:
        raise ValueError(f"100 % cannot be shared by {count}")
    each, rest = divmod(WHOLE, count)
    return [Decimal(each + rest) / 100, *[Decimal(each) / 100] * (count - 1)]
