"""A reader asks for something published to be looked at."""

import pytest
from flask import Flask

from citizen.base.db import session
from citizen.ideas.models import Report
from tests.factories import an_idea
from tests.ideas.test_voices import a_line
from tests.pages import Browser
from tests.world import World


def path(ref: str, slug: str = "granslandet") -> str:
    return f"/en/ideas/{slug}/{ref}/report"


def stored(app: Flask) -> list[tuple[str, str | None]]:
    with app.app_context():
        return [(row.reason, row.words) for row in session.query(Report).order_by(Report.id)]


def test_a_report_is_kept_with_its_reason_and_nothing_happens_by_itself(
    app: Flask, browser: Browser, world: World
) -> None:
    ref = an_idea(app, world, title="Om naboen", state="published")
    assert path(ref) in browser.get(f"/en/ideas/{world.slug}/{ref}").html
    page = browser.get(path(ref))
    assert "Om naboen" in page.text
    assert "Contains personal data" in page.text
    assert "Fault report" not in page.text
    told = {"reason": "personal_data", "words": "Namnet mitt står der."}
    answer = browser.post(path(ref), told, follow=True)
    assert "Thank you. The municipality reads your report and decides" in answer.text
    assert "Om naboen" in answer.text
    assert stored(app) == [("personal_data", "Namnet mitt står der.")]


def test_a_browser_reports_an_idea_once_and_the_first_report_stands(
    app: Flask, browser: Browser, world: World
) -> None:
    ref = an_idea(app, world, state="published")
    browser.post(path(ref), {"reason": "hate", "words": "Les andre linja."})
    assert browser.post(path(ref), {"reason": "advert"}).status == 303
    assert stored(app) == [("hate", "Les andre linja.")]
    Browser(app).post(path(ref), {"reason": "advert"})
    assert stored(app) == [("hate", "Les andre linja."), ("advert", None)]


@pytest.mark.parametrize("values", [
    {}, {"reason": ""}, {"reason": "boring"}, {"reason": "fault_report"},
    {"reason": "hate", "words": "x" * 1001}, {"reason": "hate", "words": "x" * 10_000},
])
def test_a_report_that_cannot_be_taken_keeps_its_words(
    app: Flask, browser: Browser, world: World, values: dict[str, str]
) -> None:
    ref = an_idea(app, world, state="published")
    page = browser.post(path(ref), {"words": "<b>Sjå her</b>", **values})
    assert page.status == 422
    assert page.title.startswith("Error:")
    assert values.get("words", "&lt;b&gt;Sjå her&lt;/b&gt;") in page.html
    assert stored(app) == []


def test_a_lost_token_costs_nobody_their_words(app: Flask, browser: Browser, world: World) -> None:
    ref = an_idea(app, world, state="published")
    page = browser.post(path(ref), {"reason": "threat", "words": "Sjå siste linja."}, token=False)
    assert page.status == 422
    assert "Sjå siste linja." in page.html
    assert 'value="threat" checked' in page.html
    assert stored(app) == []


@pytest.mark.parametrize("state", ["submitted", "returned", "rejected"])
def test_what_is_not_published_cannot_be_reported(
    app: Flask, browser: Browser, world: World, state: str
) -> None:
    ref = an_idea(app, world, state=state)
    for address in (path(ref), path("I-00000000"), path("V-00000000")):
        assert browser.get(address).status == 404
        assert browser.post(address, {"reason": "hate"}).status == 404
    assert stored(app) == []


def test_an_idea_is_reported_under_its_own_programme_only(app: Flask, browser: Browser, world: World) -> None:
    ref = an_idea(app, world, state="published")
    assert browser.get(path(ref, "langtborta")).status == 404


def test_a_line_under_an_idea_can_be_reported_too(app: Flask, browser: Browser, world: World) -> None:
    ref = an_idea(app, world, title="Benk i parken", state="published")
    line = a_line(app, world, ref, "Kjøp benkar hos meg!")
    assert path(line) in browser.get(f"/en/ideas/{world.slug}/{ref}").html
    assert "Kjøp benkar hos meg!" in browser.get(path(line)).text
    answer = browser.post(path(line), {"reason": "advert"})
    assert answer.location == f"/en/ideas/{world.slug}/{ref}"
    with app.app_context():
        assert session.query(Report).one().contribution_id != 1
