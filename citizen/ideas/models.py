from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from citizen.base.db import Base


class Idea(Base):
    """What an idea has beyond a contribution. The count of support is kept with each change.

    The programme is repeated here so that its most supported ideas, and those near a place, are read
    off an index. The point is rounded to about 100 metres before it comes here, and has no versions:
    once it is taken away it is gone.
    """

    __tablename__ = "idea"
    __table_args__ = (
        CheckConstraint("support_count >= 0", name="support_is_a_count"),
        CheckConstraint(
            "(latitude IS NULL) = (longitude IS NULL)"
            " AND (latitude IS NULL OR (latitude BETWEEN 54 AND 72 AND longitude BETWEEN 4 AND 32))",
            name="point_is_whole_and_near",
        ),
        Index("ix_idea_support", "programme_id", "support_count", "contribution_id"),
        Index("ix_idea_point", "programme_id", "latitude"),
    )

    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    support_count: Mapped[int] = mapped_column(default=0)
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    # Moderators keep the point from others, where it tells whose home it is; its author and staff see it.
    hides_point: Mapped[bool] = mapped_column(default=False, server_default=false())


class Support(Base):
    """One browser's support for one idea. The browser's key is random and says nothing of its owner."""

    __tablename__ = "support"

    idea_id: Mapped[int] = mapped_column(ForeignKey("idea.contribution_id"), primary_key=True)
    browser: Mapped[str] = mapped_column(String(64), primary_key=True)
    at: Mapped[datetime]


class Voice(Base):
    """What a contribution of kind "voice" adds to: a line under an idea, by somebody who supports it."""

    __tablename__ = "voice"

    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), primary_key=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("idea.contribution_id"), index=True)


class Report(Base):
    """A reader's word that something published should be looked at; one per browser and contribution.

    It stands until somebody has looked. ``decision_id`` is the step that closed it, so that taking the
    step back opens it again; it is empty where everything stayed as it was.
    """

    __tablename__ = "report"
    __table_args__ = (
        UniqueConstraint("contribution_id", "browser"),
        CheckConstraint("doubt IN ('trap', 'rate')", name="doubt_is_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"))
    browser: Mapped[str] = mapped_column(String(64), index=True)
    # Whether the browser had done anything here before: many new ones at once may have been sent.
    fresh: Mapped[bool] = mapped_column(default=False, server_default=false())
    # Why it counts less: it came as programs send, or its address has sent a great many.
    doubt: Mapped[str | None] = mapped_column(String(4))
    reason: Mapped[str] = mapped_column(String(20))
    words: Mapped[str | None] = mapped_column(Text)
    at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("visibility_change.id"), index=True)
