"""A job in the hands of a worker: claimed, done, and kept by the attempt that still owns it."""

import logging
import threading
import time
from collections.abc import Callable
from typing import Any

from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from citizen.base import clock
from citizen.base.db import db, rows_of, session
from citizen.base.jobs.rows import Job, JobState
from citizen.base.workers import HEARTBEAT, this_worker

log = logging.getLogger(__name__)

SILENCE = 0.5
"""Seconds between two words of progress."""


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
