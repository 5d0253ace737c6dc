"""Following a run on its page."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from citizen.base import clock, jobs
from citizen.base.audit import AuditRow
from citizen.base.db import session
from citizen.base.jobs import Job
from citizen.themes import queries
from citizen.themes.models import AnalysisRun
from tests.pages import Browser
from tests.themes.texts import ask, demo_ideas, find, publish, state
from tests.world import World


def change(app: Flask, job_id: int, **values: object) -> None:
    with app.app_context():
        session.execute(update(Job).where(Job.id == job_id).values(**values))
        session.commit()


def start(browser: Browser, world: World) -> str:
    return browser.post(f"/en/themes/{world.slug}/runs").location


def test_finding_themes_leads_to_a_page_that_follows_it(world: World, facilitator: Browser) -> None:
    address = start(facilitator, world)
    page = facilitator.get(address)
    assert "Waiting for a worker" in page.text
    assert '<progress max="100" value="0"' in page.html
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in page.html
    assert "progress.js" in page.html
    assert facilitator.get(address).status == 200


def test_whoever_asks_again_is_led_to_the_run_there_is(
    app: Flask, world: World, facilitator: Browser
) -> None:
    first = start(facilitator, world)
    assert start(facilitator, world) == first
    change(app, 1, state="running", attempt=1)
    assert start(facilitator, world) == first
    change(app, 1, state="done")
    assert start(facilitator, world) != first
    with app.app_context():
        found = [row.details["started"] for row in session.query(AuditRow).order_by(AuditRow.id)]
    assert found == [True, False, False, True]


def test_two_who_ask_at_once_get_one_run(app: Flask, world: World) -> None:
    browsers = [Browser(app, user_id=world.facilitator) for _person in range(4)]
    with ThreadPoolExecutor(4) as people:
        addresses = set(people.map(lambda browser: start(browser, world), browsers))
    assert len(addresses) == 1


@pytest.mark.parametrize(("stage", "words"), [
    ("reading", "Reading the ideas"), ("features", "Finding words and concepts"),
    ("graph", "Comparing the ideas"), ("groups", "Grouping the ideas"),
    ("labels", "Naming the groups"), ("saving", "Saving the themes"), ("", "Starting"),
])
def test_every_stage_has_words_and_a_percentage(
    app: Flask, world: World, facilitator: Browser, stage: str, words: str
) -> None:
    address = start(facilitator, world)
    change(app, 1, state="running", stage=stage, progress=0.42)
    page = facilitator.get(address)
    assert words in page.text
    assert "42%" in page.text
    told = facilitator.get(f"{address}/progress").response.get_json()
    assert told == {
        "state": "running", "over": False, "percent": 42, "share": "42%", "stage": words, "hint": "",
    }


def test_a_run_no_worker_takes_up_says_so_after_a_while(
    app: Flask, world: World, facilitator: Browser
) -> None:
    address = start(facilitator, world)
    assert "No worker has taken it up yet" not in facilitator.get(address).text
    change(app, 1, created_at=clock.now() - timedelta(seconds=16))
    assert "No worker has taken it up yet" in facilitator.get(address).text
    assert facilitator.get(f"{address}/progress").response.get_json()["hint"]


def test_a_run_that_waits_can_be_cancelled(app: Flask, world: World, facilitator: Browser) -> None:
    address = start(facilitator, world)
    page = facilitator.post(f"{address}/cancellation", follow=True)
    assert "The run was cancelled" in page.text
    assert "http-equiv" not in page.html
    assert state(app, 1) == "cancelled"


def test_a_run_that_is_asked_to_stop_says_it_is_stopping(
    app: Flask, world: World, facilitator: Browser
) -> None:
    address = start(facilitator, world)
    change(app, 1, state="running")
    page = facilitator.post(f"{address}/cancellation", follow=True)
    assert "Stopping" in page.text


def test_cancelling_what_has_ended_says_so(app: Flask, world: World, facilitator: Browser) -> None:
    address = start(facilitator, world)
    change(app, 1, state="done")
    page = facilitator.post(f"{address}/cancellation", follow=True)
    assert "The run had already ended." in page.text
    assert state(app, 1) == "done"


@pytest.mark.parametrize(("error", "words"), [
    ("too_few_texts", "At least ten published ideas are needed."),
    ("worker_died", "The worker stopped three times in the middle of it."),
    ("crashed", "The run stopped because of an error."),
])
def test_a_failure_is_explained_and_can_be_tried_again(
    app: Flask, world: World, facilitator: Browser, error: str, words: str
) -> None:
    address = start(facilitator, world)
    change(app, 1, state="failed", error=error)
    page = facilitator.get(address)
    assert words in page.text
    assert "Try again" in page.text


def test_a_finished_run_leads_to_its_themes(app: Flask, world: World, facilitator: Browser) -> None:
    publish(app, world, demo_ideas()[:20])
    address = start(facilitator, world)
    from citizen.app import handlers

    jobs.run(app, handlers(), 1)
    page = facilitator.get(address)
    assert "20 ideas were read." in page.text
    with app.app_context():
        found = queries.themes(world.programme)
    left = 20 - sum(theme.size for theme in found)
    assert len(found) > 1
    assert f"{len(found)} themes {left} unsorted idea" in page.text
    assert f'href="/en/themes/{world.slug}"' in page.html
    facts = facilitator.get(f"/en/themes/{world.slug}").text
    assert "By whom Fredrik" in facts


def test_too_few_ideas_end_the_run_with_their_own_word(
    app: Flask, world: World
) -> None:
    publish(app, world, demo_ideas()[:9])
    assert find(app, world) == "failed"
    with app.app_context():
        assert session.get_one(Job, 1).error == "too_few_texts"
        assert session.query(AnalysisRun).count() == 0


def test_a_run_of_another_programme_is_not_found(app: Flask, world: World, stranger: Browser) -> None:
    ask(app, world)
    assert stranger.get("/sv/themes/langtborta/runs/1").status == 404


def test_a_cancelled_run_changes_nothing(app: Flask, world: World) -> None:
    from citizen.themes import actions
    from citizen.themes.jobs import find_themes

    publish(app, world, demo_ideas()[:30])
    job_id = ask(app, world)

    def stop(_fraction: float, stage: str) -> None:
        if stage == "graph":
            change(app, job_id, cancel_asked_at=clock.now())

    jobs.run(app, {actions.KIND: find_themes}, job_id, watch=stop)
    assert state(app, job_id) == "cancelled"
    with app.app_context():
        assert session.query(AnalysisRun).count() == 0
