"""When moderators get their digest."""

from datetime import date, datetime, timedelta
from enum import StrEnum

HOUR = 7
"""The digest of a day comes after this hour, where the municipality is."""


class Rhythm(StrEnum):
    """How often somebody wants to hear what waits."""

    NEVER = "never"
    DAILY = "daily"
    WEEKLY = "weekly"


WEEKDAYS = range(5)
"""Monday to Friday: mail that asks for work comes on days when people work."""


def next_day(rhythm: str, weekday: int | None, after: date) -> date:
    """The first day after another on which a digest is due."""
    days = (after + timedelta(days=ahead) for ahead in range(1, 8))
    wanted = {weekday} if rhythm == Rhythm.WEEKLY else set(WEEKDAYS)
    return next(day for day in days if day.weekday() in wanted)


def first_day(rhythm: str, weekday: int | None, now: datetime) -> date:
    """The first day for somebody who chooses now, by local time: today only while its hour has not come."""
    today = now.date()
    return next_day(rhythm, weekday, today if now.hour >= HOUR else today - timedelta(days=1))


def last_due(now: datetime) -> date:
    """Up to which day digests are due, by local time."""
    return now.date() if now.hour >= HOUR else now.date() - timedelta(days=1)
