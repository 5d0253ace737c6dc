"""Every read of photos: what a page shows of them, who holds them, and their bytes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select

from citizen.base import clock
from citizen.base.db import session
from citizen.contributions.models import Contribution, Picture, PictureFile, ShownPicture, TextVersion
from citizen.contributions.rules import PICTURES_KEPT, Visibility


@dataclass(frozen=True)
class Photo:
    """A photo as a page shows it, and what its author says it shows."""

    ref: str
    width: int
    height: int
    small_width: int
    small_height: int
    alt: str


_SHOWN = (
    Picture.ref, Picture.width, Picture.height, Picture.small_width, Picture.small_height, ShownPicture.alt,
)


def shown_in(version: Any) -> ColumnElement[bool]:
    """A row of `ShownPicture` covers a version: a number, or a column that holds one."""
    return and_(
        ShownPicture.first_version <= version,
        or_(ShownPicture.last_version.is_(None), ShownPicture.last_version >= version),
    )


def photos(contribution_id: int) -> dict[int, list[Photo]]:
    """What each version of a contribution shows, in order; every version is there."""
    rows = session.execute(
        select(TextVersion.number, *_SHOWN)
        .outerjoin(ShownPicture, and_(ShownPicture.contribution_id == TextVersion.contribution_id,
                                      shown_in(TextVersion.number)))
        .outerjoin(Picture, Picture.id == ShownPicture.picture_id)
        .where(TextVersion.contribution_id == contribution_id)
        .order_by(TextVersion.number, ShownPicture.position)
    )
    found: dict[int, list[Photo]] = {}
    for version, *shown in rows:
        found.setdefault(version, []).extend([_photo(shown)] if shown[0] else [])
    return found


def public_photos(contribution_ids: Sequence[int]) -> dict[int, list[Photo]]:
    """What everyone may see of some contributions, in order; those without photos are left out."""
    rows = session.execute(
        select(ShownPicture.contribution_id, *_SHOWN)
        .join(ShownPicture, ShownPicture.picture_id == Picture.id)
        .join(Contribution, Contribution.id == ShownPicture.contribution_id)
        .where(Contribution.id.in_(contribution_ids), *_public())
        .order_by(ShownPicture.contribution_id, ShownPicture.position)
    )
    found: dict[int, list[Photo]] = {}
    for contribution_id, *shown in rows:
        found.setdefault(contribution_id, []).append(_photo(shown))
    return found


def _photo(shown: Sequence[Any]) -> Photo:
    return Photo(*shown)


def pictures_of(contribution_id: int, version: int) -> list[tuple[Picture, str]]:
    """The rows behind `photos`, each with its description."""
    rows = session.execute(
        select(Picture, ShownPicture.alt)
        .join(ShownPicture, ShownPicture.picture_id == Picture.id)
        .where(ShownPicture.contribution_id == contribution_id, shown_in(version))
        .order_by(ShownPicture.position)
    )
    return [(row.Picture, row.alt) for row in rows]


def showings(contribution_id: int) -> Sequence[ShownPicture]:
    """What the newest version of a contribution shows."""
    return session.scalars(
        select(ShownPicture)
        .where(ShownPicture.contribution_id == contribution_id, ShownPicture.last_version.is_(None))
        .order_by(ShownPicture.position)
    ).all()


def held_pictures(holder: str) -> Sequence[Picture]:
    """What a form or a receipt holds: for a day, whether something shows it or not."""
    return session.scalars(
        select(Picture)
        .where(Picture.holder == holder, Picture.created_at > clock.now() - PICTURES_KEPT)
        .order_by(Picture.id)
    ).all()


def pictures_of_answer(holder: str) -> Sequence[Picture]:
    """What an answer to a survey holds, for as long as it is there."""
    return session.scalars(select(Picture).where(Picture.holder == holder).order_by(Picture.ref)).all()


def picture(ref: str) -> Picture | None:
    return session.scalar(select(Picture).where(Picture.ref == ref))


def picture_content(picture_id: int, size: str) -> bytes | None:
    """The bytes of a picture, ``full`` or ``small``."""
    return session.scalar(
        select(PictureFile.content).where(PictureFile.picture_id == picture_id, PictureFile.size == size)
    )


def is_public(picture_id: int) -> bool:
    """Whether a published contribution shows a picture in the version that is public."""
    found = (
        select(Contribution.id)
        .join(ShownPicture, ShownPicture.contribution_id == Contribution.id)
        .where(ShownPicture.picture_id == picture_id, *_public())
    )
    return session.scalar(found.limit(1)) is not None


def showing(picture_id: int) -> Sequence[Contribution]:
    """Contributions that show a picture, or have shown it, in any state."""
    return session.scalars(
        select(Contribution)
        .where(Contribution.id.in_(
            select(ShownPicture.contribution_id).where(ShownPicture.picture_id == picture_id)
        ))
        .order_by(Contribution.id)
    ).all()


def _public() -> tuple[ColumnElement[bool], ...]:
    return Contribution.visibility == Visibility.PUBLISHED, shown_in(Contribution.public_version)
