"""What is wrong stands where it is, in words, beside what has to be looked at."""

import re
from typing import Any

import pytest
from flask import Flask

from citizen.surveys.rules.outline import from_outline
from tests.pages import Browser
from tests.surveys.samples import a_survey
from tests.world import World


def both(text: str) -> dict[str, str]:
    return {"nn": text, "sv": text}


def judged() -> Any:
    """A required matrix of two rows, a required ranking, and two texts that everybody reads."""
    options = [{"name": name, "text": both(name)} for name in ("bra", "ok")]
    rows = [{"name": name, "text": both(name)} for name in ("pris", "tid")]
    return from_outline({"languages": ["nn", "sv"], "title": both("Bussen"), "pages": [
        {"questions": [{"name": "grid", "kind": "matrix", "required": True, "text": both("Bussen"),
                        "rows": rows, "options": options}]},
        {"questions": [{"name": "first", "kind": "ranking", "required": True, "text": both("Først"),
                        "options": options}]},
        {"questions": [{"name": name, "kind": "long", "contributes": True, "text": both(name)}
                       for name in ("ynske", "ros")]},
    ]})


@pytest.fixture
def begun(app: Flask, world: World) -> tuple[Browser, list[str], dict[str, str]]:
    """Somebody who has begun, the addresses of the pages, and the ids of questions and rows by code."""
    made = judged()
    ref = a_survey(app, world, made)
    browser = Browser(app, language="nn")
    browser.post(f"/nn/surveys/{ref}", {"municipality": "elvdal"})
    pages = [f"/nn/surveys/{ref}/answer/{page.id}" for page in made[0].pages]
    ids = {one.code: one.id for q in made[0].questions for one in (q, *q.rows, *q.options)}
    return browser, [*pages, f"/nn/surveys/{ref}/check"], ids


def part(html: str, place: str, until: str) -> str:
    """A page from where an id stands to the end of its part."""
    return html.partition(f'id="{place}"')[2].partition(until)[0]


def test_the_row_that_lacks_an_answer_says_so_itself(begun: Any) -> None:
    browser, pages, ids = begun
    answered, lacking = f"{ids['grid']}-{ids['pris']}", f"{ids['grid']}-{ids['tid']}"
    assert "Choose one option" not in browser.get(pages[0]).text
    html = browser.post(pages[0], {f"{ids['grid']}.{ids['pris']}": ids["bra"]}).html
    assert f'aria-describedby="{lacking}-error"' in part(html, lacking, ">")
    assert ">Choose one option<" in part(html, f"{lacking}-error", "/p>")
    assert "aria-describedby" not in part(html, answered, ">")
    assert "Choose one option" not in part(html, answered, "</fieldset>")


def test_how_to_rank_is_told_whether_it_must_be_answered_or_not(begun: Any) -> None:
    browser, pages, ids = begun
    html = browser.get(pages[1]).html
    hint = re.findall(r'aria-describedby="([^"]+)"', part(html, ids["first"], ">"))
    assert "You need not fill every place." in part(html, hint[0], "</p>")
    assert browser.post(pages[1], {f"{ids['first']}.1": ids["bra"]}).status == 303


def test_the_answer_with_contact_details_is_the_one_that_is_marked(begun: Any) -> None:
    browser, pages, ids = begun
    browser.post(pages[0], {f"{ids['grid']}.{ids[row]}": ids["bra"] for row in ("pris", "tid")})
    browser.post(pages[1], {f"{ids['first']}.1": ids["bra"]})
    browser.post(pages[2], {f"{ids['ynske']}.text": "Ring 912 34 567.", f"{ids['ros']}.text": "Fint!"})
    html = browser.get(pages[3]).html
    assert "contact details" in part(html, f"a-{ids['ynske']}", "</dd>")
    assert "contact details" not in part(html, f"a-{ids['ros']}", "</dd>")


def test_a_code_typed_in_the_wrong_place_is_shown_the_way(browser: Browser) -> None:
    for here, there in (("/nn/receipt", "/nn/surveys/continue"), ("/nn/surveys/continue", "/nn/receipt")):
        refused = browser.post(here, {"code": "7K2M-9QXT-4HRA"})
        assert refused.status == 422
        assert f'class="tap" href="{there}"' in refused.html
