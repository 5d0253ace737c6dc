"""Ideas that come under another programme leave its themes, and come back where that is taken back."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import delete, select

from citizen.base.db import session
from citizen.themes.actions.handling import follow_placements, open_filled
from citizen.themes.models import Placement, RunItem, Theme

_KEPT = (
    "contribution_id", "theme_id", "second_theme_id", "pinned", "confidence", "text_version", "reasons",
    "near", "alike", "run_id",
)


def take_out(contribution_ids: Collection[int]) -> dict[str, Any]:
    """Take some contributions out of their themes, and out of what a run proposes.

    Returns
    -------
    What `put_in` needs to put them back; plain values.
    """
    found = session.scalars(
        select(Placement).where(Placement.contribution_id.in_(contribution_ids))
        .order_by(Placement.contribution_id)
    ).all()
    kept = [{name: getattr(placement, name) for name in _KEPT} for placement in found]
    for model in (Placement, RunItem):
        session.execute(delete(model).where(model.contribution_id.in_(contribution_ids)))
    session.flush()
    session.expire_all()
    return {"placements": kept}


def put_in(contribution_ids: Collection[int], programme_id: int, taken_out: dict[str, Any]) -> None:
    """Once contributions are under a programme: put them where they were in it before, if they were.

    Where a theme is gone, into none. Whatever has left a theme is received again, and the other way.
    """
    known, places = _themes(programme_id), taken_out.get("placements", [])
    for place in places:
        theme, second = known.get(place["theme_id"]), known.get(place["second_theme_id"])
        session.add(Placement(**{
            **place, "programme_id": programme_id, "theme_id": theme,
            "second_theme_id": None if second == theme else second,
        }))
    session.flush()
    open_filled(programme_id)
    follow_placements(programme_id, user_id=None)


def _themes(programme_id: int) -> dict[int | None, int]:
    """Theme → the theme that stands for it now."""
    found = {theme.id: theme for theme in session.scalars(
        select(Theme).where(Theme.programme_id == programme_id)
    )}
    stands: dict[int | None, int] = {}
    for number, theme in found.items():
        end = theme
        while end.merged_into_id is not None:
            end = found[end.merged_into_id]
        stands[number] = end.id
    return stands
