"""How everything stands now: what a run starts from and must respect."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import func, select

from citizen.analysis import edits
from citizen.analysis.edits import Edit
from citizen.base.db import session
from citizen.programmes.models import Programme
from citizen.themes.models import Placement, Theme, ThemeEdit


class PlacementView(NamedTuple):
    """Where a contribution stands; ``theme_id`` None is unsorted."""

    theme_id: int | None
    confidence: float
    pinned: bool
    second_theme_id: int | None = None


def placements(programme_id: int) -> dict[int, PlacementView]:
    """Contribution → where it stands, published or not."""
    rows = session.execute(
        select(Placement.contribution_id, Placement.theme_id, Placement.confidence, Placement.pinned,
               Placement.second_theme_id)
        .where(Placement.programme_id == programme_id)
        .order_by(Placement.contribution_id)
    )
    return {row[0]: PlacementView(*row[1:]) for row in rows}


@dataclass(frozen=True)
class Standing:
    """What people have made of the themes, and where everything is.

    Attributes
    ----------
    placed : contribution → reference of the theme it is in.
    edits : what their log amounts to, by references of contributions and themes.
    """

    placed: dict[int, str]
    edits: edits.Standing


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
        select(Placement.contribution_id, Theme.ref)
        .join(Theme, Theme.id == Placement.theme_id)
        .where(Placement.programme_id == programme_id)
        .order_by(Placement.contribution_id)
    )
    return Standing({row[0]: row[1] for row in rows}, made_by_people(programme_id))


def made_by_people(programme_id: int) -> edits.Standing:
    """What people's edits amount to, by references of contributions and themes."""
    return edits.replay(log(programme_id))


def log(programme_id: int) -> list[Edit]:
    """Everything people did to a programme's themes, oldest first."""
    rows = session.execute(
        select(ThemeEdit.id, ThemeEdit.part_of, ThemeEdit.kind, Theme.ref, ThemeEdit.details)
        .outerjoin(Theme, Theme.id == ThemeEdit.theme_id)
        .where(ThemeEdit.programme_id == programme_id)
        .order_by(ThemeEdit.id)
    ).all()
    carrier = {row.id: row.part_of or row.id for row in rows}
    return [
        _edit(row.id, row.kind, row.ref, row.details, carrier) for row in rows if row.part_of is None
    ]


def _edit(number: int, kind: str, ref: str | None, told: dict[str, Any], carrier: dict[int, int]) -> Edit:
    """An edit out of its row. What concerns two themes says which, else it is about the row's own."""
    return Edit(
        number, kind,
        target=told.get("to", ref),
        source=told.get("from"),
        texts=tuple(told["ideas"]) if isinstance(told.get("ideas"), list) else (),
        name=told.get("after", told.get("name")),
        examples=tuple(told.get("examples", ())),
        undoes=carrier[told["undoes"]] if "undoes" in told else None,
    )


def latest_edit_id(theme_id: int) -> int:
    """The number of the newest edit of a theme, 0 for none: what forms carry as its version."""
    return session.scalar(select(func.max(ThemeEdit.id)).where(ThemeEdit.theme_id == theme_id)) or 0
