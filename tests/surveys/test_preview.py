"""A draft is seen and gone through as on a phone, and nothing of it is kept."""

import re
from dataclasses import replace
from typing import Any

from flask import Flask

from citizen.base.db import session
from citizen.surveys.models import Answer, Attempt, Sealed, Submission
from citizen.surveys.rules.document import Kind
from citizen.surveys.rules.editing import put_question
from tests.pages import Browser, Page
from tests.surveys.samples import a_survey, travel
from tests.surveys.test_answering_kinds import everything
from tests.world import World


def step(browser: Browser, ref: str, page: Page, go: str = "next", **answers: Any) -> Page:
    sent = {name: page.hidden(name) for name in ("kept", "place", "in")}
    typed = {name.replace("__", "."): value for name, value in answers.items()}
    return browser.post(f"/sv/surveys/{ref}/test", sent | typed | {"go": go})


def test_every_page_is_seen_in_every_language(app: Flask, world: World, facilitator: Browser) -> None:
    ref = a_survey(app, world, travel(), publish=False)
    last = sum(bool(page.questions) for page in travel()[0].pages)
    for language, title in travel()[1]["title"].items():
        first = facilitator.get(f"/sv/surveys/{ref}/preview?in={language}")
        assert title in first.text
        for number in range(2, last + 1):
            assert facilitator.get(f"/sv/surveys/{ref}/preview?in={language}&page={number}").status == 200
    assert facilitator.get(f"/sv/surveys/{ref}/preview?in=xx&page=nine").status == 200


def test_a_text_that_is_missing_is_seen_in_the_nearest_language(
    app: Flask, world: World, facilitator: Browser
) -> None:
    document, texts = travel()
    del texts["q2.text" if "q2.text" in texts else next(k for k in texts if k.endswith(".text"))]["sv"]
    ref = a_survey(app, world, (document, texts), publish=False)
    page = facilitator.get(f"/nn/surveys/{ref}/preview?in=sv")
    assert '<span lang="nb">Hvordan kommer du deg oftest dit du skal?</span>' in page.html


def test_a_test_goes_the_way_of_the_answers_and_keeps_nothing(
    app: Flask, world: World, facilitator: Browser
) -> None:
    ref = a_survey(app, world, travel(), publish=False)
    by_code = {q.code: q for q in travel()[0].questions}
    travels, wish = by_code["travel"], by_code["bus_wish"]
    bus = next(o.id for o in travels.options if o.code == "bus")
    page = facilitator.get(f"/sv/surveys/{ref}/test?in=nn")
    assert "nothing is kept" in page.text
    wrong = step(facilitator, ref, page)
    assert wrong.status == 422
    assert "Fix these before you go on" in wrong.text
    page = step(facilitator, ref, wrong, **{travels.id: bus, by_code["ease"].id: "4"})
    assert "Bussen" in page.text
    page = step(facilitator, ref, page, **{f"{wish.id}__text": "Oftare om kvelden"})
    back = step(facilitator, ref, page, go="back")
    assert "Oftare om kvelden" in back.html
    swedish = step(facilitator, ref, back, go="in:sv", **{f"{wish.id}__text": "Oftare"})
    assert "Vad tycker du om bussen" in swedish.text
    for _ in range(6):
        page = step(facilitator, ref, page) if 'name="place"' in page.html else page
    assert "What would have been stored" in page.text
    assert "bus_wish" in page.text
    assert "Oftare om kvelden" in page.text
    with app.app_context():
        assert [session.query(t).count() for t in (Attempt, Sealed, Submission, Answer)] == [0, 0, 0, 0]


def test_an_answer_that_is_no_longer_on_the_way_is_told_apart(
    app: Flask, world: World, facilitator: Browser
) -> None:
    ref = a_survey(app, world, publish=False)
    page = facilitator.get(f"/sv/surveys/{ref}/test")
    page = step(facilitator, ref, page, q2="o3")
    page = step(facilitator, ref, page, go="back", q6__text="12", q7__text="Ein stige")
    page = step(facilitator, ref, page, q2="o4")
    assert "No: no longer on the way" in page.text
    assert "Ein stige" in page.text


def test_numbers_out_of_bounds_are_told(app: Flask, world: World, facilitator: Browser) -> None:
    ref = a_survey(app, world, publish=False)
    page = step(facilitator, ref, facilitator.get(f"/sv/surveys/{ref}/test"), q2="o3")
    assert "between 0 and 365" in step(facilitator, ref, page, q6__text="366").text
    unread = step(facilitator, ref, page, q6__text="mange")
    assert unread.status == 422
    assert 'value="mange"' in unread.html
    # What could not be read is still there for whoever goes back and on again.
    back = step(facilitator, ref, step(facilitator, ref, unread, go="back", q6__text="mange"), q2="o3")
    assert 'value="mange"' in back.html
    assert step(facilitator, ref, page, q6__text="1").status == 200


def test_a_test_asks_as_the_survey_does(app: Flask, world: World, facilitator: Browser) -> None:
    document, texts = everything()
    photo = next(q for q in document.questions if q.kind is Kind.PHOTO)
    ref = a_survey(app, world, (put_question(document, replace(photo, required=True)), texts), publish=False)
    page = step(facilitator, ref, facilitator.get(f"/sv/surveys/{ref}/test"), q2__o4="Spark")
    for _ in range(3):
        page = step(facilitator, ref, page)
    point = {"q12__text": "Ved skulen", "latitude": "60.1234", "longitude": "12.3456"}
    removed = step(facilitator, ref, page, point="", **point)
    assert removed.hidden("latitude") == ""
    kept = step(facilitator, ref, removed, go="in:sv", **point)
    assert (kept.hidden("latitude"), kept.hidden("longitude")) == ("60.123", "12.346")
    page = step(facilitator, ref, kept, **point)
    assert "Photos that you choose here are not sent." in page.text
    # It must be answered, and none can be taken in.
    page = step(facilitator, ref, step(facilitator, ref, page, pictures="a.jpg"))
    assert "Varför Spark?" in page.text
    assert "Ved skulen 60,123, 12,346" in step(facilitator, ref, page).text


def test_a_preview_is_made_of_what_respondents_get(
    app: Flask, world: World, facilitator: Browser, browser: Browser
) -> None:
    ref = a_survey(app, world)
    browser.post(f"/nn/surveys/{ref}", {"municipality": "elvdal"})
    asked = fieldsets(browser.get(f"/nn/surveys/{ref}/answer/p1"))
    assert asked
    assert fieldsets(facilitator.get(f"/nn/surveys/{ref}/preview?in=nn")) == asked
    assert fieldsets(facilitator.get(f"/nn/surveys/{ref}/test?in=nn")) == asked


def fieldsets(page: Page) -> list[str]:
    return re.findall(r"<fieldset.*?</fieldset>", page.html, re.DOTALL)


def test_answers_that_have_been_tampered_with_are_refused(
    app: Flask, world: World, facilitator: Browser
) -> None:
    ref = a_survey(app, world, publish=False)
    sent = {"kept": "forged", "place": "1", "in": "nn", "go": "next"}
    assert facilitator.post(f"/sv/surveys/{ref}/test", sent).status == 400


def test_a_draft_that_asks_nothing_says_so(app: Flask, world: World, facilitator: Browser) -> None:
    document, texts = travel()
    ref = a_survey(app, world, (type(document)(("nn",)), {"title": texts["title"]}), publish=False)
    assert "Nothing is asked yet" in facilitator.get(f"/sv/surveys/{ref}/preview").text
    assert "Nothing is asked yet" in facilitator.get(f"/sv/surveys/{ref}/test").text
