"""Moments told as people tell them: a day and an hour in a place's own time."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo


def moment(day, hour, zone):
    """Return the UTC moment (naive, as Odoo stores it) of an hour on a day.

    :param day: a date
    :param hour: hours since midnight as a float; 24 is the end of the day
    :param zone: name of a time zone, e.g. ``Asia/Ho_Chi_Minh``
    """
    begin = datetime.combine(day, time.min, tzinfo=ZoneInfo(zone))
    local = begin + timedelta(minutes=round(hour * 60))
    return local.astimezone(UTC).replace(tzinfo=None)


def today(now, zone):
    """Return the date in ``zone`` at the naive UTC moment ``now``."""
    return now.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).date()


def clock(hour):
    """Return an hour given as a float as a clock shows it: 16.5 is ``16:30``."""
    minutes = round(hour * 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
