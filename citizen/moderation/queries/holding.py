"""Every read of what is held back. Order: newest first, since a flood is dealt with from its end."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, select

from citizen.base.db import session
from citizen.base.pages import Page
from citizen.contributions.models import Contribution
from citizen.contributions.rules import Visibility
from citizen.moderation.models import HeldLot, HeldLotItem
from citizen.moderation.queries.queue import PAGE_SIZE, Selection, item_of, items_with_text, within

LARGEST_LOT = 500
"""As many as one person decides about at once; residents who send do not wait long for it."""


@dataclass(frozen=True)
class Held:
    """What is chosen of that which is held back: by why it is, and up to an id that has been seen."""

    selection: Selection
    why: str = ""
    up_to: int | None = None


def held_counts(selection: Selection) -> dict[str, int]:
    """How many of a selection are held back, by why."""
    found = (
        select(Contribution.held_as, func.count().label("many"))
        .where(*_held(Held(selection)))
        .group_by(Contribution.held_as)
    )
    return {str(row.held_as): row.many for row in session.execute(found)}


def held_items(held: Held, number: int, total: int) -> tuple[Page, dict[int, str]]:
    """One page of what is held back, out of ``total``; with why, by id."""
    page = (
        select(Contribution.id)
        .where(*_held(held))
        .order_by(Contribution.id.desc())
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
        .subquery()
    )
    rows = session.execute(
        items_with_text().join(page, page.c.id == Contribution.id).add_columns(Contribution.held_as)
        .order_by(Contribution.id.desc())
    ).all()
    found = Page([item_of(row[:-1]) for row in rows], number, PAGE_SIZE, total)
    return found, {row[0]: row[-1] for row in rows}


def held_lot(
    held: Held, refs: Sequence[str] | None, *, for_change: bool = False
) -> Sequence[Contribution]:
    """At most `LARGEST_LOT` of what is held back, those of some references or all; locked where asked.

    In the order of their ids, so that two lots never block each other.
    """
    chosen = _held(held) + ([Contribution.ref.in_(refs)] if refs is not None else [])
    found = select(Contribution).where(*chosen).order_by(Contribution.id).limit(LARGEST_LOT)
    return session.scalars(found.with_for_update() if for_change else found).all()


def newest_held(held: Held) -> int:
    """The id of the newest that is held back; 0 where nothing is."""
    return session.scalar(select(func.max(Contribution.id)).where(*_held(held))) or 0


def lot_of(lot_id: int, user_id: int, *, for_change: bool = False) -> HeldLot | None:
    """A lot that somebody has decided about, as long as it is not taken back."""
    found = select(HeldLot).where(
        HeldLot.id == lot_id, HeldLot.user_id == user_id, HeldLot.undone_at.is_(None)
    )
    return session.scalar(found.with_for_update() if for_change else found)


def lot_size(lot_id: int) -> int:
    """How many a lot has."""
    found = select(func.count()).select_from(HeldLotItem).where(HeldLotItem.lot_id == lot_id)
    return session.scalar(found) or 0


def lot_items(lot_id: int, municipalities: set[int]) -> Sequence[tuple[HeldLotItem, Contribution]]:
    """What a lot has that lies in the municipalities, locked for change."""
    rows = session.execute(
        select(HeldLotItem, Contribution)
        .join(Contribution, Contribution.id == HeldLotItem.contribution_id)
        .where(HeldLotItem.lot_id == lot_id, Contribution.municipality_id.in_(municipalities))
        .order_by(Contribution.id)
        .with_for_update()
    )
    return [(row[0], row[1]) for row in rows]


def _held(held: Held) -> list[ColumnElement[bool]]:
    chosen: list[Any] = [
        *within(held.selection), Contribution.visibility == Visibility.SUBMITTED,
        Contribution.held_as == held.why if held.why else Contribution.held_as.is_not(None),
    ]
    return [*chosen, Contribution.id <= held.up_to] if held.up_to is not None else chosen
