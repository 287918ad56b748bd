"""What the law asks of a nomination, counted without the ORM."""

from datetime import timedelta

_SATURDAY = 5


def add_working_days(day, count, holidays=()):
    """Return the day on which ``count`` working days after ``day`` have passed.

    Saturdays, Sundays and ``holidays`` do not count; the day itself neither.

    :param day: date of receipt
    :param count: number of working days, 0 or more
    :param holidays: dates on which offices are closed
    """
    closed = set(holidays)
    while count > 0:
        day += timedelta(days=1)
        if day.weekday() < _SATURDAY and day not in closed:
            count -= 1
    return day


def has_run(years, length, last):
    """Return whether ``years`` hold ``length`` consecutive years up to ``last``.

    The run ends in ``last`` or the year before: the title of the year itself is often
    decided only after the higher one has been proposed.

    :param years: years in which the earlier title was won
    :param length: number of consecutive years the law asks for
    :param last: the year of the nomination
    """
    won = set(years)
    return any(
        all(end - back in won for back in range(length)) for end in (last, last - 1)
    )
