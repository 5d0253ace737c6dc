"""New versions that authors send in of what is public with a part removed: published or not."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from citizen.base import audit, outbox
from citizen.base.errors import Refused
from citizen.contributions import actions as contributions
from citizen.contributions import queries as contribution_queries
from citizen.contributions.actions import StaleDecision
from citizen.contributions.models import Contribution, Revision, VisibilityChange
from citizen.moderation import queries
from citizen.moderation.actions.redacting import show_whole
from citizen.moderation.actions.telling import tell_author


def publish_revision(
    revision: Revision, contribution: Contribution, *, user_id: int, expected_version: int
) -> VisibilityChange:
    """Have everyone read a new version, whole, and tell its author.

    Raises
    ------
    StaleDecision, Refused
        As `citizen.contributions.actions.redact` does.
    """
    return show_whole(
        contribution, contribution_queries.version(contribution.id, revision.version), user_id=user_id,
        expected_version=expected_version, action="moderation.publish_revision",
    )


def decline_revision(
    revision: Revision, contribution: Contribution, *, user_id: int, reason: str | None, words: str,
    expected_version: int,
) -> None:
    """Leave what everyone reads as it is, and tell the author why.

    Raises
    ------
    StaleDecision, Refused
        As `citizen.contributions.actions.decline_revision` does.
    """
    if reason and not words:
        words = queries.words_for(contribution).get(reason, "")
    contributions.decline_revision(
        revision, contribution, user_id=user_id, reason=reason, words=words,
        expected_version=expected_version,
    )
    audit.record("moderation.decline_revision", contribution.ref, user_id, version=revision.version,
                 reason=reason)
    tell_author(contribution, _l("Your new version will not be published"), "mail/revision.txt",
                about=_about(revision), revision=revision)


def take_revision_answer_back(
    revision: Revision, contribution: Contribution, *, user_id: int, expected_version: int
) -> None:
    """Have a declined version wait again; one that was published is taken back with its step.

    Raises
    ------
    StaleDecision, Refused
        If something has happened since, or it was not declined.
    """
    if contribution.version != expected_version:
        raise StaleDecision(contribution_queries.latest_change(contribution.id))
    if not may_take_revision_answer_back(revision, contribution):
        raise Refused(_("There is nothing to undo."))
    contributions.open_revision_again(revision)
    contributions.touch(contribution)
    was_told = not outbox.waits(_about(revision))
    outbox.take_back(_about(revision))
    audit.record("moderation.take_back_revision", contribution.ref, user_id, version=revision.version)
    if was_told:
        tell_author(contribution, _l("A decision has been taken back"), "mail/revision_waits.txt",
                    about=_about(revision))


def may_take_revision_answer_back(revision: Revision, contribution: Contribution) -> bool:
    """Whether it was declined, and nothing has happened since."""
    return revision.outcome == "declined" and revision.seen_version == contribution.version


def _about(revision: Revision) -> str:
    return f"revision:{revision.contribution_id}:{revision.version}"
