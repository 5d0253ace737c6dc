"""Every read of the moderation queue. Order: what waits by when it is due, everything else newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import aliased

from citizen.base import clock
from citizen.base.db import session
from citizen.base.pages import Page
from citizen.base.words import first_sentence
from citizen.contributions.models import Contribution, TextVersion, VisibilityChange
from citizen.contributions.queries import newest_number, waits_for_second
from citizen.contributions.rules import Visibility
from citizen.moderation.models import QueueItem
from citizen.moderation.rules import spellings

PAGE_SIZE = 25
MOST_WORDS = 8


@dataclass(frozen=True)
class Selection:
    """What a moderator looks at. ``municipalities`` are never more than the viewer's own.

    What stands after ``words`` narrows what waits, and nothing else: why it waits, whether it is late or
    seems to hold personal data, and whose desk it lies on (0: nobody's).
    """

    municipalities: frozenset[int]
    programme_id: int | None = None
    languages: tuple[str, ...] = ()
    words: str = ""
    kind: str = ""
    late: bool = False
    hits: bool = False
    assigned_to: int | None = None


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

    @property
    def is_late(self) -> bool:
        return self.due_at < clock.now()

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


@dataclass(frozen=True)
class Place:
    """Where in the queue a contribution stands. ``number`` is None where it does not wait."""

    number: int | None
    waiting: int
    previous: str | None
    next: str | None


def counts(selection: Selection) -> dict[str, int]:
    """How many of a selection wait or are held back, and how many are in each state; none are left out."""
    decided = [state for state in Visibility if state is not Visibility.SUBMITTED]
    found = (
        select(Contribution.visibility, func.count().label("many"))
        # Named, so that what waits is not read to be left out.
        .where(*_within(selection), Contribution.visibility.in_(decided))
        .group_by(Contribution.visibility)
    )
    many = {row.visibility: row.many for row in session.execute(found)}
    # Looked for among the few that have been held, and not among all that waits.
    is_held = (
        func.coalesce(Contribution.visibility, "") == Visibility.SUBMITTED, Contribution.held_as.is_not(None)
    )
    asked = {
        "held": select(func.count()).select_from(Contribution).where(*_within(selection), *is_held),
        Visibility.SUBMITTED: select(func.count()).select_from(QueueItem).where(*_waiting(selection)),
    }
    return {**many, **{name: count for name, one in asked.items() if (count := session.scalar(one))}}


def items(selection: Selection, state: Visibility, number: int, total: int) -> Page:
    """One page of a selection in one state, out of ``total``; what waits is called ``submitted``."""
    # The page is cut before texts are joined, so that only its own are read.
    order: tuple[Any, ...] = _DUE
    cut = select(QueueItem.contribution_id.label("id")).where(*_waiting(selection))
    if state is not Visibility.SUBMITTED:
        order = (Contribution.submitted_at.desc(), Contribution.id.desc())
        cut = select(Contribution.id).where(*_within(selection), Contribution.visibility == state)
    page = cut.order_by(*order).limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE).subquery()
    rows = session.execute(_items().join(page, page.c.id == Contribution.id).order_by(*order))
    return Page([_item(row) for row in rows], number, PAGE_SIZE, total)


def items_by_ref(refs: Sequence[str], municipalities: set[int]) -> list[Item]:
    """Those of the references that lie in the municipalities, oldest first."""
    rows = session.execute(
        _items()
        .where(Contribution.ref.in_(refs), Contribution.municipality_id.in_(municipalities))
        .order_by(Contribution.submitted_at, Contribution.id)
    )
    return [_item(row) for row in rows]


def contributions_by_ref(refs: Sequence[str], municipalities: set[int]) -> Sequence[Contribution]:
    """The same for change: locked, in the order of their ids so that two lots never block each other."""
    return session.scalars(
        select(Contribution)
        .where(Contribution.ref.in_(refs), Contribution.municipality_id.in_(municipalities))
        .order_by(Contribution.id)
        .with_for_update()
    ).all()


def contributions_of_lot(lot: str, municipalities: set[int]) -> Sequence[Contribution]:
    """What one decision about several took along, locked for change."""
    of_lot = select(VisibilityChange.contribution_id).where(VisibilityChange.lot == lot)
    return session.scalars(
        select(Contribution)
        .where(Contribution.id.in_(of_lot), Contribution.municipality_id.in_(municipalities))
        .order_by(Contribution.id)
        .with_for_update()
    ).all()


def lot(ref: str, user_id: int) -> tuple[str, int] | None:
    """What somebody decided about several, and how many of them still stand so; None where none does."""
    if not ref:
        return None
    undoing = aliased(VisibilityChange)
    row = session.execute(
        select(VisibilityChange.after, func.count())
        .where(VisibilityChange.lot == ref, VisibilityChange.user_id == user_id,
               ~select(undoing.id).where(undoing.undoes_id == VisibilityChange.id).exists())
        .group_by(VisibilityChange.after)
    ).first()
    return (row[0], row[1]) if row else None


def place_in_queue(selection: Selection, contribution: Contribution) -> Place:
    """Where a contribution stands among what waits, and its neighbours there."""
    item = session.get(QueueItem, contribution.id)
    waiting, before = session.execute(
        select(func.count(), func.sum(case((_is_before(item, contribution), 1), else_=0)))
        .select_from(QueueItem)
        .where(*_waiting(selection))
    ).one()
    return Place(
        number=int(before or 0) + 1 if item else None, waiting=waiting,
        previous=_beside(selection, item, contribution, forward=False),
        next=_beside(selection, item, contribution, forward=True),
    )


def next_waiting(selection: Selection, behind: QueueItem | None, contribution: Contribution) -> str | None:
    """What to look at after a contribution: the one behind it, else the first; None when all is done.

    Parameters
    ----------
    behind : where it stood in the queue before it was decided about.
    """
    first = (
        select(Contribution.ref).join(QueueItem, QueueItem.contribution_id == Contribution.id)
        .where(*_waiting(selection), Contribution.id != contribution.id)
        .order_by(*_DUE)
        .limit(1)
    )
    return _beside(selection, behind, contribution, forward=True) or session.scalar(first)


def count_waiting(programme_id: int, source: str | None) -> int:
    """How much of a programme waits, from one source or from all."""
    found = select(func.count()).select_from(Contribution).where(*_of_programme(programme_id, source))
    return session.scalar(found) or 0


def waiting_lot(programme_id: int, source: str | None, size: int) -> Sequence[Contribution]:
    """The next so many of what waits in a programme, locked for change."""
    return session.scalars(
        select(Contribution)
        .where(*_of_programme(programme_id, source))
        .order_by(Contribution.id)
        .limit(size)
        .with_for_update()
    ).all()


def queued_lot(size: int, *, after: int) -> Sequence[Contribution]:
    """The next so many of all that waits, by id, locked for change."""
    return session.scalars(
        select(Contribution).join(QueueItem, QueueItem.contribution_id == Contribution.id)
        .where(Contribution.id > after)
        .order_by(Contribution.id)
        .limit(size)
        .with_for_update(of=Contribution)
    ).all()


_DUE = (QueueItem.due_at, QueueItem.contribution_id)


def _items() -> Select[*tuple[Any, ...]]:
    return select(
        Contribution.id, Contribution.ref, Contribution.version, Contribution.visibility,
        Contribution.programme_id, Contribution.municipality_id, Contribution.language,
        Contribution.submitted_at, TextVersion.title, TextVersion.body, TextVersion.number,
        TextVersion.made_by,
        QueueItem.kind, QueueItem.since, QueueItem.due_at, QueueItem.hits, QueueItem.words,
        QueueItem.claimed_by, QueueItem.claimed_until, QueueItem.assigned_to,
    ).select_from(Contribution).join(
        TextVersion,
        and_(TextVersion.contribution_id == Contribution.id, TextVersion.number == newest_number()),
    ).outerjoin(QueueItem, QueueItem.contribution_id == Contribution.id)


_OWN = 12
"""Columns of `_items` that are the item's own."""


def _item(row: Sequence[Any]) -> Item:
    waiting = Waiting(*row[_OWN:]) if row[_OWN] else None
    return Item(*(*row[:_OWN], waiting))


def _within(selection: Selection) -> list[ColumnElement[bool]]:
    chosen: list[ColumnElement[bool]] = [Contribution.municipality_id.in_(selection.municipalities)]
    if selection.programme_id:
        chosen.append(Contribution.programme_id == selection.programme_id)
    if selection.languages:
        chosen.append(Contribution.language.in_(selection.languages))
    return chosen + [_has(word) for word in selection.words.split()[:MOST_WORDS]]


def _waiting(selection: Selection) -> list[ColumnElement[bool]]:
    """The same for what waits, from its own table alone unless somebody looks for words."""
    chosen: list[ColumnElement[bool]] = [QueueItem.municipality_id.in_(selection.municipalities)]
    if selection.programme_id:
        chosen.append(QueueItem.programme_id == selection.programme_id)
    if selection.languages:
        chosen.append(QueueItem.language.in_(selection.languages))
    if selection.kind:
        chosen.append(QueueItem.kind == selection.kind)
    if selection.late:
        chosen.append(QueueItem.due_at < clock.now())
    if selection.hits:
        chosen.append(func.json_array_length(QueueItem.hits) > 0)
    if selection.assigned_to is not None:
        whose = QueueItem.assigned_to
        chosen.append(whose == selection.assigned_to if selection.assigned_to else whose.is_(None))
    words = [_has(word) for word in selection.words.split()[:MOST_WORDS]]
    if words:
        chosen.append(QueueItem.contribution_id.in_(select(Contribution.id).where(*words)))
    return chosen


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


def _is_not_held() -> ColumnElement[bool]:
    """What waits apart (`queries.holding`) does not wait here; what has been decided about stays seen."""
    return or_(Contribution.held_as.is_(None), Contribution.visibility != Visibility.SUBMITTED)


def _of_programme(programme_id: int, source: str | None) -> list[ColumnElement[bool]]:
    chosen = [
        Contribution.programme_id == programme_id, Contribution.visibility == Visibility.SUBMITTED,
        _is_not_held(), ~waits_for_second(),
    ]
    return [*chosen, Contribution.source == source] if source else chosen


def _is_before(item: QueueItem | None, contribution: Contribution) -> ColumnElement[bool]:
    at, number = (item.due_at if item else contribution.submitted_at), contribution.id
    return or_(QueueItem.due_at < at, and_(QueueItem.due_at == at, QueueItem.contribution_id < number))


def _is_behind(item: QueueItem | None, contribution: Contribution) -> ColumnElement[bool]:
    at, number = (item.due_at if item else contribution.submitted_at), contribution.id
    return or_(QueueItem.due_at > at, and_(QueueItem.due_at == at, QueueItem.contribution_id > number))


def _beside(
    selection: Selection, item: QueueItem | None, contribution: Contribution, *, forward: bool
) -> str | None:
    where = _is_behind(item, contribution) if forward else _is_before(item, contribution)
    return session.scalar(
        select(Contribution.ref).join(QueueItem, QueueItem.contribution_id == Contribution.id)
        .where(*_waiting(selection), where)
        .order_by(*(_DUE if forward else tuple(c.desc() for c in _DUE)))
        .limit(1)
    )
