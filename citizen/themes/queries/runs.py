"""Runs of the analysis, and the counts that say whether to run it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from citizen.accounts.models import User
from citizen.base.db import session
from citizen.contributions.models import Contribution
from citizen.contributions.rules import Visibility
from citizen.themes.models import AnalysisRun, Placement, Theme
from citizen.themes.rules import RunState


def latest_run(programme_id: int) -> AnalysisRun | None:
    """The run whose themes are in use."""
    return session.scalar(
        select(AnalysisRun)
        .where(AnalysisRun.programme_id == programme_id, AnalysisRun.state == RunState.ACCEPTED)
        .order_by(AnalysisRun.id.desc())
        .limit(1)
    )


def run_of_job(job_id: int) -> AnalysisRun | None:
    """What came of a job."""
    return session.scalar(select(AnalysisRun).where(AnalysisRun.job_id == job_id))


def name_of(user_id: int | None) -> str | None:
    """Who asked for a run; None for the command line."""
    return session.scalar(select(User.name).where(User.id == user_id))


def published_count(programme_id: int) -> int:
    """How many contributions of a programme are published."""
    return (
        session.scalar(
            select(func.count())
            .select_from(Contribution)
            .where(Contribution.programme_id == programme_id,
                   Contribution.visibility == Visibility.PUBLISHED)
        )
        or 0
    )


def unplaced_count(programme_id: int) -> int:
    """How many published contributions are in no theme, looked at or not."""
    return (
        session.scalar(
            select(func.count())
            .select_from(Contribution)
            .outerjoin(Placement, Placement.contribution_id == Contribution.id)
            .where(Contribution.programme_id == programme_id,
                   Contribution.visibility == Visibility.PUBLISHED, Placement.theme_id.is_(None))
        )
        or 0
    )


@dataclass(frozen=True)
class Count:
    """A programme in figures."""

    published: int = 0
    themes: int = 0
    last_run: datetime | None = None


def counts(programme_ids: Collection[int]) -> dict[int, Count]:
    """Figures of several programmes at once."""
    published = dict(
        session.execute(
            select(Contribution.programme_id, func.count())
            .where(Contribution.programme_id.in_(programme_ids),
                   Contribution.visibility == Visibility.PUBLISHED)
            .group_by(Contribution.programme_id)
        ).all()
    )
    open_themes = dict(
        session.execute(
            select(Theme.programme_id, func.count())
            .where(Theme.programme_id.in_(programme_ids), Theme.closed_at.is_(None),
                   Theme.merged_into_id.is_(None))
            .group_by(Theme.programme_id)
        ).all()
    )
    runs = dict(
        session.execute(
            select(AnalysisRun.programme_id, func.max(AnalysisRun.at))
            .where(AnalysisRun.programme_id.in_(programme_ids), AnalysisRun.state == RunState.ACCEPTED)
            .group_by(AnalysisRun.programme_id)
        ).all()
    )
    return {i: Count(published.get(i, 0), open_themes.get(i, 0), runs.get(i)) for i in programme_ids}
