"""What dead workers left is put back."""

from typing import Any

from sqlalchemy import select, update

from citizen.base import clock
from citizen.base.db import session
from citizen.base.jobs.rows import Job, JobState
from citizen.base.workers import MOST_ATTEMPTS, is_gone


def sweep() -> list[int]:
    """Put back what dead workers left; give up after `MOST_ATTEMPTS`.

    Returns
    -------
    Ids of the jobs that wait for a worker.
    """
    running = select(Job).where(Job.state == JobState.RUNNING)
    for job in session.scalars(running).all():
        if is_gone(job.worker, job.heartbeat_at):
            put_back(job)
    session.commit()
    waiting = list(session.scalars(select(Job.id).where(Job.state == JobState.QUEUED)))
    session.rollback()
    return waiting


def put_back(job: Job) -> None:
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
