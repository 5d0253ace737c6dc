"""What people do to themes. Each edit is a row for every theme it concerns, and every later run
respects it. The caller has loaded the themes for change (`queries.theme(..., for_change=True)`)."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import func, select, update

from citizen.base import clock, ids
from citizen.base.db import session
from citizen.base.errors import Conflict, Refused
from citizen.themes import queries
from citizen.themes.actions.handling import follow_placements
from citizen.themes.models import Placement, Theme, ThemeEdit

Place = tuple[int, str, Placement | None]


def rename_theme(theme: Theme, name: str | None, *, user_id: int, version: int) -> None:
    """Give a theme a person's name; None goes back to what analysis suggests.

    Raises
    ------
    Conflict
        If the theme has been edited since the page was made.
    """
    _refuse_stale(theme, version)
    note([theme], "rename", user_id, before=theme.name, after=name)
    theme.name = name
    session.flush()


def move_ideas(
    programme_id: int, source: Theme | None, target: Theme | None, refs: Sequence[str], *, user_id: int
) -> int:
    """Put ideas where a person wants them, for good; None is unsorted.

    Returns
    -------
    How many were moved.

    Raises
    ------
    Conflict
        If one of them is no longer where the page said.
    Refused
        If there is nothing to do.
    """
    if _key(source) == _key(target):
        raise Refused(_("Choose another theme than the one the ideas are in."))
    _refuse_closed(target)
    moved = _still_in(programme_id, source, refs)
    note([source, target], "move", user_id, ideas=[ref for _id, ref, _p in moved],
         before=[[ref, p.confidence, p.pinned] if p else [ref, None, False] for _id, ref, p in moved],
         **{"from": source.ref if source else None, "to": target.ref if target else None})
    pin(programme_id, moved, target)
    follow_placements(programme_id, user_id=user_id)
    return len(moved)


def merge_themes(source: Theme, target: Theme, *, user_id: int, version: int) -> None:
    """Make two themes one: everything in the first goes into the second, now and in later runs.

    Raises
    ------
    Conflict
        If the first has been edited since the page was made.
    Refused
        If either is no longer open.
    """
    _refuse_stale(source, version)
    _refuse_closed(source)
    _refuse_closed(target)
    if source.id == target.id:
        raise Refused(_("A theme cannot be merged with itself."))
    size = select(func.count()).select_from(Placement).where(Placement.theme_id == source.id)
    note([source, target], "merge", user_id, ideas=session.scalar(size),
         **{"from": source.ref, "to": target.ref})
    _follow_merge(source, target)
    source.merged_into_id, source.own = target.id, False
    session.flush()


def _follow_merge(source: Theme, target: Theme) -> None:
    for column in (Placement.theme_id, Placement.second_theme_id):
        session.execute(
            update(Placement).where(column == source.id).values({column.key: target.id})
            .execution_options(synchronize_session="fetch")
        )
    session.execute(
        update(Placement)
        .where(Placement.theme_id == target.id, Placement.second_theme_id == target.id)
        .values(second_theme_id=None)
        .execution_options(synchronize_session="fetch")
    )


def split_theme(
    programme_id: int, source: Theme | None, refs: Sequence[str], name: str, *, user_id: int
) -> Theme:
    """Make a new theme of some of the ideas in one, or of unsorted ones.

    Raises
    ------
    Conflict
        If one of them is no longer where the page said.
    Refused
        If nothing would be left.
    """
    moved = _still_in(programme_id, source, refs)
    if source is not None and len(moved) == len(queries.members([source.id])):
        raise Refused(_("Leave at least one idea in the theme, or give the theme another name instead."))
    theme = Theme(
        ref=ids.new_ref("T"), programme_id=programme_id, name=name, created_at=clock.now(),
        suggested_names={}, terms=[], representatives=[i for i, _ref, _p in moved[:5]], goals=[],
    )
    session.add(theme)
    session.flush()
    note([source, theme], "split", user_id, ideas=[ref for _id, ref, _p in moved], name=name,
         **{"from": source.ref if source else None, "to": theme.ref})
    pin(programme_id, moved, theme)
    follow_placements(programme_id, user_id=user_id)
    return theme


def pin(programme_id: int, moved: Sequence[Place], target: Theme | None) -> None:
    """Put contributions somewhere and leave them there."""
    for contribution, _ref, known in moved:
        placement = known or Placement(contribution_id=contribution, programme_id=programme_id)
        session.add(placement)
        placement.theme_id = target.id if target else None
        placement.confidence, placement.pinned = 1.0, True
    session.flush()


def note(themes: Sequence[Theme | None], kind: str, user_id: int, **details: Any) -> None:
    """Write an edit into the history of every theme it concerns; it is one edit in the log."""
    first, at = None, clock.now()
    for theme in themes:
        if theme is None:
            continue
        row = ThemeEdit(programme_id=theme.programme_id, theme_id=theme.id, kind=kind, at=at,
                        user_id=user_id, details=details, part_of=first)
        session.add(row)
        session.flush()
        first = first or row.id


def _key(theme: Theme | None) -> int | None:
    return theme.id if theme else None


def _refuse_stale(theme: Theme, version: int) -> None:
    if queries.latest_edit_id(theme.id) != version:
        raise Conflict(_("Somebody else has changed this theme. Nothing was overwritten."))


def _refuse_closed(theme: Theme | None) -> None:
    if theme is not None and (theme.closed_at or theme.merged_into_id):
        raise Refused(_("That theme is no longer open. Choose another one."))


def _still_in(programme_id: int, source: Theme | None, refs: Sequence[str]) -> list[Place]:
    found = queries.places(programme_id, refs)
    stayed = [p for p in found if (p[2].theme_id if p[2] else None) == _key(source)]
    if not refs or len(stayed) < len(set(refs)):
        raise Conflict(_("Some of these ideas have been moved or hidden since. Nothing was changed."))
    return stayed
