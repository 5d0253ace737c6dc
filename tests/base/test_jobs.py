"""Long work: claimed once, told of, stopped, taken over, finished once."""

import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import update

from citizen.base import clock, jobs, workers
from citizen.base.audit import AuditRow
from citizen.base.db import session
from citizen.base.jobs import Job, JobFailed, JobState, RunningJob
from tests.workers import another_app, job_now


def left(app: Flask, kind: str = "trial") -> int:
    with app.app_context():
        job = jobs.enqueue(kind, "subject:1", {"colour": "red"}, None, wake=False)
        session.commit()
        return job.id


def done_by(app: Flask, handler: Callable[[RunningJob], None], job_id: int | None = None) -> Job:
    job_id = job_id or left(app)
    jobs.run(app, {"trial": handler}, job_id)
    return job_now(app, job_id)


def mark(job: RunningJob) -> None:
    """The work of a test: one row, so that keeping it can be seen."""
    session.add(AuditRow(at=clock.now(), action="trial", subject=str(job.attempt), details=job.arguments))


def marks(app: Flask) -> list[str]:
    with app.app_context():
        return [row.subject for row in session.query(AuditRow).filter_by(action="trial")]


def change(app: Flask, job_id: int, **values: object) -> None:
    with app.app_context():
        session.execute(update(Job).where(Job.id == job_id).values(**values))
        session.commit()


def sweep(app: Flask) -> list[int]:
    with app.app_context():
        return jobs.sweep()


def test_work_is_kept_together_with_the_word_that_it_is_done(app: Flask) -> None:
    job = done_by(app, mark)
    assert (job.state, job.progress, job.attempt) == (JobState.DONE, 1.0, 1)
    assert job.finished_at is not None
    assert marks(app) == ["1"]


def test_a_job_is_done_once_however_often_a_worker_is_woken(app: Flask) -> None:
    job_id = left(app)
    for _time in range(3):
        done_by(app, mark, job_id)
    assert marks(app) == ["1"]


