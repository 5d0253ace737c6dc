"""Photos, and where they are shown."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from citizen.base.db import Base


class Picture(Base):
    """A photo somebody sent, free of everything but its pixels. Never changed.

    Until a contribution shows it, it belongs to ``holder``: the form that is being filled in, or the
    receipt of an idea that is being corrected.
    """

    __tablename__ = "picture"

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(12), unique=True)
    holder: Mapped[str | None] = mapped_column(String(80), index=True)
    # Of what is stored: the same picture sent twice is known by it.
    digest: Mapped[str] = mapped_column(String(64))
    width: Mapped[int]
    height: Mapped[int]
    small_width: Mapped[int]
    small_height: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(index=True)


class PictureFile(Base):
    """A picture's bytes in one size; apart, so that no list of pictures reads them."""

    __tablename__ = "picture_file"
    __table_args__ = (CheckConstraint("size IN ('full', 'small')", name="size_is_known"),)

    picture_id: Mapped[int] = mapped_column(ForeignKey("picture.id", ondelete="CASCADE"), primary_key=True)
    size: Mapped[str] = mapped_column(String(5), primary_key=True)
    content: Mapped[bytes]


class ShownPicture(Base):
    """A contribution shows a picture, described so, from one version of its text up to another.

    ``last_version`` is empty while the newest version shows it: whoever makes a new one keeps it.
    """

    __tablename__ = "shown_picture"
    __table_args__ = (
        CheckConstraint("last_version >= first_version", name="ends_after_it_begins"),
    )

    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), primary_key=True)
    picture_id: Mapped[int] = mapped_column(ForeignKey("picture.id"), primary_key=True, index=True)
    first_version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last_version: Mapped[int | None]
    position: Mapped[int]
    alt: Mapped[str] = mapped_column(String(300))
