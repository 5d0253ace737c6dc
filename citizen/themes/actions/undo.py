"""Taking back the latest edit of a theme: a new edit, so that the history stays whole."""

from flask_babel import gettext as _

from citizen.base.db import session
from citizen.base.errors import Conflict
from citizen.themes import queries
from citizen.themes.actions.edits import Place, note
from citizen.themes.actions.handling import follow_placements
from citizen.themes.models import Theme
from citizen.themes.queries import EditRow


def may_be_undone(edit: EditRow | None) -> bool:
    """Moves, names and closings can be taken back, once."""
    kinds = ("move", "rename", "close")
    return edit is not None and edit.kind in kinds and "undoes" not in edit.details


def undo_edit(theme: Theme, edit_id: int, *, user_id: int) -> str:
    """Take back a theme's latest edit.

    Returns
    -------
    Its kind.

    Raises
    ------
    Conflict
        If it is not the latest any more, or what it did has been changed since.
    """
    latest = next(iter(queries.edits(theme.id)), None)
    if latest is None or latest.id != edit_id or not may_be_undone(latest):
        raise Conflict(_("Somebody else has changed this theme. Nothing was overwritten."))
    if latest.kind == "rename":
        _undo_rename(theme, latest, user_id)
    elif latest.kind == "close":
        _undo_closing(theme, latest, user_id)
    else:
        _undo_move(theme.programme_id, latest, user_id)
    return latest.kind


def _undo_closing(theme: Theme, edit: EditRow, user_id: int) -> None:
    note([theme], "close", user_id, undoes=edit.id)
    theme.closed_at, theme.own = None, edit.details["own"]
    session.flush()


def _undo_rename(theme: Theme, edit: EditRow, user_id: int) -> None:
    before = edit.details["before"]
    note([theme], "rename", user_id, before=theme.name, after=before, undoes=edit.id)
    theme.name = before
    session.flush()


def _undo_move(programme_id: int, edit: EditRow, user_id: int) -> None:
    source, target = _theme(programme_id, edit, "from"), _theme(programme_id, edit, "to")
    before = {ref: (confidence, pinned) for ref, confidence, pinned in edit.details["before"]}
    moved = queries.places(programme_id, list(before))
    if any(_place(p) != (target.id if target else None) for p in moved) or not _may_receive(source):
        raise Conflict(_("These ideas have been moved again since. Nothing was changed."))
    if source is not None:
        # A run may have closed it since, with nothing left in it.
        source.closed_at = None
    note([source, target], "move", user_id, ideas=[ref for _id, ref, _p in moved], before=[],
         undoes=edit.id, **{"from": edit.details["to"], "to": edit.details["from"]})
    for _id, ref, placement in moved:
        confidence, pinned = before[ref]
        if placement is None:
            continue
        if confidence is None:
            # No run had looked at it when it was moved.
            session.delete(placement)
        else:
            placement.theme_id = source.id if source else None
            placement.confidence, placement.pinned = confidence, pinned
    follow_placements(programme_id, user_id=user_id)


def _theme(programme_id: int, edit: EditRow, side: str) -> Theme | None:
    ref = edit.details[side]
    return queries.theme(programme_id, ref) if ref else None


def _place(place: Place) -> int | None:
    return place[2].theme_id if place[2] else None


def _may_receive(theme: Theme | None) -> bool:
    """Whether ideas can go back to where they came from: nobody has merged or closed it since."""
    if theme is None:
        return True
    return queries.made_by_people(theme.programme_id).receiver(theme.ref) == theme.ref
