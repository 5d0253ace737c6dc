from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column

from citizen.base.db import Base
from citizen.themes.rules import RunState


class AnalysisRun(Base):
    """One finding of themes: what went in, with which settings, and what came of it.

    Same input hash, settings, versions and seed: same output. ``unsorted`` counts the texts that
    found no theme. A run changes nothing until somebody accepts it. ``tree`` is what to join for
    fewer themes, in numbers of clusters; ``concepts`` names those that reasons speak of.
    """

    __tablename__ = "analysis_run"
    __table_args__ = (
        CheckConstraint(
            "state IN ('proposed', 'accepted', 'refused', 'superseded')", name="state_is_known"
        ),
        Index(
            "uq_analysis_run_proposal", "programme_id", unique=True,
            sqlite_where=text("state = 'proposed'"), postgresql_where=text("state = 'proposed'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    job_id: Mapped[int] = mapped_column(ForeignKey("job.id"), unique=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(12), default=RunState.PROPOSED)
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    seed: Mapped[int]
    settings: Mapped[dict[str, Any]]
    versions: Mapped[dict[str, str]]
    input_hash: Mapped[str] = mapped_column(String(64))
    texts: Mapped[int]
    unsorted: Mapped[int]
    tree: Mapped[list[list[int]]] = mapped_column(JSON)
    concepts: Mapped[dict[str, dict[str, str]]] = mapped_column(JSON)


class RunCluster(Base):
    """A group that a run found: what analysis says of it, and the theme it is or became.

    ``theme_id`` is empty for a group that is no theme yet. Rows of the accepted run stay: by them its
    model's numbers are read.
    """

    __tablename__ = "run_cluster"

    run_id: Mapped[int] = mapped_column(ForeignKey("analysis_run.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    theme_id: Mapped[int | None] = mapped_column(ForeignKey("theme.id"))
    names: Mapped[dict[str, str]]
    terms: Mapped[list[str]]
    representatives: Mapped[list[int]]
    dissenters: Mapped[list[int]]
    goals: Mapped[list[int]]
    verdict: Mapped[str] = mapped_column(String(8))


class Found:
    """What analysis says of one contribution. Numbers of clusters lie beside, or have become themes.

    ``text_version`` is the version that was read. ``reasons`` are words of the text, or concepts,
    weightiest first; ``near`` the contributions nearest to it; ``alike`` the first of those that say
    the same.
    """

    confidence: Mapped[float]
    text_version: Mapped[int | None]
    reasons: Mapped[list[list[Any]]] = mapped_column(JSON, default=list)
    near: Mapped[list[int]] = mapped_column(default=list)
    alike: Mapped[int | None]


class RunItem(Found, Base):
    """Where a run would put a contribution; gone once somebody has decided about the run.

    ``cluster`` and ``second`` are numbers of clusters, -1 for none. ``second`` is the theme it speaks
    of too or, of an unsorted one, the theme it is nearest to.
    """

    __tablename__ = "run_item"

    run_id: Mapped[int] = mapped_column(ForeignKey("analysis_run.id"), primary_key=True)
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), primary_key=True)
    cluster: Mapped[int]
    second: Mapped[int]


class RunModel(Base):
    """What the accepted run has learnt, to place ideas that arrive later.

    ``outdated``: the word lists have changed since; it places nothing any more.
    """

    __tablename__ = "run_model"

    run_id: Mapped[int] = mapped_column(ForeignKey("analysis_run.id"), primary_key=True)
    raw: Mapped[bytes] = mapped_column(LargeBinary)
    outdated: Mapped[bool] = mapped_column(default=False)


class Theme(Base):
    """A group of contributions about one need.

    ``suggested_names`` come from analysis and change with each run; ``name`` is a person's and
    stays. A theme that has been merged points at the one it went into; one that lost its members
    in a run, or that somebody closed, has ``closed_at``. Neither is ever deleted, so references stay
    good. ``own``: somebody had it in mind before anything was found; it stands even when empty.
    """

    __tablename__ = "theme"

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(12), unique=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    name: Mapped[str | None] = mapped_column(String(120))
    suggested_names: Mapped[dict[str, str]]
    terms: Mapped[list[str]]
    representatives: Mapped[list[int]]
    dissenters: Mapped[list[int]] = mapped_column(default=list)
    goals: Mapped[list[int]]
    verdict: Mapped[str | None] = mapped_column(String(8))
    own: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("theme.id"))


class Placement(Found, Base):
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
    second_theme_id: Mapped[int | None] = mapped_column(ForeignKey("theme.id"), index=True)
    pinned: Mapped[bool] = mapped_column(default=False)
    run_id: Mapped[int | None] = mapped_column(ForeignKey("analysis_run.id"))


class ThemeEdit(Base):
    """What a person did to themes: an append-only log that every later run respects.

    An edit has a row for every theme it concerns; the others are ``part_of`` the first.
    """

    __tablename__ = "theme_edit"
    __table_args__ = (
        CheckConstraint("kind IN ('rename', 'move', 'merge', 'split', 'own', 'close')", name="kind_is_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    theme_id: Mapped[int | None] = mapped_column(ForeignKey("theme.id"), index=True)
    part_of: Mapped[int | None] = mapped_column(ForeignKey("theme_edit.id"))
    kind: Mapped[str] = mapped_column(String(8))
    at: Mapped[datetime]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    details: Mapped[dict[str, Any]]
