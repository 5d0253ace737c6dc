from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from citizen.base.db import Base


class AnalysisRun(Base):
    """One finding of themes: what went in, with which settings, and what came of it.

    Same input hash, settings, versions and seed: same output. ``unsorted`` counts the texts that
    found no theme.
    """

    __tablename__ = "analysis_run"

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    job_id: Mapped[int] = mapped_column(ForeignKey("job.id"), unique=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[datetime]
    seed: Mapped[int]
    settings: Mapped[dict[str, Any]]
    versions: Mapped[dict[str, str]]
    input_hash: Mapped[str] = mapped_column(String(64))
    texts: Mapped[int]
    unsorted: Mapped[int]


class Theme(Base):
    """A group of contributions about one need.

    ``suggested_names`` come from analysis and change with each run; ``name`` is a person's and
    stays. A theme that has been merged points at the one it went into; one that lost its members
    in a run has ``closed_at``. Neither is ever deleted, so references stay good.
    """

    __tablename__ = "theme"

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(12), unique=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    name: Mapped[str | None] = mapped_column(String(120))
    suggested_names: Mapped[dict[str, str]]
    terms: Mapped[list[str]]
    representatives: Mapped[list[int]]
    goals: Mapped[list[int]]
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("theme.id"))


class Placement(Base):
    """Where a contribution stands now: in a theme, or in none (unsorted).

    ``pinned``: a person put it there; no run moves it.
    """

    __tablename__ = "placement"
    __table_args__ = (
        CheckConstraint("confidence >= 0 AND confidence <= 1", name="confidence_is_a_share"),
    )

    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    theme_id: Mapped[int | None] = mapped_column(ForeignKey("theme.id"), index=True)
    confidence: Mapped[float]
    pinned: Mapped[bool] = mapped_column(default=False)
    run_id: Mapped[int | None] = mapped_column(ForeignKey("analysis_run.id"))


class ThemeEdit(Base):
    """What a person did to themes: an append-only log that every later run respects."""

    __tablename__ = "theme_edit"
    __table_args__ = (
        CheckConstraint("kind IN ('rename', 'move', 'merge', 'split')", name="kind_is_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    theme_id: Mapped[int | None] = mapped_column(ForeignKey("theme.id"), index=True)
    kind: Mapped[str] = mapped_column(String(8))
    at: Mapped[datetime]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    details: Mapped[dict[str, Any]]
