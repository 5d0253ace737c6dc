"""Merges, moves and official answers: each a row, each taken back by another mark on the row."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeVar

from flask_babel import gettext as _
from sqlalchemy.orm.attributes import flag_modified

from citizen.base import clock
from citizen.base.db import session
from citizen.base.errors import Conflict, Refused
from citizen.contributions import queries, rules
from citizen.contributions.actions import search
from citizen.contributions.actions.steps import StaleDecision, tell_moved, tell_shown
from citizen.contributions.models import (
    Contribution,
    Merge,
    Move,
    OfficialAnswer,
    TextVersion,
    VisibilityChange,
)
from citizen.contributions.rules import Visibility

_Row = TypeVar("_Row", Merge, Move, OfficialAnswer)


def merge(
    contribution: Contribution, into: Contribution, *, user_id: int, expected_version: int,
    published_by: VisibilityChange | None = None,
) -> Merge:
    """Note that a published idea is part of another one from now on. Both are locked by the caller.

    Parameters
    ----------
    published_by : the step by which it was published for this.

    Raises
    ------
    StaleDecision
        If the idea is no longer at ``expected_version``.
    Refused
        If one of them cannot be merged.
    """
    _changes(contribution, expected_version)
    if not rules.may_be_merged(contribution.kind, contribution.visibility):
        raise Refused(_("Only a published idea can be merged with another one."))
    if queries.standing_merge(contribution.id):
        raise Refused(_("This idea has been merged already."))
    _takes_others(into, contribution)
    row = Merge(contribution_id=contribution.id, into_id=into.id, at=clock.now(), user_id=user_id,
                change_id=published_by.id if published_by else None)
    session.add(row)
    session.flush()
    return row


def _takes_others(into: Contribution, other: Contribution) -> None:
    if into.id == other.id:
        raise Refused(_("An idea cannot be merged with itself."))
    if not rules.may_be_merged(into.kind, into.visibility):
        raise Refused(_("The other idea is not published, so that nothing can be merged with it."))
    if queries.standing_merge(into.id):
        raise Refused(_("The other idea has itself been merged with a third one. Choose that one."))


def take_merge_back(contribution: Contribution, *, user_id: int, expected_version: int) -> Merge:
    """Note that a merge is no more. What was published for it stays so: that is a step of its own.

    Raises
    ------
    StaleDecision
        If the idea is no longer at ``expected_version``.
    Conflict
        If somebody else has taken it back.
    """
    _changes(contribution, expected_version)
    return _taken_back(queries.standing_merge(contribution.id), user_id)


def move(
    contribution: Contribution, programme_id: int, municipality_id: int, *, user_id: int,
    expected_version: int, taken_out: Mapping[str, Any],
) -> Move:
    """Put an idea under another programme, with what it is found by.

    Raises
    ------
    StaleDecision
        If the idea is no longer at ``expected_version``.
    Refused
        If it cannot be moved.
    """
    _changes(contribution, expected_version)
    if not rules.may_be_moved(contribution.kind, contribution.visibility, contribution.handling):
        raise Refused(_("This idea cannot be moved from where it is now."))
    row = Move(
        contribution_id=contribution.id, before_programme_id=contribution.programme_id,
        after_programme_id=programme_id, before_municipality_id=contribution.municipality_id,
        after_municipality_id=municipality_id, taken_out=dict(taken_out), at=clock.now(), user_id=user_id,
    )
    session.add(row)
    put_under(contribution, programme_id, municipality_id)
    return row


def take_move_back(contribution: Contribution, *, user_id: int, expected_version: int) -> Move:
    """Put an idea back under the programme it came from.

    Raises
    ------
    StaleDecision
        If the idea is no longer at ``expected_version``.
    Conflict
        If somebody else has taken it back.
    Refused
        If it has become something where it is.
    """
    _changes(contribution, expected_version)
    row = queries.standing_move(contribution.id)
    if row and not rules.may_be_moved(contribution.kind, contribution.visibility, contribution.handling):
        raise Refused(_("This idea cannot be moved from where it is now."))
    row = _taken_back(row, user_id)
    put_under(contribution, row.before_programme_id, row.before_municipality_id)
    return row


def put_under(contribution: Contribution, programme_id: int, municipality_id: int) -> None:
    """Change whose a contribution is, and where its words are looked for."""
    before = contribution.programme_id
    contribution.programme_id, contribution.municipality_id = programme_id, municipality_id
    session.flush()
    if contribution.visibility == Visibility.PUBLISHED:
        shown = session.get_one(TextVersion, (contribution.id, contribution.public_version))
        arrived = replace(search.entry(contribution, shown), before="")
        gone = search.Entry(contribution.id, before, contribution.search_text, "", {})
        search.write_entries([gone, arrived])
        tell_shown(programme_id)
    # What waits does so there.
    tell_moved(contribution)


def answer(
    contribution: Contribution, body: str, *, signed: str, user_id: int, expected_version: int
) -> OfficialAnswer:
    """Answer an idea on behalf of the municipality: a version, which the public reads from now on.

    Raises
    ------
    StaleDecision
        If the idea is no longer at ``expected_version``.
    Refused
        If it is not published.
    """
    _changes(contribution, expected_version)
    if not rules.may_be_answered(contribution.kind, contribution.visibility):
        raise Refused(_("Only a published idea can be answered in public."))
    row = OfficialAnswer(
        contribution_id=contribution.id, number=queries.last_answer_number(contribution.id) + 1,
        language=contribution.language, body=body, signed=signed, at=clock.now(), user_id=user_id,
    )
    session.add(row)
    session.flush()
    return row


def take_answer_back(contribution: Contribution, *, user_id: int, expected_version: int) -> OfficialAnswer:
    """Take the newest version of an answer out of the public; the one before it stands again.

    Raises
    ------
    StaleDecision
        If the idea is no longer at ``expected_version``.
    Conflict
        If somebody else has taken it back.
    """
    _changes(contribution, expected_version)
    return _taken_back(queries.official_answer(contribution.id), user_id)


def _taken_back(row: _Row | None, user_id: int) -> _Row:
    """Mark what stands as taken back, by whom; somebody else may have been first."""
    if row is None:
        raise Conflict(_("There is nothing to undo."))
    row.undone_at, row.undone_by = clock.now(), user_id
    session.flush()
    return row


def _changes(contribution: Contribution, expected_version: int) -> None:
    """What is decided here counts as a change, so that nobody decides over it with an old page."""
    if contribution.version != expected_version:
        raise StaleDecision(queries.latest_change(contribution.id))
    flag_modified(contribution, "visibility")
    session.flush()
