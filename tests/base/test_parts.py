"""Steps that workers share: every part done, kept once, whoever dies, leaves or comes late."""

import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update

from citizen.base import clock, jobs, parts, workers
from citizen.base.db import session
from citizen.base.jobs import Job, RunningJob
from citizen.base.parts import JobPart, JobStep, Lost, Tell, Unfit, Work
from citizen.base.parts.taking import Taken, hands, take
from tests.workers import job_now

FOUR = [{"letter": letter} for letter in "abcd"]
DEAD = f"{workers.this_worker().partition(':')[0]}:9999999"


def shout(arguments: Mapping[str, Any], tell: Tell) -> bytes:
    tell(0.5)
    return str(arguments["letter"]).upper().encode()


class Coordinator:
    """A job that shares one step; MEANWHILE is called within its first part, as another worker would."""

    def __init__(self, app: Flask, pieces: list[dict[str, str]] = FOUR, work: Work = shout) -> None:
        self.app, self.pieces, self.work = app, pieces, work
        self.results: list[bytes] = []
        self.told: list[float] = []
        self.meanwhile: Callable[[int], None] = lambda step_id: None
        with app.app_context():
            job = jobs.enqueue("trial", "subject:1", {}, None, wake=False)
            session.commit()
            self.job_id = job.id

    def run(self) -> Job:
        jobs.run(self.app, {"trial": self._handle}, self.job_id)
        return job_now(self.app, self.job_id)

    def _handle(self, job: RunningJob) -> None:
        def work(arguments: Mapping[str, Any], tell: Tell) -> bytes:
            meanwhile, self.meanwhile = self.meanwhile, lambda step_id: None
            step_id = session.query(JobStep.id).order_by(JobStep.id.desc()).limit(1).scalar()
            session.rollback()
            meanwhile(step_id or 0)
            session.rollback()
            return self.work(arguments, tell)

        def tell(share: float) -> None:
            self.told.append(share)
            job.progress(share, f"{len(self.told)}")

        self.results = list(parts.share(job, "trial", self.pieces, work, tell, about={"seed": 7}, given=b"x"))


