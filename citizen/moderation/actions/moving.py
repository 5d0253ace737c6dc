"""Move an idea to another programme: its lines, its point, its words and its theme follow."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import current_app
from flask_babel import lazy_gettext as _l

from citizen.base import audit
from citizen.contributions import actions as contributions
from citizen.contributions import queries as contribution_queries
from citizen.contributions.actions import StaleDecision
from citizen.contributions.models import Contribution, Move
from citizen.ideas import actions as ideas
from citizen.ideas import queries as idea_queries
from citizen.moderation.actions.telling import tell, untell
from citizen.programmes import queries as programme_queries


def move(
    contribution: Contribution, programme_id: int, municipality_id: int, *, user_id: int,
    expected_version: int,
) -> Move:
    """Put an idea under another programme, and tell its author.

    Raises
    ------
    StaleDecision, Refused
        As `citizen.contributions.actions.move` does.
    """
    _expect(contribution, expected_version)
    parts = _parts(contribution)
    taken_out = _leave(parts)
    row = contributions.move(
        contribution, programme_id, municipality_id, user_id=user_id,
        expected_version=contribution.version, taken_out=taken_out,
    )
    _follow(contribution, parts, {})
    audit.record("moderation.move", contribution.ref, user_id, before=row.before_programme_id,
                 after=row.after_programme_id, municipality=row.after_municipality_id)
    _tell(contribution, row)
    return row


def unmove(contribution: Contribution, *, user_id: int, expected_version: int) -> Move:
    """Put an idea back where it came from, also into the theme that it was in.

    Raises
    ------
    StaleDecision, Conflict, Refused
        As `citizen.contributions.actions.take_move_back` does.
    """
    _expect(contribution, expected_version)
    parts = _parts(contribution)
    _leave(parts)
    row = contributions.take_move_back(
        contribution, user_id=user_id, expected_version=contribution.version
    )
    _follow(contribution, parts, row.taken_out)
    audit.record("moderation.unmove", contribution.ref, user_id, back_to=row.before_programme_id)
    if untell(_about(row), row.at):
        _tell(contribution, row)
    return row


def _expect(contribution: Contribution, version: int) -> None:
    """Before anything leaves its theme."""
    if contribution.version != version:
        raise StaleDecision(contribution_queries.latest_change(contribution.id))


def _parts(contribution: Contribution) -> list[int]:
    return [contribution.id, *idea_queries.lines_under(contribution.id)]


def _leave(parts: list[int]) -> dict[str, Any]:
    leave: Callable[[list[int]], dict[str, Any]] = current_app.extensions["citizen.leaves_programme"]
    return leave(parts)


def _follow(contribution: Contribution, parts: list[int], taken_out: Mapping[str, Any]) -> None:
    ideas.follow_move(contribution.id, contribution.programme_id, contribution.municipality_id)
    current_app.extensions["citizen.comes_to_programme"](parts, contribution.programme_id, taken_out)


def _about(row: Move) -> str:
    return f"move:{row.id}"


def _tell(contribution: Contribution, row: Move) -> None:
    programme = programme_queries.programme_by_id(contribution.programme_id)
    for author in contribution_queries.contacts([contribution.id]):
        tell(author, _l("Your idea has been moved to another programme"), _about(row), kind="moved",
             titles=programme.titles)
