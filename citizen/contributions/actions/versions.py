"""A version of a text that was not to be: set aside, never deleted."""

from sqlalchemy import select

from citizen.base import clock
from citizen.base.db import session
from citizen.contributions import queries
from citizen.contributions.models import (
    Contribution,
    Redaction,
    ShownPicture,
    TextVersion,
    VisibilityChange,
)


def set_aside(contribution: Contribution, change: VisibilityChange) -> None:
    """Take back the version that a step made, if it made one: the one before is the newest again."""
    made = session.scalar(select(Redaction).where(Redaction.change_id == change.id))
    if made is None:
        return
    text = session.get_one(TextVersion, (contribution.id, made.version))
    text.set_aside_at = clock.now()
    session.flush()
    _show_again(contribution.id, made.version, queries.latest_text(contribution.id).number)


def _show_again(contribution_id: int, gone: int, newest: int) -> None:
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