@pytest.fixture
def woken(app: Flask, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    calls: list[int] = []
    monkeypatch.setitem(app.extensions, "citizen.wake_helper", calls.append)
    return calls


@pytest.fixture
def coordinator(app: Flask, woken: list[int]) -> Coordinator:
    return Coordinator(app)


def rows(app: Flask) -> list[JobPart]:
    with app.app_context():
        found = session.query(JobPart).order_by(JobPart.step_id, JobPart.number).all()
        session.expunge_all()
        return found


def change_part(part: Taken, **values: object) -> None:
    session.execute(update(JobPart).where(
        JobPart.step_id == part.step_id, JobPart.number == part.number
    ).values(**values))
    session.commit()


def taken(step_id: int) -> Taken:
    part = take(step_id)
    assert part is not None
    return part


def test_one_worker_alone_does_every_part_and_gets_the_results_in_order(coordinator: Coordinator) -> None:
    assert coordinator.run().state == "done"
    assert coordinator.results == [b"A", b"B", b"C", b"D"]


def test_progress_is_the_share_of_all_parts_and_never_goes_back(coordinator: Coordinator) -> None:
    coordinator.run()
    assert coordinator.told == sorted(coordinator.told)
    assert coordinator.told[:3] == [0.0, 0.125, 0.25]


def test_a_single_part_is_done_without_rows_and_wakes_nobody(app: Flask, woken: list[int]) -> None:
    alone = Coordinator(app, FOUR[:1])
    alone.run()
    assert (alone.results, rows(app), woken) == ([b"A"], [], [])


def test_as_many_helpers_are_woken_as_there_are_further_parts_but_not_without_end(
    app: Flask, woken: list[int]
) -> None:
    Coordinator(app).run()
    assert len(woken) == 3
    woken.clear()
    Coordinator(app, FOUR * 10).run()
    assert len(woken) == 8


def test_what_others_do_is_theirs_and_is_waited_for(app: Flask, coordinator: Coordinator) -> None:
    def slowly(part: Taken) -> None:
        part.keep(b"theirs")

    def somebody_takes_one(step_id: int) -> None:
        threading.Timer(1.0, slowly, [taken(step_id)]).start()

    coordinator.meanwhile = somebody_takes_one
    coordinator.run()
    assert coordinator.results == [b"A", b"theirs", b"C", b"D"]


@pytest.mark.parametrize("gone", [
    {"worker": DEAD}, {"worker": "elsewhere:1", "heartbeat_at": clock.now() - timedelta(minutes=2)},
])
def test_a_part_is_taken_again_from_a_worker_that_is_dead_or_silent(
    app: Flask, coordinator: Coordinator, gone: dict[str, object]
) -> None:
    late: list[Taken] = []

    def somebody_dies(step_id: int) -> None:
        late.append(taken(step_id))
        change_part(late[0], **gone)

    coordinator.meanwhile = somebody_dies
    assert coordinator.run().state == "done"
    assert coordinator.results == [b"A", b"B", b"C", b"D"]
    assert [part.takes for part in rows(app)] == [1, 2, 1, 1]
    # Where it was only slow, it is too late.
    assert not late[0].keep(b"late")


def test_a_result_that_comes_after_somebody_else_has_taken_the_part_is_not_kept(
    app: Flask, coordinator: Coordinator
) -> None:
    kept: list[bool] = []

    def two_do_the_same(step_id: int) -> None:
        slow = taken(step_id)
        change_part(slow, state="waiting")
        kept.append(taken(step_id).keep(b"second"))
        kept.append(slow.keep(b"first"))

    coordinator.meanwhile = two_do_the_same
    coordinator.run()
    assert (coordinator.results[1], kept) == (b"second", [True, False])


def test_a_part_that_costs_three_workers_fails_the_job(app: Flask, coordinator: Coordinator) -> None:
    coordinator.meanwhile = lambda step_id: change_part(taken(step_id), worker=DEAD, takes=3)
    job = coordinator.run()
    assert (job.state, job.error) == ("failed", "worker_died")


def test_takers_at_the_same_time_never_get_the_same_part(app: Flask, woken: list[int]) -> None:
    numbers: list[int] = []

    def all_at_once(step_id: int) -> None:
        def take_some() -> None:
            with app.app_context():
                while part := take(step_id):
                    numbers.append(part.number)
                    part.keep(b"theirs")

        threads = [threading.Thread(target=take_some) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    many = Coordinator(app, FOUR * 8)
    many.meanwhile = all_at_once
    many.run()
    assert sorted(numbers) == list(range(1, 32))


def test_a_job_that_is_stopped_stops_its_helpers_and_leaves_no_part_to_take(
    app: Flask, coordinator: Coordinator
) -> None:
    seen: list[object] = []

    def stop(step_id: int) -> None:
        part = taken(step_id)
        jobs.cancel(session.get_one(Job, coordinator.job_id))
        session.commit()
        part._told = 0.0
        with suppress(Lost):
            part.tell(0.5)
            seen.append("went on")
        seen.append(take(step_id))

    coordinator.meanwhile = stop
    assert coordinator.run().state == "cancelled"
    assert seen == [None]


def test_a_new_attempt_starts_anew_and_the_old_ones_helpers_stop(
    app: Flask, coordinator: Coordinator
) -> None:
    def die(step_id: int) -> None:
        held.append(taken(step_id))
        raise KeyboardInterrupt

    held: list[Taken] = []
    coordinator.meanwhile = die
    with pytest.raises(KeyboardInterrupt):
        coordinator.run()
    with app.app_context():
        session.execute(update(Job).values(state="queued", cancel_asked_at=None))
        session.commit()
    assert coordinator.run().attempt == 2
    assert coordinator.results == [b"A", b"B", b"C", b"D"]
    assert not held[0].beat()
    assert len(rows(app)) == 4


# ---- helping


def helped(app: Flask, opener: parts.Opener, step_id: int) -> bool:
    """As another process would help: its hands are its own."""
    answer: list[bool] = []
    hands.release()
    thread = threading.Thread(target=lambda: answer.append(parts.help_with(app, {"trial": opener}, step_id)))
    thread.start()
    thread.join()
    hands.acquire()
    return answer[0]


def whisper(about: Mapping[str, Any], given: bytes) -> Work:
    def work(arguments: Mapping[str, Any], tell: Tell) -> bytes:
        tell(0.0)
        return f"{arguments['letter']}{about['seed']}{given.decode()}".encode()

    return work


def test_a_helper_takes_parts_until_none_waits(app: Flask, coordinator: Coordinator) -> None:
    coordinator.meanwhile = lambda step_id: helped(app, whisper, step_id) and None
    coordinator.run()
    assert coordinator.results == [b"A", b"b7x", b"c7x", b"d7x"]


def unfit(about: Mapping[str, Any], given: bytes) -> Work:
    raise Unfit("other word lists")


def crashing(about: Mapping[str, Any], given: bytes) -> Work:
    def work(arguments: Mapping[str, Any], tell: Tell) -> bytes:
        raise RuntimeError("unforeseen")

    return work


@pytest.mark.parametrize(("opener", "words"), [
    (unfit, "cannot help with step"), (crashing, "RuntimeError: unforeseen"),
])
def test_a_helper_that_cannot_leaves_everything_to_the_others(
    app: Flask, coordinator: Coordinator, caplog: pytest.LogCaptureFixture, opener: parts.Opener, words: str
) -> None:
    coordinator.meanwhile = lambda step_id: helped(app, opener, step_id) and None
    assert coordinator.run().state == "done"
    assert coordinator.results == [b"A", b"B", b"C", b"D"]
    assert words in caplog.text


def test_where_the_part_fails_for_whoever_has_the_job_too_the_job_tells(app: Flask, woken: list[int]) -> None:
    def crash(arguments: Mapping[str, Any], tell: Tell) -> bytes:
        raise RuntimeError("unforeseen")

    assert Coordinator(app, FOUR, crash).run().error == "crashed"


def test_a_process_that_is_at_it_already_says_so(app: Flask, coordinator: Coordinator) -> None:
    answers: list[bool] = []

    def ask_this_process(step_id: int) -> None:
        thread = threading.Thread(target=lambda: answers.append(parts.help_with(app, {}, step_id)))
        thread.start()
        thread.join()

    coordinator.meanwhile = ask_this_process
    coordinator.run()
    assert answers == [False]


def test_nobody_helps_with_what_is_over(app: Flask, coordinator: Coordinator, woken: list[int]) -> None:
    coordinator.run()
    assert parts.help_with(app, {}, woken[0])
    assert parts.help_with(app, {}, 4711)


# ---- what stays


def left_after(app: Flask, **values: object) -> int:
    with app.app_context():
        if values:
            session.execute(update(Job).values(**values))
            session.commit()
        parts.tidy()
    return len(rows(app))


def test_who_did_what_stays_a_week_and_contents_no_longer_than_the_step(
    app: Flask, coordinator: Coordinator
) -> None:
    coordinator.run()
    assert {part.result for part in rows(app)} == {None}
    with app.app_context():
        assert session.query(JobStep.given).scalar() is None
        assert parts.shares(coordinator.job_id) == [("trial", workers.this_worker(), 4)]
        assert parts.shares(coordinator.job_id + 1) == []
    told = app.test_cli_runner().invoke(args=["jobs", "shares"]).output
    assert told.split() == ["trial", "4", workers.this_worker()]
    assert left_after(app) == 4
    assert left_after(app, finished_at=clock.now() - timedelta(days=8)) == 0


@pytest.mark.parametrize("state", ["failed", "cancelled", "queued"])
def test_parts_of_a_job_that_came_to_nothing_go_at_once(
    app: Flask, coordinator: Coordinator, state: str
) -> None:
    coordinator.run()
    assert left_after(app, state=state) == 0


def test_parts_of_a_job_that_runs_stay(app: Flask, coordinator: Coordinator) -> None:
    coordinator.meanwhile = lambda step_id: parts.tidy()
    assert coordinator.run().state == "done"
