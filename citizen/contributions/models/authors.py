"""What authors have left and asked for, and what stays of what was removed."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from citizen.base.db import Base
from citizen.contributions.models.seals import Sealed


class Contact(Base):
    """Where the author wants news. Apart from the contribution, in no export."""

    __tablename__ = "contact"
    __table_args__ = (UniqueConstraint("contribution_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"))
    email: Mapped[str] = mapped_column(String(254))
    language: Mapped[str] = mapped_column(String(3))
    created_at: Mapped[datetime]


class DeletionRequest(Base):
    """An author asks that what they sent be deleted; somebody decides by the law and answers.

    Nothing is deleted by it.
    """

    __tablename__ = "deletion_request"
    __sealed__ = Sealed("request for deletion")
    __table_args__ = (
        CheckConstraint("(handled_at IS NULL) = (answer IS NULL)", name="handled_is_answered"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), index=True)
    at: Mapped[datetime]
    words: Mapped[str | None] = mapped_column(Text)
    handled_at: Mapped[datetime | None]
    handled_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    answer: Mapped[str | None] = mapped_column(Text)


class DisposedFigure(Base):
    """What public figures still need to know of a contribution that a retention rule has removed.

    One row for each, and nothing by which it could be found: no reference, no day, no text.
    """

    __tablename__ = "disposed_figure"
    __table_args__ = (
        CheckConstraint("kind IN ('idea', 'answer', 'voice')", name="kind_is_known"),
        Index("ix_disposed_figure_year", "programme_id", "municipality_id", "year", "kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"))
    kind: Mapped[str] = mapped_column(String(8))
    # In which it came in.
    year: Mapped[int]
    was_published: Mapped[bool]
    was_returned: Mapped[bool]
    # The state it was in at last, and why.
    ended: Mapped[str] = mapped_column(String(12))
    reason: Mapped[str | None] = mapped_column(String(20))
    # Whole hours until somebody first decided; empty where nobody has.
    hours: Mapped[int | None]
