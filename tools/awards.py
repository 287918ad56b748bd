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


#: Bands of the statistics on movements (Circular 02/2023/TT-BNV, form 0601.N)
BANDS = ("under_1", "one", "1_to_3", "3_to_5", "from_5", "open")


def duration_band(start, end):
    """Return the band of ``BANDS`` for what lasts from ``start`` to ``end``, included.

    :param end: last day; ``None`` while no end is set
    """
    if not end:
        return "open"
    after = end + timedelta(days=1)
    # anniversaries compared as dates of the calendar: leap years make no difference
    years = after.year - start.year
    at_birthday = (after.month, after.day) == (start.month, start.day)
    if (after.month, after.day) < (start.month, start.day):
        years -= 1
    if years < 1:
        return "under_1"
    if years == 1 and at_birthday:
        return "one"
    return "1_to_3" if years < 3 else "3_to_5" if years < 5 else "from_5"
