"""Every read of the moderation queue. Order: what waits oldest first, everything else newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select

from citizen.base.db import session
from citizen.base.pages import Page
from citizen.base.words import first_sentence
from citizen.contributions.models import Contribution, TextVersion
from citizen.contributions.queries import newest_number
from citizen.contributions.rules import Visibility
from citizen.moderation.rules import spellings

PAGE_SIZE = 25
MOST_WORDS = 8


@dataclass(frozen=True)
class Selection:
    """What a moderator looks at. ``municipalities`` are never more than the viewer's own."""

    municipalities: frozenset[int]
    programme_id: int | None = None
    language: str = ""
    words: str = ""


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
    """How many of a selection are in each state, and ``held`` back; states without any are left out."""
    state = case((_is_not_held(), Contribution.visibility), else_="held").label("state")
    found = select(state, func.count().label("many")).where(*_within(selection)).group_by(state)
    return {row.state: row.many for row in session.execute(found)}


def items(selection: Selection, state: Visibility, number: int, total: int) -> Page:
    """One page of a selection in one state, out of ``total``."""
    oldest_first = (Contribution.submitted_at, Contribution.id)
    order = oldest_first if state is Visibility.SUBMITTED else tuple(c.desc() for c in oldest_first)
    # The page is cut before texts are joined, so that only its own are read.
    page = (
        select(Contribution.id)
        .where(*_within(selection), Contribution.visibility == state, _is_not_held())
        .order_by(*order)
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
        .subquery()
    )
    rows = session.execute(_items().join(page, page.c.id == Contribution.id).order_by(*order))
    return Page([Item(*row) for row in rows], number, PAGE_SIZE, total)


def items_by_ref(refs: Sequence[str], municipalities: set[int]) -> list[Item]:
    """Those of the references that lie in the municipalities, oldest first."""
    rows = session.execute(
        _items()
        .where(Contribution.ref.in_(refs), Contribution.municipality_id.in_(municipalities))
        .order_by(Contribution.submitted_at, Contribution.id)
    )
    return [Item(*row) for row in rows]


def contributions_by_ref(refs: Sequence[str], municipalities: set[int]) -> Sequence[Contribution]:
    """The same for change: locked, in the order of their ids so that two lots never block each other."""
    return session.scalars(
        select(Contribution)
        .where(Contribution.ref.in_(refs), Contribution.municipality_id.in_(municipalities))
        .order_by(Contribution.id)
        .with_for_update()
    ).all()


def place_in_queue(selection: Selection, contribution: Contribution) -> Place:
    """Where a contribution stands among what waits, and its neighbours there."""
    waiting, before = session.execute(
        select(func.count(), func.sum(case((_is_before(contribution), 1), else_=0)))
        .select_from(Contribution)
        .where(*_waiting(selection))
    ).one()
    waits = contribution.visibility == Visibility.SUBMITTED and contribution.held_as is None
    return Place(
        number=int(before or 0) + 1 if waits else None, waiting=waiting,
        previous=_beside(selection, contribution, forward=False),
        next=_beside(selection, contribution, forward=True),
    )


def next_waiting(selection: Selection, contribution: Contribution) -> str | None:
    """What to look at after a contribution: the one behind it, else the oldest; None when all is done."""
    oldest = (
        select(Contribution.ref)
        .where(*_waiting(selection), Contribution.id != contribution.id)
        .order_by(Contribution.submitted_at, Contribution.id)
        .limit(1)
    )
    return _beside(selection, contribution, forward=True) or session.scalar(oldest)


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


def _items() -> Select[*tuple[Any, ...]]:
    return select(
        Contribution.id, Contribution.ref, Contribution.version, Contribution.visibility,
        Contribution.programme_id, Contribution.municipality_id, Contribution.language,
        Contribution.submitted_at, TextVersion.title, TextVersion.body, TextVersion.number,
        TextVersion.made_by,
    ).join(
        TextVersion,
        and_(TextVersion.contribution_id == Contribution.id, TextVersion.number == newest_number()),
    )


def _within(selection: Selection) -> list[ColumnElement[bool]]:
    chosen: list[ColumnElement[bool]] = [Contribution.municipality_id.in_(selection.municipalities)]
    if selection.programme_id:
        chosen.append(Contribution.programme_id == selection.programme_id)
    if selection.language:
        chosen.append(Contribution.language == selection.language)
    return chosen + [_has(word) for word in selection.words.split()[:MOST_WORDS]]


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


def _waiting(selection: Selection) -> list[ColumnElement[bool]]:
    return [*_within(selection), Contribution.visibility == Visibility.SUBMITTED, _is_not_held()]


def _is_not_held() -> ColumnElement[bool]:
    """What waits apart (`queries.holding`) does not wait here; what has been decided about stays seen."""
    return or_(Contribution.held_as.is_(None), Contribution.visibility != Visibility.SUBMITTED)


def _of_programme(programme_id: int, source: str | None) -> list[ColumnElement[bool]]:
    chosen = [Contribution.programme_id == programme_id, Contribution.visibility == Visibility.SUBMITTED,
              _is_not_held()]
    return [*chosen, Contribution.source == source] if source else chosen


def _is_before(contribution: Contribution) -> ColumnElement[bool]:
    at, number = contribution.submitted_at, contribution.id
    return or_(
        Contribution.submitted_at < at, and_(Contribution.submitted_at == at, Contribution.id < number)
    )


def _is_behind(contribution: Contribution) -> ColumnElement[bool]:
    at, number = contribution.submitted_at, contribution.id
    return or_(
        Contribution.submitted_at > at, and_(Contribution.submitted_at == at, Contribution.id > number)
    )


def _beside(selection: Selection, contribution: Contribution, *, forward: bool) -> str | None:
    order = (Contribution.submitted_at, Contribution.id)
    return session.scalar(
        select(Contribution.ref)
        .where(*_waiting(selection), _is_behind(contribution) if forward else _is_before(contribution))
        .order_by(*(order if forward else tuple(c.desc() for c in order)))
        .limit(1)
    )
