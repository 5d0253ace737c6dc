from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from citizen.base.db import Base


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
