"""What a moderator has before them: pages of it, and how many there are."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, func, or_, select

from citizen.base import clock
from citizen.base.db import session
from citizen.base.pages import Page
from citizen.base.words import first_sentence
from citizen.contributions.models import Contribution, TextVersion
from citizen.contributions.queries import newest_number
from citizen.contributions.rules import Visibility
from citizen.moderation.models import QueueItem
from citizen.moderation.queries.queue.selection import (
    Selection,
    order,
    waiting,
    waiting_for_anybody,
    within,
)
from citizen.moderation.rules.urgency import FOR_ANOTHER, Kind, is_late

PAGE_SIZE = 25


@dataclass(frozen=True)
class Waiting:
    """Why something waits, since when, and in whose hands it is."""

    kind: str
    since: datetime
    due_at: datetime
    hits: list[str]
    words: str
    claimed_by: int | None
    claimed_until: datetime | None
    assigned_to: int | None
    decided_by: int | None

    @property
    def is_late(self) -> bool:
        return is_late(self.since, self.due_at, clock.now())

    @property
    def holder(self) -> int | None:
        """Who has it in hand at this moment."""
        held = self.claimed_until is not None and self.claimed_until > clock.now()
        return self.claimed_by if held else None


@dataclass(frozen=True)
class Item:
    """A contribution with its newest text, as the queue shows it."""

    id: int
    ref: str
    version: int
    visibility: str
    programme_id: int
    municipality_id: int
    language: str
    submitted_at: datetime
    title: str | None
    body: str
    text_number: int
    made_by: str
    waiting: Waiting | None

    @property
    def heading(self) -> str:
        """Its title, or how its text begins."""
        return self.title or first_sentence(self.body)

    @property
    def sent_again(self) -> bool:
        """Whether its author has corrected it since it first came in."""
        return self.text_number > 1 and self.made_by == "author"

    @property
    def is_for_one(self) -> bool:
        """Whether one person may decide about it, so that several such are decided about at once."""
        waits_for_second = self.waiting is not None and self.waiting.kind == Kind.SECOND
        return self.visibility == Visibility.SUBMITTED and not waits_for_second


def counts(selection: Selection) -> dict[str, int]:
    """How many of a selection wait or are held back, and how many are in each state; none are left out.

    Of what waits for another person under the names of `FOR_ANOTHER`, and of what the viewer does not read
    under ``unread``.
    """
    decided = [state for state in Visibility if state is not Visibility.SUBMITTED]
    found = (
        select(Contribution.visibility, func.count().label("many"))
        # Named, so that what waits is not read to be left out.
        .where(*within(selection), Contribution.visibility.in_(decided))
        .group_by(Contribution.visibility)
    )
    many = {row.visibility: row.many for row in session.execute(found)}
    # Looked for among the few that have been held, and not among all that waits.
    is_held = (
        func.coalesce(Contribution.visibility, "") == Visibility.SUBMITTED, Contribution.held_as.is_not(None)
    )
    held = select(func.count()).select_from(Contribution).where(*within(selection), *is_held)
    asked = {"held": held.scalar_subquery(), **_counts_of_queue(selection)}
    row = session.execute(select(*asked.values())).one()
    return {**many, **{name: count for name, count in zip(asked, row, strict=True) if count}}


def _counts_of_queue(selection: Selection) -> dict[str, ScalarSelect[int]]:
    whole = replace(selection, kind="") if selection.kind in FOR_ANOTHER else selection
    asked = {Visibility.SUBMITTED.value: _many(waiting(whole))} | {
        kind.value: _many(waiting(replace(whole, kind=kind))) for kind in FOR_ANOTHER
    }
    if selection.unread:
        shown = replace(selection, hides_unread=False)
        asked["unread"] = _many([*waiting(shown), QueueItem.language.in_(selection.unread)])
    return asked


def _many(chosen: list[ColumnElement[bool]]) -> ScalarSelect[int]:
    return select(func.count()).select_from(QueueItem).where(*chosen).scalar_subquery()


def items(selection: Selection, state: Visibility, number: int, total: int) -> Page:
    """One page of a selection in one state, out of ``total``; what waits is called ``submitted``."""
    # The page is cut before texts are joined, so that only its own are read.
    by: tuple[Any, ...] = order(selection)
    cut = select(QueueItem.contribution_id.label("id")).where(*waiting(selection))
    if state is not Visibility.SUBMITTED:
        by = (Contribution.submitted_at.desc(), Contribution.id.desc())
        cut = select(Contribution.id).where(*within(selection), Contribution.visibility == state)
    page = cut.order_by(*by).limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE).subquery()
    rows = session.execute(items_with_text().join(page, page.c.id == Contribution.id).order_by(*by))
    return Page([item_of(row) for row in rows], number, PAGE_SIZE, total)


def decided_by_viewer(selection: Selection) -> list[Item]:
    """What waits for another person because the viewer has decided about it, the first of it."""
    deciders = (QueueItem.decided_by, QueueItem.confirmed_by)
    own = or_(*(one == selection.viewer_id for one in deciders))
    rows = session.execute(
        items_with_text().where(*waiting_for_anybody(selection), own)
        .order_by(QueueItem.due_at, QueueItem.contribution_id).limit(PAGE_SIZE)
    )
    return [item_of(row) for row in rows]


def items_by_ref(refs: Sequence[str], municipalities: set[int]) -> list[Item]:
    """Those of the references that lie in the municipalities, oldest first."""
    rows = session.execute(
        items_with_text()
        .where(Contribution.ref.in_(refs), Contribution.municipality_id.in_(municipalities))
        .order_by(Contribution.submitted_at, Contribution.id)
    )
    return [item_of(row) for row in rows]


def items_with_text() -> Select[*tuple[Any, ...]]:
    """The columns that `item_of` reads, for a query that says which and in what order."""
    return select(
        Contribution.id, Contribution.ref, Contribution.version, Contribution.visibility,
        Contribution.programme_id, Contribution.municipality_id, Contribution.language,
        Contribution.submitted_at, TextVersion.title, TextVersion.body, TextVersion.number,
        TextVersion.made_by,
        QueueItem.kind, QueueItem.since, QueueItem.due_at, QueueItem.hits, QueueItem.words,
        QueueItem.claimed_by, QueueItem.claimed_until, QueueItem.assigned_to,
        QueueItem.decided_by,
    ).select_from(Contribution).join(
        TextVersion,
        and_(TextVersion.contribution_id == Contribution.id, TextVersion.number == newest_number()),
    ).outerjoin(QueueItem, QueueItem.contribution_id == Contribution.id)


_OWN = 12
"""Columns of `items_with_text` that are the item's own."""


def item_of(row: Sequence[Any]) -> Item:
    """An item from such a row."""
    found = Waiting(*row[_OWN:]) if row[_OWN] else None
    return Item(*(*row[:_OWN], found))
