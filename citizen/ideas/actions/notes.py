"""Notes that staff type in for somebody, and what was typed wrong put right."""

from citizen.base import audit
from citizen.contributions import actions as contributions
from citizen.contributions.models import Contribution
from citizen.ideas.actions.sending import NewIdea, submit_idea


def type_note(idea: NewIdea, *, user_id: int) -> tuple[Contribution, bool]:
    """Take in what somebody said or wrote on paper, typed by staff; once per client key.

    The audit remembers who typed it, so that they can correct it or take it back.
    """
    contribution, is_new = submit_idea(idea)
    audit.record("ideas.note", contribution.ref, user_id, source=idea.source)
    return contribution, is_new


def retype_note(
    contribution: Contribution, *, title: str | None, body: str, place: str | None, user_id: int
) -> None:
    """Correct a note that was typed wrong."""
    contributions.retype(contribution, title=title, body=body, place=place, user_id=user_id)
    audit.record("ideas.retype", contribution.ref, user_id)


def take_note_back(contribution: Contribution, *, user_id: int) -> None:
    """Take back a note that should not have been typed."""
    contributions.withdraw(contribution, user_id=user_id)
    audit.record("ideas.take_back", contribution.ref, user_id)
