"""What becomes of a contribution beside its states."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from citizen.base.db import Base
from citizen.contributions.models.seals import Sealed


class Merge(Base):
    """An idea says the same as another and was merged into it; taken back once ``undone_at`` is set.

    Both stay readable. ``change_id`` is the publication that went with it, where the idea still waited.
    """

    __tablename__ = "idea_merge"
    __sealed__ = Sealed("merge")
    __table_args__ = (
        CheckConstraint("contribution_id <> into_id", name="goes_into_another"),
        CheckConstraint("(undone_at IS NULL) = (undone_by IS NULL)", name="undone_by_somebody"),
        Index(
            "uq_idea_merge_standing", "contribution_id", unique=True,
            sqlite_where=text("undone_at IS NULL"), postgresql_where=text("undone_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), index=True)
    into_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), index=True)
    at: Mapped[datetime]
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    change_id: Mapped[int | None] = mapped_column(ForeignKey("visibility_change.id"), unique=True)
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))


class Move(Base):
    """An idea came under another programme, and where that one is not of its municipality, under
    another municipality too.

    ``taken_out`` is what rooms above gave up for it, in their own words, so that it can be put back.
    """

    __tablename__ = "programme_move"
    __sealed__ = Sealed("move")
    __table_args__ = (
        CheckConstraint("before_programme_id <> after_programme_id", name="goes_elsewhere"),
        CheckConstraint("(undone_at IS NULL) = (undone_by IS NULL)", name="undone_by_somebody"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), index=True)
    before_programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    after_programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    before_municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"))
    after_municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"))
    taken_out: Mapped[dict[str, Any]]
    at: Mapped[datetime]
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))


class OfficialAnswer(Base):
    """What the municipality answers to an idea, as one version; never changed.

    The public reads the newest that has not been taken back. ``signed`` is the role that answers.
    """

    __tablename__ = "official_answer"
    __sealed__ = Sealed("official answer")
    __table_args__ = (
        UniqueConstraint("contribution_id", "number"),
        CheckConstraint("(undone_at IS NULL) = (undone_by IS NULL)", name="undone_by_somebody"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"))
    number: Mapped[int]
    language: Mapped[str] = mapped_column(String(3))
    body: Mapped[str] = mapped_column(Text)
    signed: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime]
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
