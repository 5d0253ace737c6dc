"""Finding themes in real worker processes that die, are stopped, and are replaced."""

import signal
import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

import pytest
from flask import Flask

from citizen.app import handlers
from citizen.base import jobs, parts
from citizen.base.db import session
from citizen.base.parts import JobPart
from citizen.themes import actions
from citizen.themes.models import AnalysisRun
from tests import postgres
from tests.pages import Browser
from tests.themes.sharing import (
    Outcome,
    ask_in_parts,
    in_hand,
    outcome,
    refuse,
)
from tests.themes.texts import ask, demo_ideas, find, publish, publish_many
from tests.workers import LONGEST, another_app, job_now, until, worker
from tests.world import World


def runs(app: Flask) -> int:
    with app.app_context():
        return session.query(AnalysisRun).count()


def test_a_worker_finds_the_themes_that_a_page_asked_for(
    app: Flask, world: World, tmp_path: Path, database_url: str
) -> None:
    publish(app, world, demo_ideas()[:40])
    # Shares its queue with the worker, so that the worker is woken and need not look.
    with another_app(tmp_path, database_url) as web, worker(tmp_path, database_url):
        browser = Browser(web, user_id=world.facilitator)
        first = browser.post(f"/en/themes/{world.slug}/runs").location
        until(lambda: job_now(app, 1).is_over)
        second = browser.post(f"/en/themes/{world.slug}/runs").location
        until(lambda: job_now(app, 2).is_over)
        assert "Themes have been found" in browser.get(second).text
    assert first != second
    assert runs(app) == 2


def test_the_queue_may_lie_in_postgresql(
    app: Flask, world: World, tmp_path: Path, database_url: str
) -> None:
    publish(app, world, demo_ideas()[:40])
    with (
        postgres.server() as broker,
        another_app(tmp_path, database_url, BROKER_URL=broker) as web,
        worker(tmp_path, database_url, BROKER_URL=broker),
    ):
        browser = Browser(web, user_id=world.facilitator)
        for number in (1, 2):
            browser.post(f"/en/themes/{world.slug}/runs")
            until(lambda number=number: job_now(app, number).is_over)  # type: ignore[misc]
    assert runs(app) == 2


def test_a_job_whose_worker_is_killed_is_finished_once_by_the_next(
    app: Flask, world: World, tmp_path: Path, database_url: str
) -> None:
    publish_many(app, world, 900)
    job_id = ask(app, world)
    with worker(tmp_path, database_url) as first:
        until(lambda: job_now(app, job_id).progress > 0.1)
        first.kill()
        first.wait()
    assert job_now(app, job_id).state == "running"
    with worker(tmp_path, database_url):
        until(lambda: job_now(app, job_id).is_over)
    job = job_now(app, job_id)
    assert (job.state, job.attempt, runs(app)) == ("done", 2, 1)


def test_a_worker_told_to_stop_leaves_its_job_to_the_next(
    app: Flask, world: World, tmp_path: Path, database_url: str
) -> None:
    publish_many(app, world, 900)
    job_id = ask(app, world)
    with worker(tmp_path, database_url) as first:
        until(lambda: job_now(app, job_id).progress > 0.1)
        first.send_signal(signal.SIGTERM)
        first.wait(LONGEST)
    with worker(tmp_path, database_url):
        until(lambda: job_now(app, job_id).is_over)
    assert (job_now(app, job_id).state, runs(app)) == ("done", 1)


def test_a_job_is_stopped_in_the_middle(app: Flask, world: World, tmp_path: Path, database_url: str) -> None:
    publish_many(app, world, 900)
    job_id = ask(app, world)
    with worker(tmp_path, database_url):
        until(lambda: job_now(app, job_id).progress > 0.1)
        browser = Browser(app, user_id=world.facilitator)
        browser.post(f"/en/themes/{world.slug}/runs/{job_id}/cancellation")
        until(lambda: job_now(app, job_id).is_over)
    assert (job_now(app, job_id).state, runs(app)) == ("cancelled", 0)


def test_a_crash_in_a_worker_is_shown_and_the_worker_goes_on(
    app: Flask, world: World, tmp_path: Path, database_url: str
) -> None:
    publish(app, world, demo_ideas()[:40])
    with app.app_context():
        # A job from a version that named its arguments otherwise.
        broken = jobs.enqueue(actions.KIND, actions.subject_of(world.programme), {}, None, wake=False)
        session.commit()
        broken_id = broken.id
    with worker(tmp_path, database_url):
        until(lambda: job_now(app, broken_id).is_over)
    page = Browser(app, user_id=world.facilitator).get(f"/en/themes/{world.slug}/runs/{broken_id}")
    assert "The run stopped because of an error." in page.text
    assert job_now(app, broken_id).error == "crashed"
    assert "KeyError" in (tmp_path / "worker.log").read_text()


def test_residents_can_send_ideas_while_themes_are_found(
    app: Flask, world: World, tmp_path: Path, database_url: str
) -> None:
    publish_many(app, world, 500)
    job_id = ask(app, world)
    with worker(tmp_path, database_url):
        until(lambda: job_now(app, job_id).progress > 0.05)
        sent = 0
        while not job_now(app, job_id).is_over:
            publish(app, world, demo_ideas()[:1])
            sent += 1
    assert job_now(app, job_id).state == "done"
    assert sent > 1


# ---- several at once

