"""The municipality answers an idea in public."""

from flask_babel import lazy_gettext as _l

from citizen.base import audit
from citizen.contributions import actions as contributions
from citizen.contributions import queries as contribution_queries
from citizen.contributions.models import Contribution, OfficialAnswer
from citizen.moderation.actions.telling import MAIL_WAITS, may_be_told, tell, untell


def answer_officially(
    contribution: Contribution, body: str, *, signed: str, user_id: int, expected_version: int
) -> OfficialAnswer:
    """Publish an answer, or a new version of it, and tell the author and those whose ideas went into it.

    Raises
    ------
    StaleDecision, Refused
        As `citizen.contributions.actions.answer` does.
    """
    before = contribution_queries.official_answer(contribution.id)
    first_at = contribution_queries.first_answered_at(contribution.id)
    row = contributions.answer(
        contribution, body, signed=signed, user_id=user_id, expected_version=expected_version
    )
    audit.record("moderation.answer", contribution.ref, user_id, number=row.number)
    if before is not None:
        # What has not been sent of the version before is no longer what the municipality says.
        untell(_about(before), before.at)
    _tell(contribution, row, "answer_changed" if first_at and may_be_told(first_at) else "answered")
    return row


def take_answer_back(contribution: Contribution, *, user_id: int, expected_version: int) -> OfficialAnswer:
    """Take the newest version out of the public; the one before it stands again.

    Raises
    ------
    StaleDecision, Conflict
        As `citizen.contributions.actions.take_answer_back` does.
    """
    row = contributions.take_answer_back(contribution, user_id=user_id, expected_version=expected_version)
    audit.record("moderation.unanswer", contribution.ref, user_id, number=row.number)
    standing = contribution_queries.official_answer(contribution.id)
    was_told = untell(_about(row), row.at)
    if standing and was_told:
        _tell(contribution, standing, "answer_changed")
    elif standing and row.at < standing.at + MAIL_WAITS:
        # Its own mail was taken back for the version that is gone now.
        _tell(contribution, standing, "answered")
    elif was_told:
        _tell(contribution, row, "answer_gone")
    return row


def _about(row: OfficialAnswer) -> str:
    return f"answer:{row.id}"


def _tell(contribution: Contribution, row: OfficialAnswer, kind: str) -> None:
    title = contribution_queries.latest_text(contribution.id).title
    for author in contribution_queries.authors_to_tell([contribution.id]):
        # Whose own idea it is not hears which one the answer is to.
        other = title if author.ref != contribution.ref else None
        tell(author, _l("The municipality has answered you"), _about(row), kind=kind, answer=row, other=other)
