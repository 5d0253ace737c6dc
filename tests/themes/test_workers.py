"""Finding themes in real worker processes that die, are stopped, and are replaced."""

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

import pytest
from flask import Flask
from sqlalchemy import select

from citizen.app import handlers
from citizen.base import jobs, parts
from citizen.base.db import session
from citizen.base.jobs import Job
from citizen.base.parts import JobPart
from citizen.themes import actions
from citizen.themes.models import AnalysisRun
from tests import postgres
from tests.pages import Browser
from tests.themes.sharing import (
    Outcome,
    ask_in_parts,
    in_hand,
    nobody_waits_for_it,
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
    """Three workers that are up, and an application that can wake them."""

    web: Flask
    workers: list[Worker]


@pytest.fixture
def team(app: Flask, tmp_path: Path, database_url: str) -> Iterator[Team]:
    with ExitStack() as stack:
        web = stack.enter_context(another_app(tmp_path, database_url))
        workers = [stack.enter_context(worker(tmp_path, database_url)) for _ in range(3)]
        until(lambda: {one.pid for one in workers} <= who_answers(web))
        yield Team(web, workers)


def who_answers(web: Flask) -> set[int]:
    """Who has taken up jobs that nobody can do."""
    with web.app_context():
        jobs.enqueue("unknown", "subject:1", {}, None)
        session.commit()
        return {number_of(told) for told in session.scalars(select(Job.worker).where(Job.kind == "unknown"))}


def wake(team: Team, job_id: int) -> int:
    with team.web.app_context():
        team.web.extensions["citizen.wake"](job_id)
    return job_id


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


def caught(team: Team, job_id: int, *, has_the_job: bool) -> Worker:
    """A worker that stands still with a part in its hands: the one that has the job, or a helper."""
    app, workers = team
    folder = app.extensions["citizen.settings"].data_folder
    found: list[Worker] = []

    def stands_still() -> bool:
        coordinator = number_of(job_now(app, job_id).worker)
        for one in workers:
            if (one.pid == coordinator) != has_the_job or not coordinator or not holds(app, one):
                continue
            one.send_signal(signal.SIGSTOP)
            os.waitpid(one.pid, os.WUNTRACED)
            if holds(app, one) and nobody_waits_for_it(app, folder):
                found.append(one)
                return True
            one.send_signal(signal.SIGCONT)
        return False

    until(stands_still)
    return found[0]


def holds(app: Flask, one: Worker) -> bool:
    return one.pid in [number_of(told) for _step, told in in_hand(app)]


def others(app: Flask, job_id: int) -> set[str]:
    """Who has done parts, but for the one that has the job."""
    has_the_job = job_now(app, job_id).worker
    with app.app_context():
        return {who for _step, who, _count in parts.shares(job_id)} - {has_the_job or ""}


def count_parts(app: Flask, job_id: int) -> int:
    with app.app_context():
        return sum(count for _step, _worker, count in parts.shares(job_id))


def held_its_job(app: Flask, job_id: int) -> bool:
    """Whether the worker that a test held still has not been taken for dead meanwhile: where the others run
    out of parts before one is caught, the job is begun again, and comes to the same."""
    return job_now(app, job_id).attempt == 1


def test_three_workers_share_a_finding_and_find_what_one_finds(
    app: Flask, world: World, alone: Outcome, team: Team
) -> None:
    job_id = wake(team, ask_in_parts(app, world, 30))
    # Whoever was first waits for the others to come.
    first = caught(team, job_id, has_the_job=True)
    until(lambda: others(app, job_id) != set())
    first.send_signal(signal.SIGCONT)
    until(lambda: job_now(app, job_id).is_over)
    assert job_now(app, job_id).state == "done"
    assert outcome(app, job_id) == alone
    if held_its_job(app, job_id):
        assert others(app, job_id)
        assert count_parts(app, job_id) == 2 * 10


def test_a_helper_is_killed_in_the_middle_of_a_part(
    app: Flask, world: World, alone: Outcome, team: Team
) -> None:
    # Many small parts: while the one that has the job stands still, the others must not run out of them.
    job_id = wake(team, ask_in_parts(app, world, 3))
    first = caught(team, job_id, has_the_job=True)
    helper = caught(team, job_id, has_the_job=False)
    helper.kill()
    helper.wait()
    first.send_signal(signal.SIGCONT)
    until(lambda: job_now(app, job_id).is_over)
    assert job_now(app, job_id).state == "done"
    assert outcome(app, job_id) == alone
    if held_its_job(app, job_id):
        assert count_parts(app, job_id) == 2 * 100
        with app.app_context():
            # The part in its hands was done twice, by somebody else the second time.
            again = session.query(JobPart).filter(JobPart.takes > 1).one()
            assert number_of(again.worker) != helper.pid


def test_the_worker_that_has_the_job_is_killed_in_the_middle_of_a_part(
    app: Flask, world: World, alone: Outcome, team: Team
) -> None:
    job_id = wake(team, ask_in_parts(app, world, 30))
    first = caught(team, job_id, has_the_job=True)
    first.kill()
    first.wait()
    with team.web.app_context():
        assert job_id in jobs.sweep()
    wake(team, job_id)
    until(lambda: job_now(app, job_id).is_over)
    assert (job_now(app, job_id).state, job_now(app, job_id).attempt) == ("done", 2)
    assert outcome(app, job_id) == alone
    assert count_parts(app, job_id) == 2 * 10


def test_a_finding_that_several_share_is_stopped_in_the_middle(
    app: Flask, world: World, team: Team
) -> None:
    publish_many(app, world, 300)
    job_id = wake(team, ask_in_parts(app, world, 30))
    first = caught(team, job_id, has_the_job=True)
    until(lambda: others(app, job_id) != set())
    Browser(app, user_id=world.facilitator).post(f"/en/themes/{world.slug}/runs/{job_id}/cancellation")
    first.send_signal(signal.SIGCONT)
    until(lambda: job_now(app, job_id).is_over)
    assert (job_now(app, job_id).state, runs(app)) == ("cancelled", 0)
