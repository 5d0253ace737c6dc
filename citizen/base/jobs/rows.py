"""The table of jobs: where each stands, and how it is asked to stop."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, String, select
from sqlalchemy.orm import Mapped, mapped_column

from citizen.base import clock
from citizen.base.db import Base, session


class JobState(StrEnum):
    """Where a job stands."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Job(Base):
    """One piece of long work about one subject."""

    __tablename__ = "job"
    __table_args__ = (CheckConstraint("progress >= 0 AND progress <= 1", name="progress_is_a_share"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(80), index=True)
    arguments: Mapped[dict[str, Any]]
    state: Mapped[str] = mapped_column(String(12), index=True, default=JobState.QUEUED)
    stage: Mapped[str] = mapped_column(String(20), default="")
    progress: Mapped[float] = mapped_column(default=0.0)
    attempt: Mapped[int] = mapped_column(default=0)
    worker: Mapped[str | None] = mapped_column(String(120))
    created_by: Mapped[int | None]
    created_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    heartbeat_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    cancel_asked_at: Mapped[datetime | None]
    # A code for the page to explain; the log has the rest.
    error: Mapped[str | None] = mapped_column(String(40))

    @property
    def is_over(self) -> bool:
        return self.state in (JobState.DONE, JobState.FAILED, JobState.CANCELLED)


def job(job_id: int, kind: str, subject: str) -> Job | None:
    """A job by its number, if it is of the kind and about the subject."""
    return session.scalar(
        select(Job).where(Job.id == job_id, Job.kind == kind, Job.subject == subject)
    )


def under_way(kind: str, subject: str) -> Job | None:
    """The newest job of a kind about a subject that waits or runs."""
    found = latest(kind, subject)
    return None if found is None or found.is_over else found


def latest(kind: str, subject: str) -> Job | None:
    """The newest job of a kind about a subject."""
    return session.scalar(
        select(Job).where(Job.kind == kind, Job.subject == subject).order_by(Job.id.desc()).limit(1)
    )


def cancel(job: Job) -> None:
    """Ask a job to stop; one that has not begun stops at once."""
    if job.is_over:
        return
    job.cancel_asked_at = clock.now()
    if job.state == JobState.QUEUED:
        job.state, job.finished_at = JobState.CANCELLED, clock.now()
    session.flush()
