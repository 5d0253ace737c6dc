"""Finding themes in real worker processes that die, are stopped, and are replaced."""

import signal
from pathlib import Path

from flask import Flask

from citizen.base import jobs
from citizen.base.db import session
from citizen.themes import actions
from citizen.themes.models import AnalysisRun
from tests import postgres
from tests.pages import Browser
from tests.themes.texts import ask, demo_ideas, publish, publish_many
from tests.workers import another_app, job_now, until, worker
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
        until(lambda: job_now(app, 2).is_over, 20)
        assert "The themes have been found" in browser.get(second).text
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
            until(lambda number=number: job_now(app, number).is_over, 40)  # type: ignore[misc]
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
        first.wait(15)
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
        until(lambda: job_now(app, job_id).is_over, 20)
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
