"""The time, in one place, so that tests and the demo can set it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

# Sweden and mainland Norway share their civil time.
LOCAL = ZoneInfo("Europe/Stockholm")

_stopped: ContextVar[datetime | None] = ContextVar("stopped", default=None)


def now() -> datetime:
    """The current moment, aware, in UTC."""
    return _stopped.get() or datetime.now(UTC)


def today() -> date:
    """The current day where the residents live."""
    return now().astimezone(LOCAL).date()


@contextmanager
def stopped_at(moment: datetime) -> Iterator[None]:
    """Context in which it is always MOMENT."""
    token = _stopped.set(moment)
    try:
        yield
    finally:
        _stopped.reset(token)
