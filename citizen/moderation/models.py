from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from citizen.base.db import Base


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
