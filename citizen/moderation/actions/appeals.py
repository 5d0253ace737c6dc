"""Appeals: somebody who has not decided looks again, and answers the author in words."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from citizen.base import audit, outbox
from citizen.base.errors import Refused
from citizen.contributions import actions as contributions
from citizen.contributions import queries as contribution_queries
from citizen.contributions.actions import StaleDecision
from citizen.contributions.models import Appeal, Contribution
from citizen.contributions.rules import Visibility
from citizen.moderation.actions.redacting import show_original
from citizen.moderation.actions.telling import tell_author

UPHELD = "upheld"


def answer_appeal(
    appeal: Appeal, contribution: Contribution, outcome: str, *, user_id: int, reason: str | None,
    words: str, expected_version: int,
) -> None:
    """Uphold what was decided, or change it; the author hears of it either way.

    Parameters
    ----------
    outcome : `UPHELD`, or the visibility it takes.

    Raises
    ------
    StaleDecision, Refused
        If something has happened since, or the viewer is one of those who decided.
    """
    if contribution.version != expected_version:
        raise StaleDecision(contribution_queries.latest_change(contribution.id))
    contributions.refuse_same_person(user_id, contribution_queries.deciders(appeal.step_id))
    change, was_public = None, contribution.visibility == Visibility.PUBLISHED
    if outcome != UPHELD and was_public:
        change = show_original(
            contribution, contribution_queries.authors_text(contribution.id), user_id=user_id,
            expected_version=expected_version,
        )
    elif outcome != UPHELD:
        change = contributions.decide(
            contribution, Visibility(outcome), user_id=user_id, words_to_author=words, on_appeal=True,
            reason=reason if outcome == Visibility.RETURNED else None, expected_version=expected_version,
        )
    contributions.answer_appeal(appeal, contribution, outcome, words, user_id=user_id, decision=change)
    audit.record("moderation.answer_appeal", contribution.ref, user_id, outcome=outcome)
    _tell_author(appeal, contribution, was_public=was_public)


def take_back_appeal_answer(
    appeal: Appeal, contribution: Contribution, *, user_id: int, expected_version: int
) -> None:
    """Take back one's own answer that upheld a decision; others are taken back with their step.

    Raises
    ------
    StaleDecision, Refused
        If something has happened since, or it is not the viewer's to take back.
    """
    if contribution.version != expected_version:
        raise StaleDecision(contribution_queries.latest_change(contribution.id))
    if not may_take_back_appeal_answer(appeal, contribution, user_id):
        raise Refused(_("There is nothing to undo."))
    contributions.open_appeal_again(appeal)
    contributions.touch(contribution)
    outbox.take_back(contributions.about_decision(contribution.ref))
    audit.record("moderation.take_back_appeal", contribution.ref, user_id)


def may_take_back_appeal_answer(appeal: Appeal, contribution: Contribution, user_id: int) -> bool:
    """Whether the answer is the viewer's, has taken no step, and nothing has happened since."""
    is_newest = appeal.outcome == UPHELD and appeal.version == contribution.version
    return is_newest and appeal.answered_by == user_id


def _tell_author(appeal: Appeal, contribution: Contribution, *, was_public: bool) -> None:
    outbox.take_back(contributions.about_decision(contribution.ref))
    tell_author(contribution, _l("Somebody else has looked at your idea"), "mail/appeal.txt", appeal=appeal,
                was_public=was_public)
