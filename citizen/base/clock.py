"""The time, in one place, so that tests can set it."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

# Sweden and mainland Norway share their civil time.
LOCAL = ZoneInfo("Europe/Stockholm")


def now() -> datetime:
    """The current moment, aware, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """The current day where the residents live."""
    return now().astimezone(LOCAL).date()
