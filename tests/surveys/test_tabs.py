"""Every page of one survey leads editors to the others, and residents are led to what people answered."""

import re

import pytest
from flask import Flask

from citizen.base.db import session
from citizen.surveys import actions
from tests.pages import Browser, Page
from tests.surveys.samples import a_survey, answered, load
from tests.surveys.test_answering_receipts import sent
from tests.surveys.test_results import WISH, YES
from tests.world import World

OF_DRAFTS = ["desk", "edit", "preview", "translation", "publication", "people", "xlsform"]
PAGES = {
    "desk": "desk", "edit": "edit", "edit/q2": "edit", "edit/page/p1": "edit", "preview": "preview",
    "test": "preview", "translation": "translation", "translation/import": "translation",
    "publication": "publication", "people": "people", "people/invited": "people", "people/reminder": "people",
    "closing": "people", "links": "people", "paper": "people", "paper/1": "people", "kiosk": "people",
    "figures": "figures", f"figures/{WISH.id}": "figures", "export": "export", "xlsform": "xlsform",
}


def tabs(page: Page, ref: str) -> tuple[list[str], list[str]]:
    """The pages that the tabs lead to, and those marked as where one is."""
    found = re.search(r'<nav class="tabs[^>]* aria-label="This survey">(.*?)</nav>', page.html, re.DOTALL)
    links = re.findall(rf'href="/sv/surveys/{ref}/(\w+)"([^>]*)>', found[1] if found else "")
    return [name for name, _more in links], [name for name, more in links if "aria-current" in more]


@pytest.mark.parametrize("path", PAGES)
def test_every_page_of_a_survey_has_tabs_that_say_where_one_is(
    app: Flask, world: World, facilitator: Browser, path: str
) -> None:
    ref = a_survey(app, world)
    page = facilitator.get(f"/sv/surveys/{ref}/{path}")
    assert page.status == 200
    assert tabs(page, ref) == ([*OF_DRAFTS[:-1], "figures", "export", "xlsform"], [PAGES[path]])


def test_a_draft_has_no_tabs_for_answers(app: Flask, world: World, facilitator: Browser) -> None:
    ref = a_survey(app, world, publish=False)
    assert tabs(facilitator.get(f"/sv/surveys/{ref}/links"), ref) == (OF_DRAFTS, ["people"])


def test_moderators_have_only_the_pages_that_are_theirs(
    app: Flask, world: World, moderator: Browser
) -> None:
    ref = a_survey(app, world)
    assert tabs(moderator.get(f"/sv/surveys/{ref}/paper"), ref) == ([], [])


def test_the_desk_leads_to_the_library_and_to_files_of_other_tools(facilitator: Browser) -> None:
    page = facilitator.get("/sv/surveys/desk")
    assert 'href="/sv/surveys/desk/library"' in page.html
    assert 'href="/sv/surveys/xlsform"' in page.html


def test_whoever_has_answered_is_led_to_what_people_answered(
    app: Flask, world: World, browser: Browser
) -> None:
    told, not_told = a_survey(app, world, results="live"), a_survey(app, world, results="afterwards")
    receipt = sent(browser, told)
    assert f'href="/nn/surveys/{told}/results"' in browser.get(receipt).html
    listed = browser.get("/nn/surveys/").html
    assert f'href="/nn/surveys/{told}/results"' in listed
    assert f'href="/nn/surveys/{not_told}/results"' not in listed


@pytest.mark.parametrize(("results", "is_told"), [("afterwards", True), ("live", True), ("never", False)])
def test_a_survey_that_has_closed_leads_to_its_results(
    app: Flask, world: World, browser: Browser, results: str, is_told: bool
) -> None:
    ref = a_survey(app, world, results=results)
    answered(app, world, ref, YES)
    with app.app_context():
        actions.close(load(ref), None)
        session.commit()
    for path in (f"surveys/{ref}", "surveys/"):
        assert (f'href="/nn/surveys/{ref}/results"' in browser.get(f"/nn/{path}").html) is is_told
