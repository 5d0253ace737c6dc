from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from citizen.base.db import Base


class Candidate(Base):
    """A need with evidence, up for assessment and decision.

    ``evidence`` is what stood behind it when it was made or last refreshed, so that a meeting can
    be held over the same figures twice. ``version`` guards against two editors.
    """

    __tablename__ = "candidate"
    __table_args__ = (
        CheckConstraint(
            "status IN ('candidate', 'under_consideration', 'planned', 'in_progress', 'done', 'declined')",
            name="status_is_known",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(12), unique=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    title: Mapped[str] = mapped_column(String(160))
    language: Mapped[str] = mapped_column(String(3))
    need: Mapped[str] = mapped_column(Text)
    next_step: Mapped[str] = mapped_column(Text)
    goals: Mapped[list[int]]
    quotes: Mapped[list[int]]
    evidence: Mapped[dict[str, Any]]
    evidence_at: Mapped[datetime]
    status: Mapped[str] = mapped_column(String(20))
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))

    __mapper_args__ = {"version_id_col": version}


class CandidateTheme(Base):
    """A theme that a candidate is made from."""

    __tablename__ = "candidate_theme"

    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"), primary_key=True)
    theme_id: Mapped[int] = mapped_column(ForeignKey("theme.id"), primary_key=True)


class CandidateIdea(Base):
    """A contribution behind a candidate, as it was when the candidate was made or refreshed."""

    __tablename__ = "candidate_idea"

    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"), primary_key=True)
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), primary_key=True)


class StatusChange(Base):
    """A candidate's step; the authors behind it hear of it once ``public_at`` is set.

    ``words`` are to them, in the language of the candidate.
    """

    __tablename__ = "status_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"), index=True)
    before: Mapped[str | None] = mapped_column(String(20))
    after: Mapped[str] = mapped_column(String(20))
    at: Mapped[datetime]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    public_at: Mapped[datetime | None]
    words: Mapped[str | None] = mapped_column(Text)
