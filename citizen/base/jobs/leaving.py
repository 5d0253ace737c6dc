"""Leaving work for a worker, who is woken once the transaction has been kept."""

from collections.abc import Callable
from typing import Any

from flask import Flask, current_app
from sqlalchemy import event, inspect, select
from sqlalchemy.orm import Session

from citizen.base import clock
from citizen.base.db import session
from citizen.base.jobs.rows import Job, JobState


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
        session.info.setdefault("wake", []).append((job, job.id))
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
    for job, job_id in own.info.pop("wake", []):
        # What a savepoint has taken back is no row any more.
        if inspect(job).persistent:
            current_app.extensions["citizen.wake"](job_id)


def _rolled_back(own: Session) -> None:
    # Also said of a savepoint, which leaves what was asked for before it.
    if not own.in_nested_transaction():
        own.info.pop("wake", None)
