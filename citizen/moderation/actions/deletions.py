"""Answers to requests for deletion."""

from flask_babel import lazy_gettext as _l

from citizen.base import audit
from citizen.contributions import actions as contributions
from citizen.contributions import queries as contribution_queries
from citizen.contributions.models import Contribution, DeletionRequest
from citizen.contributions.queries import Address


def answer_deletion(
    asked: DeletionRequest, contribution: Contribution, answer: str, *, user_id: int
) -> None:
    """Note that a request for deletion has been handled, and tell its author.

    Raises
    ------
    Conflict
        If somebody else has answered it.
    """
    contributions.answer_deletion(asked, answer, user_id=user_id)
    audit.record("moderation.answer_deletion", contribution.ref, user_id)
    if contact := contribution_queries.contact(contribution.id):
        contributions.write_to_author(
            Address(contribution.ref, contact.email, contact.language),
            _l("The municipality has answered you"), "mail/deletion.txt",
            about=f"deletion:{contribution.ref}", answer=answer,
        )
