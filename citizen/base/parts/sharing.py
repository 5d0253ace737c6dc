"""The side of the worker that has the job: lays parts out, takes some itself, gathers what came of them."""

import time
from collections.abc import Iterator, Sequence
from typing import Any

from flask import current_app
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from citizen.base.db import db, only_reading, session
from citizen.base.jobs import JobFailed, NotOurs, RunningJob
from citizen.base.parts.rows import JobPart, JobStep, PartState
from citizen.base.parts.taking import Tell, Work, do, hands, take
from citizen.base.workers import MOST_ATTEMPTS, is_gone

MOST_HELPERS = 8
"""Workers that are woken for a step."""

PAUSE = 0.3
"""Seconds between two looks at what others have in hand."""

def share(
    job: RunningJob, name: str, pieces: Sequence[dict[str, Any]], work: Work, tell: Tell, *,
    about: dict[str, Any], given: bytes = b"",
) -> Iterator[bytes]:
    """Do a step of a job in parts, with whoever helps. Call it without a transaction under way.

    Parameters
    ----------
    name : of the step; helpers know by it what to do.
    pieces : arguments of each part. A single one is done here and now.
    work : does a part.
    about, given : what helpers make the same from (`Opener`).

    Returns
    -------
    What came of each part, in their order.

    Raises
    ------
    JobFailed
        "worker_died" where a part has cost too many workers.
    """
    if len(pieces) == 1:
        yield work(pieces[0], tell)
        return
    step_id = _lay_out(job, name, pieces, about, given)
    for _helper in range(min(len(pieces) - 1, MOST_HELPERS)):
        current_app.extensions["citizen.wake_helper"](step_id)
    alone = hands.acquire(blocking=False)
    try:
        _until_done(step_id, len(pieces), work, tell)
    finally:
        if alone:
            hands.release()
    yield from _results(step_id, len(pieces))
    _forget_contents(step_id)


def _lay_out(
    job: RunningJob, name: str, pieces: Sequence[dict[str, Any]], about: dict[str, Any], given: bytes
) -> int:
    with Session(db.engine) as own, own.begin():
        own.execute(delete(JobStep).where(JobStep.job_id == job.id, JobStep.attempt < job.attempt))
        step = JobStep(job_id=job.id, attempt=job.attempt, name=name, about=about, given=given)
        own.add(step)
        own.flush()
        own.add_all(
            JobPart(step_id=step.id, number=number, arguments=arguments)
            for number, arguments in enumerate(pieces)
        )
        return step.id


def _until_done(step_id: int, total: int, work: Work, tell: Tell) -> None:
    while (done := _count_done(step_id)) < total:
        tell(done / total)
        _free_what_the_dead_hold(step_id)
        part = take(step_id)
        if part is None:
            time.sleep(PAUSE)
            continue
        # Whoever has the job is told by its progress when to stop.
        do(part, work, lambda within, done=done: tell((done + within) / total))  # type: ignore[misc]


def _free_what_the_dead_hold(step_id: int) -> None:
    with Session(db.engine) as own, own.begin():
        held = own.execute(
            select(JobPart.number, JobPart.takes, JobPart.worker, JobPart.heartbeat_at)
            .where(JobPart.step_id == step_id, JobPart.state == PartState.TAKEN)
        ).all()
        for number, takes, worker, heartbeat_at in held:
            if not is_gone(worker, heartbeat_at):
                continue
            if takes >= MOST_ATTEMPTS:
                raise JobFailed("worker_died")
            own.execute(
                update(JobPart)
                .where(JobPart.step_id == step_id, JobPart.number == number, JobPart.takes == takes,
                       JobPart.heartbeat_at == heartbeat_at, JobPart.state == PartState.TAKEN)
                .values(state=PartState.WAITING, worker=None)
            )


def _count_done(step_id: int) -> int:
    with only_reading():
        return session.scalar(
            select(func.count()).where(JobPart.step_id == step_id, JobPart.state == PartState.DONE)
        ) or 0


def _results(step_id: int, total: int) -> Iterator[bytes]:
    """Read the results one at a time: there may be more of them than fit in memory."""
    for number in range(total):
        with only_reading():
            result = session.scalar(
                select(JobPart.result).where(JobPart.step_id == step_id, JobPart.number == number)
            )
        if result is None:
            # Another attempt has cleared this one's parts away.
            raise NotOurs
        yield result


def _forget_contents(step_id: int) -> None:
    """Who did what stays for a while; texts and models do not."""
    with Session(db.engine) as own, own.begin():
        own.execute(update(JobPart).where(JobPart.step_id == step_id).values(result=None))
        own.execute(update(JobStep).where(JobStep.id == step_id).values(given=None))
