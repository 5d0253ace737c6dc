"""Every read of what staff have taken out: whether there is something, and what was there before."""

from collections.abc import Sequence

from sqlalchemy import select

from citizen.base.db import session
from citizen.contributions.models import Redaction, TextVersion
from citizen.contributions.queries.contributions import latest_text
from citizen.contributions.queries.pictures import pictures_of


def redaction(contribution_id: int) -> Redaction | None:
    """What has been taken out of the newest text; None where it is whole."""
    found = session.get(Redaction, (contribution_id, latest_text(contribution_id).number))
    return found if found and found.removed else None


def redacted_numbers(contribution_id: int) -> set[int]:
    """The versions that staff have made of earlier ones, by taking out or by showing again."""
    return set(session.scalars(select(Redaction.version).where(Redaction.contribution_id == contribution_id)))


def authors_text(contribution_id: int) -> TextVersion:
    """The newest text that nothing has been taken out of: what its author, or who typed it in, wrote."""
    made = select(Redaction.version).where(Redaction.contribution_id == contribution_id)
    return session.scalars(
        select(TextVersion)
        .where(TextVersion.contribution_id == contribution_id, TextVersion.number.not_in(made))
        .order_by(TextVersion.number.desc())
        .limit(1)
    ).one()


def concealed_texts(contribution_id: int) -> Sequence[TextVersion]:
    """Versions from before something was taken out, newest first; none where nothing was."""
    taken_out = redaction(contribution_id)
    if taken_out is None:
        return ()
    return session.scalars(
        select(TextVersion)
        .where(TextVersion.contribution_id == contribution_id, TextVersion.number < taken_out.version)
        .order_by(TextVersion.number.desc())
    ).all()


def is_concealed(picture_id: int, contribution_id: int) -> bool:
    """Whether only versions from before something was taken out show a photo."""
    taken_out = redaction(contribution_id)
    if taken_out is None:
        return False
    shown = {picture.id for picture, _alt in pictures_of(contribution_id, taken_out.version)}
    return picture_id not in shown
