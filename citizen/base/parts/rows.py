"""Steps and parts as rows: laid out, read, and cleared away."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    LargeBinary,
    String,
    and_,
    delete,
    func,
    or_,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column

from citizen.base import clock
from citizen.base.db import Base, session
from citizen.base.jobs import Job, JobState

KEPT = timedelta(days=7)
"""How long it can be read who did which part of a job that is done."""


class PartState(StrEnum):
    """Where a part stands."""

    WAITING = "waiting"
    TAKEN = "taken"
    DONE = "done"


class JobStep(Base):
    """A step of one attempt of a job, with what all of its parts start from."""

    __tablename__ = "job_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    job_id: Mapped[int] = mapped_column(ForeignKey("job.id"), index=True)
    attempt: Mapped[int]
    name: Mapped[str] = mapped_column(String(40))
    about: Mapped[dict[str, Any]]
    given: Mapped[bytes | None] = mapped_column(LargeBinary)


class JobPart(Base):
    """A part of a step. ``takes`` counts who has taken it: only the last one's result is kept."""

    __tablename__ = "job_part"
    __table_args__ = (CheckConstraint("state IN ('waiting', 'taken', 'done')", name="state_is_known"),)

    step_id: Mapped[int] = mapped_column(ForeignKey("job_step.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    arguments: Mapped[dict[str, Any]]
    state: Mapped[str] = mapped_column(String(8), default=PartState.WAITING)
    takes: Mapped[int] = mapped_column(default=0)
    worker: Mapped[str | None] = mapped_column(String(120))
    taken_at: Mapped[datetime | None]
    heartbeat_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    result: Mapped[bytes | None] = mapped_column(LargeBinary)


def is_wanted() -> ColumnElement[bool]:
    """Whether the attempt of the job that laid a part out still runs, and shall."""
    return JobPart.step_id.in_(
        select(JobStep.id)
        .join(Job, and_(Job.id == JobStep.job_id, Job.attempt == JobStep.attempt))
        .where(Job.state == JobState.RUNNING, Job.cancel_asked_at.is_(None))
    )


def tidy() -> None:
    """Remove parts that nobody wants any more. Commits."""
    running = and_(Job.state == JobState.RUNNING, Job.attempt == JobStep.attempt)
    lately = and_(Job.state == JobState.DONE, Job.attempt == JobStep.attempt,
                  Job.finished_at > clock.now() - KEPT)
    wanted = select(JobStep.id).join(Job, Job.id == JobStep.job_id).where(or_(running, lately))
    session.execute(
        delete(JobStep).where(JobStep.id.not_in(wanted)).execution_options(synchronize_session=False)
    )
    session.commit()


def shares(job_id: int | None = None) -> Sequence[tuple[str, str, int]]:
    """Of each step of a job, who has done how many parts: (step, worker, parts).

    Without a number it is the latest job that was done in parts.
    """
    latest = select(func.max(JobStep.job_id)).scalar_subquery()
    found = session.execute(
        select(JobStep.name, JobPart.worker, func.count())
        .join(JobPart, JobPart.step_id == JobStep.id)
        .where(JobStep.job_id == (latest if job_id is None else job_id), JobPart.state == PartState.DONE)
        .group_by(JobStep.id, JobStep.name, JobPart.worker)
        .order_by(JobStep.id, func.count().desc(), JobPart.worker)
    )
    return [(name, worker or "", count) for name, worker, count in found]
