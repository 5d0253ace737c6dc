"""Months by the calendar."""

from calendar import monthrange
from datetime import date, timedelta


def months_after(day: date, months: int) -> date:
    """The same day so many months later; the month's last day where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def months_before(day: date, months: int) -> date:
    """The latest day from which so many months have passed on ``day``.

    On 28 February that is 31 January for one month, since the month of 31 January ends then.
    """
    found = months_after(day, -months)
    while months_after(found + timedelta(days=1), months) <= day:
        found += timedelta(days=1)
    return found
