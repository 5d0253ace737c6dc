"""A decision, its audit row and the mail that tells the author of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from flask_babel import lazy_gettext as _l

from citizen.base import audit, clock
from citizen.contributions import actions as contributions
from citizen.contributions import queries as contribution_queries
from citizen.contributions.models import Contribution, VisibilityChange
from citizen.contributions.queries import Address
from citizen.contributions.rules import Visibility
from citizen.ideas import actions as ideas
from citizen.moderation.rules import audit_name

# So long a decision can be undone without the author ever hearing of it.
MAIL_WAITS = timedelta(minutes=5)


@dataclass(frozen=True)
class Lot:
    """What became of several at once, by reference."""

    published: list[str]
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

    What two people decide goes through `second.decide`.

    Raises
    ------
    StaleDecision, Refused
        As `citizen.contributions.actions.decide` does.
    """
    change = contributions.decide(
        contribution, after, user_id=user_id, reason=reason, words_to_author=words,
        expected_version=expected_version, by_two=by_two,
    )
    ideas.close_reports(contribution.id, change.id)
    audit.record(audit_name(change.before, change.after), contribution.ref, user_id, reason=reason)
    _tell_author(contribution, change, MAIL_WAITS, mail)
    return change


def undo(contribution: Contribution, *, user_id: int, expected_version: int) -> VisibilityChange:
    """Take the newest decision back, together with a mail that has not been sent.

    Raises
    ------
    StaleDecision, Refused
        As `citizen.contributions.actions.undo` does.
    """
    undone = contribution_queries.latest_change(contribution.id)
    change = contributions.undo(contribution, user_id=user_id, expected_version=expected_version)
    audit.record("moderation.undo", contribution.ref, user_id, undone=change.before, back_to=change.after)
    if undone:
        ideas.open_reports_again(undone.id)
        _tell_again(contribution, undone)
    return change


def keep_as_it_is(contribution: Contribution, *, user_id: int) -> None:
    """Close what readers have reported: somebody has looked, and everything stays."""
    count = ideas.close_reports(contribution.id)
    audit.record("moderation.keep", contribution.ref, user_id, reports=count)


def publish_lot(chosen: Sequence[Contribution], versions: Mapping[str, int], *, user_id: int | None) -> Lot:
    """Publish what still waits as it was when it was chosen; the rest is skipped.

    Parameters
    ----------
    versions : reference → the version that was seen.
    """
    lot = Lot([], [])
    for_second = contribution_queries.waiting_for_second([contribution.id for contribution in chosen])
    for contribution in chosen:
        waits = contribution.visibility == Visibility.SUBMITTED and contribution.id not in for_second
        if not waits or contribution.version != versions[contribution.ref]:
            lot.skipped.append(contribution.ref)
            continue
        change = contributions.decide(
            contribution, Visibility.PUBLISHED, user_id=user_id, expected_version=contribution.version
        )
        audit.record("moderation.bulk_publish", contribution.ref, user_id, reason=None)
        _tell_author(contribution, change, MAIL_WAITS)
        lot.published.append(contribution.ref)
    return lot


def _tell_again(contribution: Contribution, undone: VisibilityChange) -> None:
    """Leave the mail of the decision that stands again, where the undone one took it back unsent."""
    steps = contribution_queries.visibility_history(contribution.id, standing_only=True)
    standing = steps[-1] if steps else None
    if standing is None or standing.after == Visibility.SUBMITTED:
        return
    due = standing.at + MAIL_WAITS
    if undone.at < due:
        _tell_author(contribution, standing, max(timedelta(0), due - clock.now()))


def _tell_author(
    contribution: Contribution, change: VisibilityChange, wait: timedelta, mail: str = "mail/decision.txt"
) -> None:
    """Leave a mail about a step, where the author has said where to."""
    contact = contribution_queries.contact(contribution.id)
    if contact is None:
        return
    contributions.write_to_author(
        Address(contribution.ref, contact.email, contact.language), _SUBJECTS[Visibility(change.after)],
        mail, about=contributions.about_decision(contribution.ref), wait=wait, change=change,
    )


_SUBJECTS = {
    Visibility.PUBLISHED: _l("Your idea has been published"),
    Visibility.RETURNED: _l("Your idea needs a change before it can be published"),
    Visibility.REJECTED: _l("Your idea will not be published"),
    Visibility.HIDDEN: _l("Your idea is no longer published"),
}