def test_two_workers_at_once_do_it_once(app: Flask) -> None:
    job_id = left(app)
    threads = [threading.Thread(target=done_by, args=(app, mark, job_id)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert marks(app) == ["1"]


def test_a_crash_keeps_nothing_and_is_told_by_its_code(app: Flask) -> None:
    def crash(job: RunningJob) -> None:
        mark(job)
        session.flush()
        raise RuntimeError("unforeseen")

    job = done_by(app, crash)
    assert (job.state, job.error) == (JobState.FAILED, "crashed")
    assert marks(app) == []


def test_a_failure_with_a_code_keeps_the_code(app: Flask) -> None:
    def refuse(job: RunningJob) -> None:
        raise JobFailed("too_few_texts")

    assert done_by(app, refuse).error == "too_few_texts"


def test_a_kind_nobody_knows_fails_instead_of_waiting_for_ever(app: Flask) -> None:
    job_id = left(app, "unknown")
    assert done_by(app, mark, job_id).state == JobState.FAILED


def test_progress_can_be_read_while_the_work_runs(app: Flask) -> None:
    seen = []

    def tell(job: RunningJob) -> None:
        job.progress(0.25, "reading")
        seen.append(job_now(app, job.id))

    done_by(app, tell)
    assert (seen[0].state, seen[0].progress, seen[0].stage) == (JobState.RUNNING, 0.25, "reading")


def test_a_new_stage_is_told_at_once_and_the_rest_not_too_often(app: Flask) -> None:
    told = []

    def tell(job: RunningJob) -> None:
        for percent in range(10):
            job.progress(percent / 100, "reading")
        job.progress(0.5, "saving")

    job_id = left(app)
    jobs.run(app, {"trial": tell}, job_id, watch=lambda share, stage: told.append((share, stage)))
    assert told == [(0.0, "reading"), (0.5, "saving")]


def test_a_job_that_waits_is_cancelled_at_once(app: Flask) -> None:
    job_id = left(app)
    with app.app_context():
        jobs.cancel(session.get_one(Job, job_id))
        session.commit()
    assert done_by(app, mark, job_id).state == JobState.CANCELLED
    assert marks(app) == []


def test_a_job_that_runs_stops_at_its_next_word_of_progress(app: Flask) -> None:
    def work(job: RunningJob) -> None:
        mark(job)
        session.rollback()
        with app.app_context():
            jobs.cancel(session.get_one(Job, job.id))
            session.commit()
        job.progress(0.5, "reading")

    job = done_by(app, work)
    assert job.state == JobState.CANCELLED
    assert job.error is None
    assert marks(app) == []


def test_cancelling_what_is_over_changes_nothing(app: Flask) -> None:
    job = done_by(app, mark)
    with app.app_context():
        jobs.cancel(session.get_one(Job, job.id))
        session.commit()
    after = job_now(app, job.id)
    assert (after.state, after.cancel_asked_at) == (JobState.DONE, None)


def test_an_attempt_that_another_worker_has_taken_over_keeps_nothing(app: Flask) -> None:
    def slow(job: RunningJob) -> None:
        change(app, job.id, attempt=2, worker="elsewhere:1")
        mark(job)

    job = done_by(app, slow)
    assert (job.state, job.attempt) == (JobState.RUNNING, 2)
    assert marks(app) == []


def test_an_attempt_that_was_taken_over_stops_when_it_speaks(app: Flask) -> None:
    reached = []

    def slow(job: RunningJob) -> None:
        change(app, job.id, attempt=2, worker="elsewhere:1")
        job.progress(0.5, "reading")
        reached.append("after")

    assert done_by(app, slow).state == JobState.RUNNING
    assert reached == []


def test_a_crash_of_an_attempt_that_was_taken_over_does_not_fail_the_job(app: Flask) -> None:
    def slow(job: RunningJob) -> None:
        change(app, job.id, attempt=2, worker="elsewhere:1")
        raise RuntimeError("unforeseen")

    assert done_by(app, slow).state == JobState.RUNNING


def test_a_silent_worker_loses_its_job(app: Flask) -> None:
    job_id = left(app)
    change(app, job_id, state="running", attempt=1, worker="elsewhere:1", heartbeat_at=clock.now())
    assert sweep(app) == []
    change(app, job_id, heartbeat_at=clock.now() - workers.STALE_AFTER - timedelta(seconds=1))
    assert sweep(app) == [job_id]
    assert done_by(app, mark, job_id).attempt == 2


def test_a_dead_worker_on_this_machine_loses_its_job_at_once(app: Flask) -> None:
    job_id = left(app)
    host = workers.this_worker().partition(":")[0]
    # No process has this number: Linux gives none above 4 194 304.
    change(app, job_id, state="running", attempt=1, worker=f"{host}:9999999", heartbeat_at=clock.now())
    assert sweep(app) == [job_id]


def test_a_living_worker_keeps_its_job(app: Flask) -> None:
    job_id = left(app)
    change(app, job_id, state="running", attempt=1, worker=workers.this_worker(), heartbeat_at=clock.now())
    assert sweep(app) == []


def test_a_job_that_kills_three_workers_is_given_up(app: Flask) -> None:
    job_id = left(app)
    change(app, job_id, state="running", attempt=3, worker="elsewhere:1", heartbeat_at=None)
    assert sweep(app) == []
    job = job_now(app, job_id)
    assert (job.state, job.error) == (JobState.FAILED, "worker_died")


def test_a_job_cancelled_while_its_worker_was_dead_ends_cancelled(app: Flask) -> None:
    job_id = left(app)
    change(app, job_id, state="running", attempt=1, worker="elsewhere:1", heartbeat_at=None,
           cancel_asked_at=clock.now())
    assert sweep(app) == []
    assert job_now(app, job_id).state == JobState.CANCELLED


def test_a_job_that_is_alive_again_is_not_put_back(app: Flask) -> None:
    job_id = left(app)
    change(app, job_id, state="running", attempt=1, worker="elsewhere:1",
           heartbeat_at=clock.now() - timedelta(hours=1))
    with app.app_context():
        read = session.get_one(Job, job_id)
        session.expunge(read)
        session.rollback()
        change(app, job_id, heartbeat_at=clock.now())
        jobs.put_back(read)
        session.commit()
    assert job_now(app, job_id).state == JobState.RUNNING


def test_the_latest_job_of_a_subject_is_under_way_until_it_is_over(app: Flask) -> None:
    job_id = left(app)
    with app.app_context():
        found = jobs.under_way("trial", "subject:1")
        assert found is not None
        assert found.id == job_id
        session.rollback()
    done_by(app, mark, job_id)
    with app.app_context():
        assert jobs.under_way("trial", "subject:1") is None
        assert jobs.job(job_id, "other", "subject:1") is None


@pytest.fixture
def woken(app: Flask, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    calls: list[int] = []
    monkeypatch.setitem(app.extensions, "citizen.wake", calls.append)
    return calls


def test_a_worker_is_woken_when_the_transaction_is_kept_not_before(app: Flask, woken: list[int]) -> None:
    with app.app_context():
        job = jobs.enqueue("trial", "subject:1", {}, None)
        with session.begin_nested():
            mark(RunningJob(job))
        assert woken == []
        session.commit()
        assert woken == [job.id]
        session.commit()
    assert len(woken) == 1


def test_nobody_is_woken_for_a_job_that_was_not_kept(app: Flask, woken: list[int]) -> None:
    with app.app_context():
        jobs.enqueue("trial", "subject:1", {}, None)
        session.rollback()
        session.commit()
    assert woken == []


def test_a_savepoint_that_is_taken_back_takes_only_its_own_jobs_with_it(app: Flask, woken: list[int]) -> None:
    with app.app_context():
        kept = jobs.enqueue("trial", "subject:1", {}, None)
        savepoint = session.begin_nested()
        jobs.enqueue("trial", "subject:2", {}, None)
        savepoint.rollback()
        also = jobs.enqueue("trial", "subject:3", {}, None)
        session.commit()
        assert woken == [kept.id, also.id]


def test_a_second_application_wakes_its_own_workers(
    app: Flask, woken: list[int], tmp_path: Path, database_url: str
) -> None:
    with another_app(tmp_path, database_url) as other:
        with other.app_context():
            jobs.enqueue("trial", "subject:1", {}, None)
            session.commit()
        assert woken == []
        assert len(other.extensions["citizen.queue"]) == 1


def test_a_queue_that_cannot_be_reached_does_not_lose_the_job(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreachable(*_task: object) -> None:
        raise ConnectionError("refused")

    monkeypatch.setattr(app.extensions["citizen.queue"], "enqueue", unreachable)
    with app.app_context():
        job = jobs.enqueue("trial", "subject:1", {}, None)
        session.commit()
        job_id = job.id
    assert sweep(app) == [job_id]
