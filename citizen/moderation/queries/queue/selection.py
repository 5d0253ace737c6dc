"""What a moderator has chosen to see, as conditions and an order."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from citizen.base import clock
from citizen.contributions.models import Contribution, TextVersion
from citizen.contributions.queries import newest_number
from citizen.moderation.models import QueueItem
from citizen.moderation.rules import spellings
from citizen.moderation.rules.urgency import A_DAY

MOST_WORDS = 8


@dataclass(frozen=True)
class Selection:
    """What a moderator looks at. ``municipalities`` are never more than the viewer's own.

    What stands after ``words`` narrows what waits, and nothing else: why it waits, whether it is late or
    seems to hold personal data, and whose desk it lies on (0: nobody's). What ``viewer_id`` has decided
    about does not wait for them. What is written in ``unread`` languages comes last, or is left out.
    """

    municipalities: frozenset[int]
    programme_id: int | None = None
    languages: tuple[str, ...] = ()
    words: str = ""
    kind: str = ""
    late: bool = False
    hits: bool = False
    assigned_to: int | None = None
    viewer_id: int | None = None
    unread: tuple[str, ...] = ()
    hides_unread: bool = False


def within(selection: Selection) -> list[ColumnElement[bool]]:
    """The conditions that what has come in must meet, whatever has become of it."""
    chosen: list[ColumnElement[bool]] = [Contribution.municipality_id.in_(selection.municipalities)]
    if selection.programme_id:
        chosen.append(Contribution.programme_id == selection.programme_id)
    if selection.languages:
        chosen.append(Contribution.language.in_(selection.languages))
    return chosen + [_has(word) for word in selection.words.split()[:MOST_WORDS]]


def waiting(selection: Selection) -> list[ColumnElement[bool]]:
    """The conditions for what waits for the viewer."""
    chosen = waiting_for_anybody(selection)
    if selection.hides_unread and selection.unread:
        chosen.append(QueueItem.language.not_in(selection.unread))
    if selection.viewer_id:
        deciders = (QueueItem.decided_by, QueueItem.confirmed_by)
        chosen += [one.is_distinct_from(selection.viewer_id) for one in deciders]
    return chosen


def is_late(now: datetime) -> ColumnElement[bool]:
    """Whether somebody should have looked already, as `citizen.moderation.rules.urgency.is_late` says."""
    return and_(QueueItem.due_at < now, QueueItem.since <= now - A_DAY)


def waiting_for_anybody(selection: Selection) -> list[ColumnElement[bool]]:
    """The same whoever may look at it, from the queue's own table alone unless words are looked for."""
    chosen: list[ColumnElement[bool]] = [QueueItem.municipality_id.in_(selection.municipalities)]
    if selection.programme_id:
        chosen.append(QueueItem.programme_id == selection.programme_id)
    if selection.languages:
        chosen.append(QueueItem.language.in_(selection.languages))
    if selection.kind:
        chosen.append(QueueItem.kind == selection.kind)
    if selection.late:
        chosen.append(is_late(clock.now()))
    if selection.hits:
        chosen.append(func.json_array_length(QueueItem.hits) > 0)
    if selection.assigned_to is not None:
        whose = QueueItem.assigned_to
        chosen.append(whose == selection.assigned_to if selection.assigned_to else whose.is_(None))
    words = [_has(word) for word in selection.words.split()[:MOST_WORDS]]
    if words:
        chosen.append(QueueItem.contribution_id.in_(select(Contribution.id).where(*words)))
    return chosen


def order(selection: Selection) -> tuple[ColumnElement[Any], ...]:
    """Columns that what waits is in the order of; what the viewer does not read comes last."""
    due = (QueueItem.due_at.expression, QueueItem.contribution_id.expression)
    if not selection.unread or selection.hides_unread:
        return due
    return (case((QueueItem.language.in_(selection.unread), 1), else_=0), *due)


def stands_at(selection: Selection, item: QueueItem | None, contribution: Contribution) -> tuple[Any, ...]:
    """The values of the same columns for a contribution, also where it does not wait."""
    due = (item.due_at if item else contribution.submitted_at, contribution.id)
    if not selection.unread or selection.hides_unread:
        return due
    return (int(contribution.language in selection.unread), *due)


def _has(word: str) -> ColumnElement[bool]:
    """The word is part of the reference or of the newest text."""
    in_text = [
        func.lower(column).contains(way, autoescape=True)
        for column in (TextVersion.title, TextVersion.body)
        for way in sorted(spellings(word))
    ]
    return or_(
        Contribution.ref.contains(word.upper(), autoescape=True),
        Contribution.id.in_(
            select(TextVersion.contribution_id).join(Contribution)
            .where(TextVersion.number == newest_number(), or_(*in_text))
        ),
    )
