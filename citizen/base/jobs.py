"""Long work: the job table is the truth, the queue only wakes a worker.

A queue's task dies with its worker. So a job's state, progress and heartbeat are rows; whatever a
killed worker left is claimed again, and a result is kept only by the attempt that still owns the
job, in the same transaction that marks it done: it finishes once.
"""

import logging
import threading
import time
from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from typing import Any

from flask import Flask, current_app
from sqlalchemy import CheckConstraint, String, event, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from citizen.base import clock
from citizen.base.db import Base, db, rows_of, session
from citizen.base.workers import HEARTBEAT, MOST_ATTEMPTS, is_gone, this_worker

log = logging.getLogger(__name__)

SILENCE = 0.5
"""Seconds between two words of progress."""


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


class Cancelled(Exception):
    """Somebody asked the job to stop."""


class NotOurs(Exception):
    """Another worker has taken the job over; this attempt keeps nothing."""


class JobFailed(Exception):
    """The work cannot be done; ``code`` says why in a word that pages explain."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


Handler = Callable[["RunningJob"], None]
Watch = Callable[[float, str], None]


class RunningJob:
    """A job as its handler sees it: its arguments, and where to say how far it has come.

    Progress is written on a connection of its own. While the work computes, its session must hold
    no transaction: SQLite has one writer.
    """

    def __init__(self, job: Job, watch: Watch | None = None) -> None:
        self.id, self.attempt, self.subject = job.id, job.attempt, job.subject
        self.kind = job.kind
        self.arguments: dict[str, Any] = dict(job.arguments)
        self.created_by = job.created_by
        self._watch = watch
        self._told, self._stage = 0.0, ""

    def progress(self, fraction: float, stage: str) -> None:
        """Say how far the work has come: each new stage, and within one at most twice a second.

        Raises
        ------
        Cancelled
            If somebody asked for it.
        NotOurs
            If another worker owns the job by now.
        """
        if stage == self._stage and time.monotonic() - self._told < SILENCE:
            return
        self._told, self._stage = time.monotonic(), stage
        fraction = min(1.0, max(0.0, fraction))
        self._write(progress=fraction, stage=stage, heartbeat_at=clock.now())
        if self._watch:
            self._watch(fraction, stage)

    def beat(self) -> None:
        """Say that the worker is alive."""
        self._write(heartbeat_at=clock.now())

    def _write(self, **values: Any) -> None:
        with Session(db.engine) as own, own.begin():
            asked = own.scalar(select(Job.cancel_asked_at).where(Job.id == self.id))
            if asked:
                raise Cancelled
            result = own.execute(_owned(self).values(**values))
            if rows_of(result) == 0:
                raise NotOurs


def _owned(job: RunningJob) -> Any:
    return update(Job).where(
        Job.id == job.id, Job.attempt == job.attempt, Job.state == JobState.RUNNING
    )


def enqueue(
    kind: str, subject: str, arguments: dict[str, Any], created_by: int | None, *, wake: bool = True
) -> Job:
    """Leave work for a worker, which is woken when the transaction is kept.

    Parameters
    ----------
    wake : whether to; not where the caller does the work itself at once.
    """
    job = Job(kind=kind, subject=subject, arguments=arguments, created_by=created_by,
              created_at=clock.now(), state=JobState.QUEUED)
    session.add(job)
    session.flush()
    if wake:
        session.info.setdefault("wake", []).append(job.id)
    return job


def enqueue_once(kind: str, subject: str, arguments: dict[str, Any]) -> Job:
    """Leave work for a worker, unless such work about the subject waits already.

    The one that waits is not begun before this transaction has ended: it sees what is done here.
    """
    waiting = session.scalar(
        select(Job)
        .where(Job.kind == kind, Job.subject == subject, Job.state == JobState.QUEUED)
        .limit(1)
        .with_for_update(read=True)
    )
    return waiting or enqueue(kind, subject, arguments, None)


def wake_after_commit(app: Flask, wake: Callable[[int], None]) -> None:
    """Have WAKE called with the id of each of APP's jobs whose transaction has been kept."""
    app.extensions["citizen.wake"] = wake
    if not event.contains(session, "after_commit", _committed):
        event.listen(session, "after_commit", _committed)
        event.listen(session, "after_rollback", _rolled_back)


