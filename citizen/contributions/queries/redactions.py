"""Every read of what staff have taken out: whether there is something, and what was there before; and of
new versions that authors send in then."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, exists, or_, select

from citizen.base.db import session
from citizen.contributions.models import (
    Contribution,
    Redaction,
    Revision,
    ShownPicture,
    TextVersion,
    VisibilityChange,
)
from citizen.contributions.queries.contributions import latest_text
from citizen.contributions.queries.pictures import shown_in
from citizen.contributions.rules import may_be_revised


def redaction(contribution_id: int) -> Redaction | None:
    """What has been taken out of the newest text; None where it is whole."""
    found = session.get(Redaction, (contribution_id, latest_text(contribution_id).number))
    return found if found and found.removed else None


def removed_for(contribution_id: int) -> str | None:
    """Why something has been taken out of the newest text; None where it is whole."""
    taken_out = redaction(contribution_id)
    return session.get_one(VisibilityChange, taken_out.change_id).reason if taken_out else None


def redacted_numbers(contribution_id: int) -> set[int]:
    """The versions that staff have made of earlier ones, by taking out or by showing again."""
    return set(session.scalars(select(Redaction.version).where(Redaction.contribution_id == contribution_id)))


def authors_text(contribution_id: int) -> TextVersion:
    """The newest text that nothing has been taken out of: what its author, or who typed it in, wrote.

    What an author has sent in since and nobody has published is not it.
    """
    made = select(Redaction.version).where(Redaction.contribution_id == contribution_id)
    unread = exists().where(
        Revision.contribution_id == TextVersion.contribution_id, Revision.version == TextVersion.number,
        Revision.decision_id.is_(None),
    )
    return session.scalars(
        select(TextVersion)
        .where(TextVersion.contribution_id == contribution_id, TextVersion.number.not_in(made), ~unread)
        .order_by(TextVersion.number.desc())
        .limit(1)
    ).one()


def concealed_below(contribution_id: int) -> int:
    """The version below which something stands that has been taken out since; 0 where nothing does.

    A new version of the author's own shows nothing of the ones before. To show a text again as it was takes
    back what was taken out after it.
    """
    rows = session.execute(
        select(Redaction.version, Redaction.of_version, Redaction.removed)
        .join(TextVersion, (TextVersion.contribution_id == Redaction.contribution_id)
              & (TextVersion.number == Redaction.version))
        .where(Redaction.contribution_id == contribution_id, TextVersion.set_aside_at.is_(None))
        .order_by(Redaction.version)
    )
    standing: list[int] = []
    for version, of_version, removed in rows:
        standing = [*standing, version] if removed else [one for one in standing if one <= of_version]
    return max(standing, default=0)


def concealed_texts(contribution_id: int) -> Sequence[TextVersion]:
    """Versions from before something was taken out, newest first; none where nothing was."""
    return session.scalars(
        select(TextVersion)
        .where(TextVersion.contribution_id == contribution_id,
               TextVersion.number < concealed_below(contribution_id))
        .order_by(TextVersion.number.desc())
    ).all()


def is_concealed(picture_id: int, contribution_id: int) -> bool:
    """Whether only versions from before something was taken out show a photo."""
    below = concealed_below(contribution_id)
    if not below:
        return False
    shown = (
        select(TextVersion.number)
        .join(ShownPicture, ShownPicture.contribution_id == TextVersion.contribution_id)
        .where(ShownPicture.picture_id == picture_id, TextVersion.contribution_id == contribution_id,
               shown_in(TextVersion.number), TextVersion.number >= below,
               or_(TextVersion.set_aside_at.is_(None), _is_waiting()))
    )
    return session.scalar(shown.limit(1)) is None


# ---- what authors send in instead


def _is_waiting() -> ColumnElement[bool]:
    """A text is a new version that nobody has answered, within a query of `TextVersion`."""
    return exists().where(
        Revision.contribution_id == TextVersion.contribution_id, Revision.version == TextVersion.number,
        Revision.answered_at.is_(None),
    )


def may_revise(contribution: Contribution) -> bool:
    """Whether its author may send in a new version of what is public with a part removed."""
    return may_be_revised(contribution.kind, contribution.visibility) and (
        redaction(contribution.id) is not None
    )


def revisions(contribution_id: int) -> Sequence[Revision]:
    """Every new version that an author has sent in of what was public, oldest first."""
    return session.scalars(
        select(Revision).where(Revision.contribution_id == contribution_id).order_by(Revision.version)
    ).all()


def open_revision(contribution_id: int) -> Revision | None:
    """The new version that nobody has answered."""
    return session.scalar(
        select(Revision)
        .where(Revision.contribution_id == contribution_id, Revision.answered_at.is_(None))
    )


def revision_behind(decision_id: int) -> Revision | None:
    """The new version that a step published."""
    return session.scalar(select(Revision).where(Revision.decision_id == decision_id))


def version(contribution_id: int, number: int) -> TextVersion:
    """One version of a text, set aside or not."""
    return session.get_one(TextVersion, (contribution_id, number))
