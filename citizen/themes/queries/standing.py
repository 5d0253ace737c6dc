"""How everything stands now: what a run starts from and must respect."""

from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import func, select

from citizen.base.db import session
from citizen.programmes.models import Programme
from citizen.themes.models import Placement, Theme, ThemeEdit


class PlacementView(NamedTuple):
    """Where a contribution stands; ``theme_id`` None is unsorted."""

    theme_id: int | None
    confidence: float
    pinned: bool


def placements(programme_id: int) -> dict[int, PlacementView]:
    """Contribution → where it stands, published or not."""
    rows = session.execute(
        select(Placement.contribution_id, Placement.theme_id, Placement.confidence, Placement.pinned)
        .where(Placement.programme_id == programme_id)
        .order_by(Placement.contribution_id)
    )
    return {row[0]: PlacementView(row[1], row[2], row[3]) for row in rows}


@dataclass(frozen=True)
class Standing:
    """What people have made of the themes.

    Attributes
    ----------
    placed : contribution → reference of the theme it is in.
    pins : contribution → reference of the theme a person put it in; None is unsorted.
    merged : references of themes that took in others.
    """

    placed: dict[int, str]
    pins: dict[int, str | None]
    merged: frozenset[str]


def hold(programme_id: int) -> None:
    """Wait until nobody else changes a programme's themes, and keep others waiting until the end.

    Ideas may still arrive: the lock leaves the row free to be referred to.
    """
    session.execute(
        select(Programme.id).where(Programme.id == programme_id).with_for_update(key_share=True)
    )


def standing(programme_id: int, *, for_change: bool = False) -> Standing:
    """How a programme's themes stand now."""
    if for_change:
        hold(programme_id)
    rows = session.execute(
        select(Placement.contribution_id, Placement.pinned, Theme.ref)
        .outerjoin(Theme, Theme.id == Placement.theme_id)
        .where(Placement.programme_id == programme_id)
        .order_by(Placement.contribution_id)
    ).all()
    taken_in = select(Theme.merged_into_id).where(
        Theme.programme_id == programme_id, Theme.merged_into_id.is_not(None)
    )
    merged = session.scalars(
        select(Theme.ref).where(Theme.id.in_(taken_in), Theme.merged_into_id.is_(None))
    )
    return Standing(
        placed={contribution: ref for contribution, _pinned, ref in rows if ref},
        pins={contribution: ref for contribution, pinned, ref in rows if pinned},
        merged=frozenset(merged),
    )


def latest_edit_id(theme_id: int) -> int:
    """The number of the newest edit of a theme, 0 for none: what forms carry as its version."""
    return session.scalar(select(func.max(ThemeEdit.id)).where(ThemeEdit.theme_id == theme_id)) or 0
