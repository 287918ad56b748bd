"""Rules of commendation without the ORM: years in a row, working days."""

from datetime import timedelta

SATURDAY = 5


def consecutive(years, n, until):
    """Tell whether ``n`` years in a row, the last of them ``until``, are in ``years``.

    (CSTĐ tỉnh: three consecutive years of CSTĐ cơ sở; domain.md, section 3.)

    :raises ValueError: when ``n`` is not above zero
    """
    if n < 1:
        raise ValueError(f"not a number of years: {n}")
    had = set(years)
    return all(until - back in had for back in range(n))


def add_working_days(day, n, holidays=()):
    """Return the ``n``-th working day after ``day``; the day itself never counts.

    :param day: date from which it runs, e.g. the day a dossier was received
    :param holidays: dates on which nobody works, weekends aside
    :raises ValueError: when ``n`` is negative
    """
    if n < 0:
        raise ValueError(f"not a number of days: {n}")
    free = set(holidays)
    while n:
        day += timedelta(days=1)
        if day.weekday() < SATURDAY and day not in free:
            n -= 1
    return day
