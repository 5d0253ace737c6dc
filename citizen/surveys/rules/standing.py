"""Where a survey stands on a day."""

from datetime import date
from enum import StrEnum


class Standing(StrEnum):
    """In the order somebody meets them."""

    DRAFT = "draft"
    WAITING = "waiting"
    OPEN = "open"
    CLOSED = "closed"


def standing(
    today: date, *, is_published: bool, is_closed: bool, opens_on: date | None, closes_on: date | None
) -> Standing:
    """Whether it can be answered on a day, and if not, why."""
    if not is_published:
        return Standing.DRAFT
    if is_closed or (closes_on is not None and closes_on < today):
        return Standing.CLOSED
    if opens_on is not None and opens_on > today:
        return Standing.WAITING
    return Standing.OPEN
