"""Hate and threats: one person proposes, another one confirms or disagrees.

What is public is hidden at once, and the second person confirms it afterwards: meanwhile a threat would
harm whoever it is against. What is not public yet waits where it is.
"""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from citizen.base import audit, clock, outbox
from citizen.base.errors import Refused
from citizen.contributions import actions as contributions
from citizen.contributions import queries as contribution_queries
from citizen.contributions import rules as states
from citizen.contributions.actions import StaleDecision
from citizen.contributions.models import Contribution, SecondLook, VisibilityChange
from citizen.contributions.rules import Visibility
from citizen.moderation.actions import deciding, queueing
from citizen.moderation.actions.telling import MAIL_WAITS, may_be_told, tell_author, tell_decision

HIDDEN_FIRST = "mail/hidden_first.txt"


def decide(
    contribution: Contribution, after: Visibility, *, user_id: int, reason: str | None, words: str,
    expected_version: int,
) -> VisibilityChange | None:
    """Take a decision; where two people decide, ask for the second one.

    Returns
    -------
    The step; None where it waits for the second person.

    Raises
    ------
    StaleDecision, Refused
        As `citizen.contributions.actions.decide` does.
    """
    if not states.needs_two(after, reason):
        return deciding.decide(
            contribution, after, user_id=user_id, reason=reason, words=words,
            expected_version=expected_version,
        )
    change = None
    if after is Visibility.HIDDEN:
        change = deciding.decide(
            contribution, after, user_id=user_id, reason=reason, words=words,
            expected_version=expected_version, by_two=True, mail=HIDDEN_FIRST,
        )
    contributions.ask_second(
        contribution, after, user_id=user_id, reason=str(reason), words=words,
        expected_version=expected_version, decision=change,
    )
    queueing.refresh(contribution)
    audit.record("moderation.ask_second", contribution.ref, user_id, after=after.value, reason=reason)
    return change


def confirm(
    look: SecondLook, contribution: Contribution, *, user_id: int, note: str, expected_version: int
) -> None:
    """Carry out what the first person proposed, or have stand what they have hidden.

    Raises
    ------
    StaleDecision, Refused
        If something has happened since, or the second person is the first.
    """
    _refuse(look, contribution, user_id, expected_version)
    step = contribution_queries.standing_step(contribution.id)
    if step is not None and step.id == look.decision_id:
        contributions.answer_look(look, contribution, "confirmed", user_id=user_id, note=note)
        outbox.take_back(contributions.about_decision(contribution.ref))
        tell_decision(contribution, step)
    else:
        change = deciding.decide(
            contribution, Visibility(look.after), user_id=user_id, reason=look.reason,
            words=look.words or "", expected_version=expected_version, by_two=True,
        )
        contributions.answer_look(
            look, contribution, "confirmed", user_id=user_id, note=note, decision=change
        )
    audit.record("moderation.confirm", contribution.ref, user_id, after=look.after, first=look.first_id)


def disagree(
    look: SecondLook, contribution: Contribution, *, user_id: int, note: str, expected_version: int
) -> None:
    """Refuse what the first person proposed: it waits as before, or is shown again.

    Raises
    ------
    StaleDecision, Refused
        As `confirm` does.
    """
    _refuse(look, contribution, user_id, expected_version)
    if look.after == Visibility.HIDDEN:
        _show_again(look, contribution, user_id, expected_version)
    contributions.answer_look(look, contribution, "refused", user_id=user_id, note=note)
    queueing.refresh(contribution)
    audit.record("moderation.disagree", contribution.ref, user_id, after=look.after, first=look.first_id)


