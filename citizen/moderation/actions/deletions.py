"""Answers to requests for deletion."""

from datetime import timedelta

from flask_babel import lazy_gettext as _l

from citizen.base import audit
from citizen.contributions import actions as contributions
from citizen.contributions.models import Contribution, DeletionRequest
from citizen.moderation.actions.telling import tell_author


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
    tell_author(
        contribution, _l("The municipality has answered you"), "mail/deletion.txt",
        about=f"deletion:{contribution.ref}", wait=timedelta(0), answer=answer,
    )
