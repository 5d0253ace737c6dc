"""What waits for somebody's eyes and in whose hands, and what staff say to each other and to authors."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from citizen.base.db import Base
from citizen.contributions.models import Sealed


class QueueItem(Base):
    """A contribution that needs somebody's eyes, and why; gone once somebody has looked.

    All of it but who has it in hand follows from other rows and can be made anew. What the queue is
    filtered by is repeated here, so that a page of it is read off one index: ``due_at`` is when it should
    have been looked at, and what is urgent is due sooner than it was promised (`rules.urgency`).
    """

    __tablename__ = "queue_item"
    __table_args__ = (
        CheckConstraint("kind IN ('new', 'again', 'review', 'reported')", name="kind_is_known"),
        CheckConstraint("(claimed_by IS NULL) = (claimed_until IS NULL)", name="claim_is_whole"),
        Index("ix_queue_item_due", "municipality_id", "due_at", "contribution_id"),
    )

    contribution_id: Mapped[int] = mapped_column(
        ForeignKey("contribution.id"), primary_key=True, autoincrement=False
    )
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"))
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    language: Mapped[str] = mapped_column(String(3))
    kind: Mapped[str] = mapped_column(String(8))
    since: Mapped[datetime]
    due_at: Mapped[datetime]
    # Kinds of personal data that its newest text seems to hold.
    hits: Mapped[list[str]]
    # Of the words of its newest text: what says the same in the same words has the same.
    words: Mapped[str] = mapped_column(String(16), index=True)
    # Published as it came in; nobody has looked yet, whatever else it waits for.
    review: Mapped[bool] = mapped_column(default=False)
    claimed_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    claimed_until: Mapped[datetime | None]
    assigned_to: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), index=True)


class SavedView(Base):
    """A choice of what to see that a moderator has named."""

    __tablename__ = "saved_view"
    __table_args__ = (UniqueConstraint("user_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    name: Mapped[str] = mapped_column(String(60))
    # As in the page's address.
    chosen: Mapped[str] = mapped_column(String(500))


class InternalNote(Base):
    """What staff say to each other about a contribution; never changed, never shown outside the desk."""

    __tablename__ = "internal_note"
    __sealed__ = Sealed("internal note")

    id: Mapped[int] = mapped_column(primary_key=True)
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), index=True)
    body: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))


class ReasonWords(Base):
    """What a municipality tells authors about a reason, in one language; ours are used where it has none."""

    __tablename__ = "reason_words"

    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), primary_key=True)
    reason: Mapped[str] = mapped_column(String(20), primary_key=True)
    language: Mapped[str] = mapped_column(String(3), primary_key=True)
    words: Mapped[str] = mapped_column(Text)
    changed_at: Mapped[datetime]
    changed_by: Mapped[int] = mapped_column(ForeignKey("user_account.id"))


class HeldLot(Base):
    """Several that were held back and that one person let go, or did not publish, at once."""

    __tablename__ = "held_lot"
    __table_args__ = (CheckConstraint("action IN ('release', 'reject')", name="action_is_known"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[datetime]
    action: Mapped[str] = mapped_column(String(8))
    undone_at: Mapped[datetime | None]


class HeldLotItem(Base):
    """One of a lot: why it was held, and its version since, so that only what is untouched is taken back."""

    __tablename__ = "held_lot_item"

    lot_id: Mapped[int] = mapped_column(ForeignKey("held_lot.id", ondelete="CASCADE"), primary_key=True)
    contribution_id: Mapped[int] = mapped_column(
        ForeignKey("contribution.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    held_as: Mapped[str] = mapped_column(String(5))
    version: Mapped[int]


class DigestChoice(Base):
    """A moderator wants to hear by mail what waits, and when next; no row is never."""

    __tablename__ = "digest_choice"
    __table_args__ = (
        CheckConstraint("rhythm IN ('daily', 'weekly')", name="rhythm_is_known"),
        CheckConstraint("(rhythm = 'weekly') = (weekday IS NOT NULL)", name="weekly_has_a_day"),
        CheckConstraint("weekday BETWEEN 0 AND 4", name="weekday_is_a_working_day"),
    )

    user_id: Mapped[int] = mapped_column(
        ForeignKey("user_account.id"), primary_key=True, autoincrement=False
    )
    rhythm: Mapped[str] = mapped_column(String(8))
    # 0 is Monday.
    weekday: Mapped[int | None]
    # Set on by whoever sends: of several workers one finds it as it was.
    next_on: Mapped[date] = mapped_column(index=True)


class YearFigures(Base):
    """What became of what came in to a programme within a year, counted once a day. Can be made anew."""

    __tablename__ = "year_figures"

    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    counted: Mapped[dict[str, Any]]
    made_at: Mapped[datetime]
