"""A decision, its audit row and the mail that tells the author of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from citizen.base import audit, clock, ids, outbox
from citizen.contributions import actions as contributions
from citizen.contributions import queries as contribution_queries
from citizen.contributions import rules as states
from citizen.contributions.models import Contribution, VisibilityChange
from citizen.contributions.rules import Visibility
from citizen.ideas import actions as ideas
from citizen.moderation import queries
from citizen.moderation.actions import apart, queueing
from citizen.moderation.actions.telling import MAIL_WAITS, may_be_told, tell_decision, tell_taken_back
from citizen.moderation.rules import audit_name


@dataclass(frozen=True)
class Lot:
    """What became of several at once, by reference; under its own reference it can be taken back."""

    ref: str
    decided: list[str]
    skipped: list[str]


def decide(
    contribution: Contribution,
    after: Visibility,
    *,
    user_id: int,
    reason: str | None,
    words: str,
    expected_version: int,
    by_two: bool = False,
    mail: str = "mail/decision.txt",
) -> VisibilityChange:
    """Take a decision, which closes what readers have reported, and leave a mail for the author.

    What two people decide goes through `second.decide`. Without words of its own, a reason is told in the
    municipality's standard words.

    Raises
    ------
    StaleDecision, Refused
        As `citizen.contributions.actions.decide` does.
    """
    if reason and not words:
        words = queries.words_for(contribution).get(reason, "")
    change = contributions.decide(
        contribution, after, user_id=user_id, reason=reason, words_to_author=words,
        expected_version=expected_version, by_two=by_two,
    )
    ideas.close_reports(contribution.id, change.id)
    audit.record(audit_name(change.before, change.after), contribution.ref, user_id, reason=change.reason,
                 **sealed(change))
    tell_decision(contribution, change, mail=mail)
    queueing.measure(contribution.programme_id)
    return change


def undo(contribution: Contribution, *, user_id: int, expected_version: int) -> VisibilityChange:
    """Take the newest decision back, together with a mail that has not been sent; one that has is put right.

    Raises
    ------
    StaleDecision, Refused
        As `citizen.contributions.actions.undo` does.
    """
    undone = contribution_queries.latest_change(contribution.id)
    was_told = _was_told(contribution, undone)
    change = contributions.undo(contribution, user_id=user_id, expected_version=expected_version)
    audit.record("moderation.undo", contribution.ref, user_id, undone=change.before, back_to=change.after,
                 **sealed(change))
    if undone:
        ideas.open_reports_again(undone.id)
        queueing.refresh(contribution, review=queueing.was_to_be_seen(contribution))
        apart.with_publication(contribution, undone, user_id=user_id)
        if not _tell_again(contribution, undone) and was_told:
            tell_taken_back(contribution, change)
    return change


def _was_told(contribution: Contribution, step: VisibilityChange | None) -> bool:
    """Whether the author may know of a step: its mail has been sent, or the form had said it would be so.

    A mail that another one has taken the place of, as of a merge, was waiting just as long.
    """
    if step is None or outbox.waits(contributions.about_decision(contribution.ref)):
        return False
    return step.at_once or may_be_told(step.at)


def keep_as_it_is(contribution: Contribution, *, user_id: int) -> None:
    """Somebody has looked, and everything stays; what readers have reported is closed."""
    count = ideas.close_reports(contribution.id)
    queueing.seen(contribution)
    audit.record("moderation.keep", contribution.ref, user_id, reports=count)


def decide_lot(
    chosen: Sequence[Contribution], versions: Mapping[str, int], after: Visibility, *,
    user_id: int | None, reason: str | None = None, words: str = "",
) -> Lot:
    """Decide alike about what still waits as it was when it was chosen; the rest is skipped.

    Parameters
    ----------
    versions : reference → the version that was seen.
    words : to each author; where there are none, the municipality's standard words for the reason.
    """
    lot = Lot(ids.new_ref("L"), [], [])
    for_second = contribution_queries.waiting_for_second([contribution.id for contribution in chosen])
    for contribution in chosen:
        waits = contribution.visibility == Visibility.SUBMITTED and contribution.id not in for_second
        may = states.staff_may_step(contribution.visibility, after, contribution.kind)
        if not waits or not may or contribution.version != versions[contribution.ref]:
            lot.skipped.append(contribution.ref)
            continue
        own = words or (queries.words_for(contribution).get(reason, "") if reason else "")
        change = contributions.decide(
            contribution, after, user_id=user_id, reason=reason, words_to_author=own,
            expected_version=contribution.version, lot=lot.ref,
        )
        ideas.close_reports(contribution.id, change.id)
        audit.record(f"{audit_name(change.before, change.after)}_several", contribution.ref, user_id,
                     reason=reason, lot=lot.ref, **sealed(change))
        tell_decision(contribution, change)
        lot.decided.append(contribution.ref)
    for programme_id in sorted({one.programme_id for one in chosen}):
        queueing.measure(programme_id)
    return lot


def undo_lot(chosen: Sequence[Contribution], ref: str, *, user_id: int) -> Lot:
    """Take back what a decision about several did, where nothing has happened since; the rest is skipped."""
    lot = Lot(ref, [], [])
    for contribution in chosen:
        latest = contribution_queries.latest_change(contribution.id)
        further_at = contribution_queries.last_further_at(contribution.id)
        if latest is None or latest.lot != ref or (further_at and further_at > latest.at):
            lot.skipped.append(contribution.ref)
            continue
        undo(contribution, user_id=user_id, expected_version=contribution.version)
        lot.decided.append(contribution.ref)
    return lot


def sealed(change: VisibilityChange) -> dict[str, Any]:
    """What an audit row holds of the step it tells of, so that the audit vouches for the step too."""
    return {"step": change.id, "seal": change.digest}


def _tell_again(contribution: Contribution, undone: VisibilityChange) -> bool:
    """Leave the mail of the decision that stands again, where the undone one took it back unsent.

    Returns
    -------
    Whether it did.
    """
    steps = contribution_queries.visibility_history(contribution.id, standing_only=True)
    standing = steps[-1] if steps else None
    if standing is None or standing.after == Visibility.SUBMITTED:
        return False
    due = standing.at + MAIL_WAITS
    if undone.at >= due:
        return False
    tell_decision(contribution, standing, wait=max(timedelta(0), due - clock.now()))
    return True
