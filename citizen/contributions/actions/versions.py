"""Versions that are no newest text, or no longer: set aside, never deleted."""

from sqlalchemy import select

from citizen.base import clock
from citizen.base.db import session
from citizen.contributions import queries
from citizen.contributions.models import (
    Contribution,
    Redaction,
    Revision,
    ShownPicture,
    TextVersion,
    VisibilityChange,
)


def set_aside(contribution: Contribution, change: VisibilityChange) -> None:
    """Take back the version that a step made, if it made one: the one before is the newest again.

    Where it was made of what the author had sent in, that waits again.
    """
    made = session.scalar(select(Redaction).where(Redaction.change_id == change.id))
    if made is None:
        return
    text = session.get_one(TextVersion, (contribution.id, made.version))
    text.set_aside_at = clock.now()
    session.flush()
    show_again(contribution.id, made.version, queries.latest_text(contribution.id).number)
    if revision := queries.revision_behind(change.id):
        open_revision_again(revision)


def overtake_revision(contribution: Contribution) -> None:
    """A new version that nobody has answered is no longer what its author wants said."""
    if waiting := queries.open_revision(contribution.id):
        waiting.outcome, waiting.answered_at = "overtaken", clock.now()
        session.flush()


def open_revision_again(revision: Revision) -> None:
    """Wait as before, for the answer has been taken back; unless its author has sent another one since."""
    has_newer = queries.open_revision(revision.contribution_id) is not None
    revision.reason = revision.words = revision.decision_id = revision.seen_version = None
    revision.answered_by = None
    revision.outcome, revision.answered_at = ("overtaken", clock.now()) if has_newer else (None, None)
    session.flush()


def show_again(contribution_id: int, gone: int, newest: int) -> None:
    """End the photos of a version that is set aside; those of the newest one go on after it."""
    rows = queries.showings(contribution_id)
    for row in rows:
        if row.first_version == gone:
            row.last_version = gone
    going_on = {(row.picture_id, row.position, row.alt) for row in rows if row.last_version is None}
    for position, (picture, alt) in enumerate(queries.pictures_of(contribution_id, newest)):
        if (picture.id, position, alt) not in going_on:
            session.add(
                ShownPicture(contribution_id=contribution_id, picture_id=picture.id, first_version=gone + 1,
                             position=position, alt=alt)
            )
    session.flush()
