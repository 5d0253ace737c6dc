"""What another person confirms, and what an author asks another person to look at."""

from flask_babel import gettext as _

from citizen.base import clock
from citizen.base.db import session
from citizen.base.errors import Refused
from citizen.contributions import queries, rules
from citizen.contributions.actions.steps import StaleDecision, tell_moved, touch
from citizen.contributions.models import Appeal, Contribution, SecondLook, VisibilityChange
from citizen.contributions.rules import Visibility


def ask_second(
    contribution: Contribution, after: Visibility, *, user_id: int, reason: str, words: str | None,
    expected_version: int, decision: VisibilityChange | None = None,
) -> SecondLook:
    """Have a decision wait for a second person.

    Parameters
    ----------
    decision : the step, where it has been taken already and is to be confirmed.

    Raises
    ------
    StaleDecision, Refused
        As for the decision itself.
    """
    if decision is None:
        _refuse_step(contribution, after, expected_version)
    _close_overtaken(contribution.id)
    standing = queries.standing_step(contribution.id)
    look = SecondLook(
        contribution_id=contribution.id, after=after, reason=reason, words=words or None, first_id=user_id,
        at=clock.now(), step_id=standing.id if standing else None, decision_id=decision and decision.id,
        text_number=queries.latest_text(contribution.id).number,
    )
    session.add(look)
    session.flush()
    if decision is None:
        touch(contribution)
    return look


def _refuse_step(contribution: Contribution, after: Visibility, expected_version: int) -> None:
    if contribution.version != expected_version:
        raise StaleDecision(queries.latest_change(contribution.id))
    if not rules.staff_may_step(contribution.visibility, after, contribution.kind):
        raise Refused(_("This idea cannot take that step from where it is now."))
    if queries.open_look(contribution.id):
        raise Refused(_("This waits for a second person already."))


def _close_overtaken(contribution_id: int) -> None:
    """Only one look is open; what a later step or text has overtaken is so for good."""
    old = queries.newest_look(contribution_id)
    if old is not None and old.answered_at is None:
        old.outcome, old.answered_at = "overtaken", clock.now()
        session.flush()


def answer_look(
    look: SecondLook, contribution: Contribution, outcome: str, *, user_id: int, note: str = "",
    decision: VisibilityChange | None = None,
) -> None:
    """Note what a second person says, or that the first one takes the proposal back.

    Raises
    ------
    Refused
        If the second person is the first.
    """
    if outcome != "taken_back":
        refuse_same_person(user_id, {look.first_id})
        look.second_id = user_id
    look.outcome, look.answered_at, look.note = outcome, clock.now(), note or None
    if decision is None:
        touch(contribution)
    else:
        look.decision_id = decision.id
    look.version = contribution.version
    session.flush()


def open_look_again(look: SecondLook) -> None:
    """Wait for a second person as before: the answer has been taken back."""
    look.outcome = look.second_id = look.answered_at = look.note = look.version = None
    if look.after == Visibility.REJECTED:
        look.decision_id = None
    session.flush()


def refuse_same_person(user_id: int, deciders: set[int]) -> None:
    """Refuse whoever has decided already."""
    if user_id in deciders:
        raise Refused(_("You have decided about this yourself. Another person has to look at it."))


def ask_again(contribution: Contribution, words: str | None) -> Appeal:
    """Note that the author asks for somebody else to look at the decision; asked twice, it stays one.

    Raises
    ------
    Refused
        If no decision stands that can be looked at again.
    """
    if waiting := queries.open_appeal(contribution.id):
        return waiting
    step = queries.standing_step(contribution.id)
    if step is None or not queries.may_appeal(contribution):
        raise Refused(_("There is no decision that somebody else could look at."))
    appeal = Appeal(contribution_id=contribution.id, step_id=step.id, at=clock.now(), words=words)
    session.add(appeal)
    session.flush()
    tell_moved(contribution)
    return appeal


def answer_appeal(
    appeal: Appeal, contribution: Contribution, outcome: str, answer: str, *, user_id: int,
    decision: VisibilityChange | None = None,
) -> None:
    """Note what somebody else has decided, in words to the author."""
    appeal.outcome, appeal.answer, appeal.answered_by = outcome, answer, user_id
    appeal.answered_at = clock.now()
    if decision is None:
        touch(contribution)
    else:
        appeal.decision_id = decision.id
    appeal.version = contribution.version
    session.flush()


def open_appeal_again(appeal: Appeal) -> None:
    """Wait for an answer as before: the answer has been taken back."""
    appeal.outcome = appeal.answer = appeal.answered_by = appeal.answered_at = None
    appeal.decision_id = appeal.version = None
    session.flush()