def _committed(own: Session) -> None:
    # Also said of a savepoint, when nobody else can see the row yet.
    if own.in_nested_transaction():
        return
    for job_id in own.info.pop("wake", []):
        current_app.extensions["citizen.wake"](job_id)


def _rolled_back(own: Session) -> None:
    own.info.pop("wake", None)


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


def run(app: Flask, handlers: dict[str, Handler], job_id: int, watch: Watch | None = None) -> None:
    """Claim a job and do it; a job that somebody else has is left alone.

    Parameters
    ----------
    watch : told of progress beside the row, for a person who waits at a terminal.
    """
    with app.app_context():
        job = _claim(job_id, watch)
        if job is None:
            return
        stop = threading.Event()
        beats = threading.Thread(target=_keep_beating, args=(app, job, stop), daemon=True)
        beats.start()
        try:
            _do(handlers, job)
        finally:
            stop.set()
            beats.join()
            session.remove()


def _claim(job_id: int, watch: Watch | None) -> RunningJob | None:
    result = session.execute(
        update(Job)
        .where(Job.id == job_id, Job.state == JobState.QUEUED)
        .values(state=JobState.RUNNING, attempt=Job.attempt + 1, worker=this_worker(),
                started_at=clock.now(), heartbeat_at=clock.now(), progress=0.0, stage="")
    )
    taken = rows_of(result) == 1
    session.commit()
    job = session.get(Job, job_id) if taken else None
    claimed = RunningJob(job, watch) if job else None
    session.rollback()
    return claimed


def _do(handlers: dict[str, Handler], job: RunningJob) -> None:
    try:
        handlers[job.kind](job)
        _finish(job)
    except NotOurs:
        session.rollback()
    except Cancelled:
        _end(job, JobState.CANCELLED, None)
    except JobFailed as failure:
        _end(job, JobState.FAILED, failure.code)
    except KeyboardInterrupt:
        _end(job, JobState.CANCELLED, None)
        raise
    except Exception:
        log.exception("Job %s (%s) crashed", job.id, job.kind)
        _end(job, JobState.FAILED, "crashed")


def _finish(job: RunningJob) -> None:
    """Keep what the handler left in the session, if the job is still this attempt's."""
    finished = session.execute(
        _owned(job).values(state=JobState.DONE, progress=1.0, finished_at=clock.now())
    )
    if rows_of(finished) == 0:
        raise NotOurs
    session.commit()


def _end(job: RunningJob, state: JobState, error: str | None) -> None:
    session.rollback()
    session.execute(_owned(job).values(state=state, error=error, finished_at=clock.now()))
    session.commit()


def _keep_beating(app: Flask, job: RunningJob, stop: threading.Event) -> None:
    with app.app_context():
        while not stop.wait(HEARTBEAT):
            try:
                job.beat()
            except (Cancelled, NotOurs):
                return
            except Exception:
                log.exception("Heartbeat of job %s failed", job.id)


def sweep() -> list[int]:
    """Put back what dead workers left; give up after `MOST_ATTEMPTS`.

    Returns
    -------
    Ids of the jobs that wait for a worker.
    """
    running = select(Job).where(Job.state == JobState.RUNNING)
    for job in session.scalars(running).all():
        if is_gone(job.worker, job.heartbeat_at):
            _put_back(job)
    session.commit()
    waiting = list(session.scalars(select(Job.id).where(Job.state == JobState.QUEUED)))
    session.rollback()
    return waiting


def _put_back(job: Job) -> None:
    """Free a job, unless its worker or another sweep has touched it since it was read."""
    values: dict[str, Any] = {"worker": None}
    if job.cancel_asked_at:
        values |= {"state": JobState.CANCELLED, "finished_at": clock.now()}
    elif job.attempt >= MOST_ATTEMPTS:
        values |= {"state": JobState.FAILED, "error": "worker_died", "finished_at": clock.now()}
    else:
        values |= {"state": JobState.QUEUED, "progress": 0.0, "stage": ""}
    session.execute(
        update(Job)
        .where(Job.id == job.id, Job.state == JobState.RUNNING, Job.attempt == job.attempt,
               Job.heartbeat_at == job.heartbeat_at)
        .values(**values)
    )
