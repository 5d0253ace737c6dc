"""What has to be looked at first, and what may be public before anybody has looked."""

from collections.abc import Collection
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from citizen.contributions.rules import Reason, Source

CLAIM = timedelta(minutes=15)
"""How long an item stays in somebody's hands without a word."""

READ_AS = 1
"""Counted up when personal data or words are told by other rules: what waits is then read anew by itself."""

FEWEST_DECIDED = 5
"""Decisions from which it is told how long they usually take: fewer are about single people, and chance."""


class Kind(StrEnum):
    """Why a contribution needs somebody's eyes."""

    NEW = "new"
    AGAIN = "again"
    REVIEW = "review"
    REPORTED = "reported"
    SECOND = "second"
    APPEAL = "appeal"


FOR_ANOTHER = (Kind.SECOND, Kind.APPEAL)
"""What waits for another person than the one who has decided. Each has an entrance of its own."""

A_DAY = timedelta(days=1)
"""So long nobody is late, however early something comes."""


class Mode(StrEnum):
    """When somebody looks at what comes in."""

    BEFORE = "before"
    AFTER = "after"
    FLAGGED = "flagged"


class Weight(Protocol):
    """What readers' reports weigh together, as far as the queue needs to know."""

    @property
    def is_pressing(self) -> bool: ...
    @property
    def is_light(self) -> bool: ...


_GRAVE = {Reason.HATE, Reason.THREAT, Reason.PERSONAL_DATA, Reason.ATTACK}


def due_at(
    kind: Kind, since: datetime, promise_days: int, *,
    hits: Collection[str] = (), reasons: Collection[str] = (), weight: Weight | None = None,
) -> datetime:
    """When an item should have been looked at; the queue is in this order.

    What is public is urgent by what may be wrong with it: personal data and grave reports are due at once,
    all other reports in half the time. What an author has corrected is due when it came back, for they have
    waited once already. What a second person has to confirm is due when it was asked for: meanwhile somebody
    is kept silent on one person's word. An appeal is due in half the time, as its author too has waited once,
    and somebody else has to find the time. All else has the time that was promised.

    Parameters
    ----------
    since : from when it has needed somebody's eyes.
    hits : kinds of personal data it seems to hold.
    reasons : of open reports.
    weight : what these weigh together. Of what only those report who report very much, nobody need hurry.
    """
    promise = timedelta(days=promise_days)
    if kind in (Kind.AGAIN, Kind.SECOND):
        return since
    if kind is Kind.APPEAL:
        # Readers may report the same text meanwhile.
        return since if _GRAVE & set(reasons) else since + promise / 2
    if kind is Kind.REPORTED and weight and weight.is_light:
        return since + promise
    if kind is Kind.REPORTED:
        is_urgent = _GRAVE & set(reasons) or hits or (weight and weight.is_pressing)
        return since if is_urgent else since + promise / 2
    if kind is Kind.REVIEW and hits:
        return since
    return since + promise


def is_late(since: datetime, due: datetime, now: datetime) -> bool:
    """Whether somebody should have looked already. What is urgent comes first, and is late after a day."""
    return due < now and since <= now - A_DAY


def is_public_at_once(mode: str, kind: str, source: str, *, flagged: bool) -> bool:
    """Whether what has come in is published before anybody has looked.

    Answers to surveys never are: whoever wrote them thought of a survey, not of a page for everyone. What
    was typed in for its author, or came with a file, has been told that somebody looks first.
    """
    if kind == "answer" or source != Source.WEB or mode == Mode.BEFORE:
        return False
    return mode == Mode.AFTER or not flagged


def usual_hours(hours: list[float]) -> int | None:
    """The median of how long decisions took, in whole hours; None where there are too few."""
    if len(hours) < FEWEST_DECIDED:
        return None
    ordered = sorted(hours)
    middle = len(ordered) // 2
    return round((ordered[middle] + ordered[-middle - 1]) / 2)
