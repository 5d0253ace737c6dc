"""Themes that somebody has in mind, with examples of what they are about."""

from collections.abc import Sequence

from flask_babel import gettext as _

from citizen.base import clock, ids
from citizen.base.db import session
from citizen.base.errors import Conflict, Refused
from citizen.themes import queries
from citizen.themes.actions.edits import note
from citizen.themes.models import Theme


def make_own_theme(programme_id: int, name: str, examples: Sequence[str], *, user_id: int) -> Theme:
    """Make a theme before anything has been found for it; every run looks for what is like it.

    The caller holds the programme (`queries.hold`).
    """
    theme = Theme(
        ref=ids.new_ref("T"), programme_id=programme_id, name=name, created_at=clock.now(), own=True,
        suggested_names={}, terms=[], representatives=[], goals=[],
    )
    session.add(theme)
    session.flush()
    note([theme], "own", user_id, name=name, examples=list(examples))
    return theme


def change_examples(theme: Theme, examples: Sequence[str], *, user_id: int, version: int) -> None:
    """Give an own theme other examples, for the next run.

    Raises
    ------
    Conflict
        If the theme has been edited since the page was made.
    Refused
        If it is not, or no longer, an own theme.
    """
    _refuse_stale(theme, version)
    if not theme.own:
        raise Refused(_("That theme is no longer open. Choose another one."))
    note([theme], "own", user_id, examples=list(examples))


def close_theme(theme: Theme, *, user_id: int, version: int) -> None:
    """Close a theme that nothing public is in: runs and arriving ideas leave it alone from now on.

    Raises
    ------
    Conflict
        If the theme has been edited since the page was made, or something has come into it.
    Refused
        If it is closed or merged already.
    """
    _refuse_stale(theme, version)
    if theme.closed_at or theme.merged_into_id:
        raise Refused(_("That theme is no longer open. Choose another one."))
    if queries.members([theme.id]):
        raise Conflict(_("Ideas have come into this theme since. Move them first, or merge the theme."))
    note([theme], "close", user_id, own=theme.own)
    theme.closed_at, theme.own = clock.now(), False
    session.flush()


def _refuse_stale(theme: Theme, version: int) -> None:
    if queries.latest_edit_id(theme.id) != version:
        raise Conflict(_("Somebody else has changed this theme. Nothing was overwritten."))