def take_back(look: SecondLook, contribution: Contribution, *, user_id: int, expected_version: int) -> None:
    """Take back one's own proposal, or one's own answer to somebody else's.

    Raises
    ------
    StaleDecision, Refused
        If something has happened since, or it is not the viewer's to take back.
    """
    if contribution.version != expected_version:
        raise StaleDecision(contribution_queries.latest_change(contribution.id))
    if contribution_queries.open_look(contribution.id) is look and look.first_id == user_id:
        if look.after == Visibility.HIDDEN:
            _show_again(look, contribution, user_id, expected_version)
        contributions.answer_look(look, contribution, "taken_back", user_id=user_id)
    elif not may_take_back_answer(look, contribution, user_id):
        raise Refused(_("There is nothing to undo."))
    elif look.after == Visibility.REJECTED and look.outcome == "confirmed":
        undo(contribution, user_id=user_id, expected_version=expected_version)
    else:
        _answer_again(look, contribution)
    queueing.refresh(contribution)
    audit.record("moderation.take_back_second", contribution.ref, user_id, after=look.after)


def _answer_again(look: SecondLook, contribution: Contribution) -> None:
    """Take back an answer that took no step, and what the author has not heard of it yet."""
    was_told_first = look.answered_at is None or may_be_told(look.at, look.answered_at)
    contributions.open_look_again(look)
    contributions.touch(contribution)
    outbox.take_back(contributions.about_decision(contribution.ref))
    step = contribution_queries.standing_step(contribution.id)
    if step is not None and step.id == look.decision_id and not was_told_first:
        # The confirmation had taken the place of the mail that tells of the hiding.
        tell_decision(contribution, step, mail=HIDDEN_FIRST)


def may_take_back_answer(look: SecondLook, contribution: Contribution, user_id: int) -> bool:
    """Whether the answer is the viewer's and nothing has happened since.

    What has been shown again is not hidden again by this: that is a decision of its own.
    """
    is_final = (look.after, look.outcome) == (Visibility.HIDDEN, "refused")
    return look.second_id == user_id and look.version == contribution.version and not is_final


def may_undo(step_id: int, user_id: int) -> bool:
    """Whether somebody may take a step back: not what another one answered to an appeal against theirs."""
    appeal = contribution_queries.appeal_behind(step_id)
    return appeal is None or user_id not in contribution_queries.deciders(appeal.step_id)


def undo(contribution: Contribution, *, user_id: int, expected_version: int) -> VisibilityChange:
    """Take the newest decision back, and what it answered: a second person or an appeal is waited for again.

    Raises
    ------
    StaleDecision, Refused
        As `citizen.contributions.actions.undo` does, or if it answers an appeal against the viewer's own
        decision.
    """
    latest = contribution_queries.latest_change(contribution.id)
    look = contribution_queries.look_behind(latest.id) if latest else None
    appeal = contribution_queries.appeal_behind(latest.id) if latest else None
    if latest and contribution.version == expected_version and not may_undo(latest.id, user_id):
        raise Refused(_("Somebody else has answered the appeal against your decision. You cannot take their"
                        " answer back."))
    change = deciding.undo(contribution, user_id=user_id, expected_version=expected_version)
    if look and look.after == Visibility.REJECTED:
        contributions.open_look_again(look)
    elif look and look.answered_at is None:
        outcome = "taken_back" if look.first_id == user_id else "refused"
        contributions.answer_look(look, contribution, outcome, user_id=user_id)
    if appeal:
        contributions.open_appeal_again(appeal)
    queueing.refresh(contribution)
    return change


def _refuse(look: SecondLook, contribution: Contribution, user_id: int, expected_version: int) -> None:
    if contribution.version != expected_version:
        raise StaleDecision(contribution_queries.latest_change(contribution.id))
    contributions.refuse_same_person(user_id, {look.first_id})


def _show_again(look: SecondLook, contribution: Contribution, user_id: int, expected_version: int) -> None:
    """Take back that something was hidden; an author who has heard of it hears of this too."""
    deciding.undo(contribution, user_id=user_id, expected_version=expected_version)
    if look.at + MAIL_WAITS <= clock.now():
        outbox.take_back(contributions.about_decision(contribution.ref))
        tell_author(contribution, _l("Everyone can read your idea again"), "mail/shown_again.txt")