Worker = subprocess.Popen[bytes]


class Team(NamedTuple):
    """Three workers at a gate: each keeps the part in its hands until it is opened."""

    web: Flask
    workers: list[Worker]
    gate: Path

    def wake(self, job_id: int) -> int:
        """Have one of them take up a job."""
        with self.web.app_context():
            self.web.extensions["citizen.wake"](job_id)
        return job_id

    def with_the_job(self, job_id: int) -> Worker:
        """The worker that has a job, and a part of it in its hands."""
        return self._at_work(job_id, 1, has_the_job=True)[0]

    def helpers(self, job_id: int, number: int) -> list[Worker]:
        """So many others that have parts of a job in their hands."""
        return self._at_work(job_id, number, has_the_job=False)

    def _at_work(self, job_id: int, number: int, *, has_the_job: bool) -> list[Worker]:
        until(lambda: len(self._now(job_id, has_the_job=has_the_job)) == number)
        return self._now(job_id, has_the_job=has_the_job)

    def _now(self, job_id: int, *, has_the_job: bool) -> list[Worker]:
        its = number_of(job_now(self.web, job_id).worker)
        at_work = {number_of(told) for _step, told in in_hand(self.web)}
        return [one for one in self.workers if one.pid in at_work and (one.pid == its) == has_the_job]


@pytest.fixture
def team(tmp_path: Path, database_url: str) -> Iterator[Team]:
    gate = tmp_path / "open"
    with ExitStack() as stack:
        web = stack.enter_context(another_app(tmp_path, database_url))
        workers = [
            stack.enter_context(worker(tmp_path, database_url, "-m", "tests.gated", str(gate)))
            for _ in range(3)
        ]
        yield Team(web, workers, gate)


@pytest.fixture
def alone(app: Flask, world: World) -> Outcome:
    """A programme with themes in use, and what one process finds in it in one go."""
    publish_many(app, world, 300)
    find(app, world)
    job_id = ask_in_parts(app, world, 1_000)
    jobs.run(app, handlers(), job_id)
    found = outcome(app, job_id)
    refuse(app, job_id)
    return found


def number_of(told: str | None) -> int:
    """The process that a row names."""
    return int((told or ":0").rpartition(":")[2])


def who_did(app: Flask, job_id: int) -> dict[int, int]:
    """How many parts of a job each process has done."""
    with app.app_context():
        done: Counter[int] = Counter()
        for _step, who, count in parts.shares(job_id):
            done[number_of(who)] += count
        return done


def test_three_workers_share_a_finding_and_find_what_one_finds(
    app: Flask, world: World, alone: Outcome, team: Team
) -> None:
    job_id = team.wake(ask_in_parts(app, world, 30))
    first = team.with_the_job(job_id)
    helpers = team.helpers(job_id, 2)
    team.gate.touch()
    until(lambda: job_now(app, job_id).is_over)
    assert (job_now(app, job_id).state, job_now(app, job_id).attempt) == ("done", 1)
    assert outcome(app, job_id) == alone
    done = who_did(app, job_id)
    assert set(done) == {first.pid, *(one.pid for one in helpers)}
    assert sum(done.values()) == 2 * 10


def test_a_helper_is_killed_in_the_middle_of_a_part(
    app: Flask, world: World, alone: Outcome, team: Team
) -> None:
    job_id = team.wake(ask_in_parts(app, world, 30))
    team.with_the_job(job_id)
    helper, _other = team.helpers(job_id, 2)
    helper.kill()
    helper.wait()
    team.gate.touch()
    until(lambda: job_now(app, job_id).is_over)
    assert (job_now(app, job_id).state, job_now(app, job_id).attempt) == ("done", 1)
    assert outcome(app, job_id) == alone
    done = who_did(app, job_id)
    assert helper.pid not in done
    assert sum(done.values()) == 2 * 10
    with app.app_context():
        # The part in its hands was done twice, by somebody else the second time.
        assert session.query(JobPart).filter(JobPart.takes > 1).count() == 1


def test_the_worker_that_has_the_job_is_killed_in_the_middle_of_a_part(
    app: Flask, world: World, alone: Outcome, team: Team
) -> None:
    job_id = team.wake(ask_in_parts(app, world, 30))
    first = team.with_the_job(job_id)
    first.kill()
    first.wait()
    with app.app_context():
        assert job_id in jobs.sweep()
    team.wake(job_id)
    team.gate.touch()
    until(lambda: job_now(app, job_id).is_over)
    assert (job_now(app, job_id).state, job_now(app, job_id).attempt) == ("done", 2)
    assert outcome(app, job_id) == alone
    done = who_did(app, job_id)
    assert first.pid not in done
    assert sum(done.values()) == 2 * 10


def test_a_finding_that_several_share_is_stopped_in_the_middle(
    app: Flask, world: World, team: Team
) -> None:
    publish_many(app, world, 300)
    job_id = team.wake(ask_in_parts(app, world, 30))
    team.with_the_job(job_id)
    team.helpers(job_id, 2)
    Browser(app, user_id=world.facilitator).post(f"/en/themes/{world.slug}/runs/{job_id}/cancellation")
    # The gate stays shut: whoever waits for it is told that nobody wants the part any more.
    until(lambda: job_now(app, job_id).is_over)
    team.helpers(job_id, 0)
    assert (job_now(app, job_id).state, runs(app)) == ("cancelled", 0)
