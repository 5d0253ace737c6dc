from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from citizen.base.db import Base


class InternalNote(Base):
    """What staff say to each other about a contribution; never changed, never shown outside the desk."""

    __tablename__ = "internal_note"

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
