"""Every form a resident writes in asks its author first, loses no text, and stops an identity number."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from html import unescape

import pytest
from flask import Flask

from citizen.base.db import session
from citizen.contributions import actions as contributions
from citizen.surveys.rules.document import Document, Texts
from citizen.surveys.rules.outline import from_outline
from tests.factories import an_idea, load
from tests.ideas.test_receipt import code_of
from tests.pages import Browser, Page
from tests.photos import a_photo
from tests.photos import sent as sent_with_photos
from tests.surveys.samples import a_survey
from tests.surveys.test_answering import ids, page_of, through
from tests.world import World

MOBILE, NUMBER = "070-123 45 67", "811228-9874"
QUESTION = "The text seems to contain contact details or a private number."
LOOKS = f"“{MOBILE}” looks like a telephone number."
STOPPED = "The text seems to contain a national identity number. Remove it."


@dataclass(frozen=True)
class Case:
    """A form: where it is sent, the field that is written in, and what else it needs."""

    path: str
    field: str
    more: dict[str, str]
    is_shown: bool


def _idea(app: Flask, world: World) -> Case:
    more = {"title": "Lys", "municipality": "granby", "written_in": "sv"}
    return Case(f"/sv/ideas/{world.slug}/new", "body", more, True)


def _correction(app: Flask, world: World) -> Case:
    ref = an_idea(app, world, state="returned")
    return Case(f"/nn/receipt/{code_of(app, ref)}", "body", {"title": "Lys", "place": ""}, True)


def _line(app: Flask, world: World) -> Case:
    ref = an_idea(app, world, state="published")
    return Case(f"/nn/ideas/{world.slug}/{ref}/voice", "line", {}, True)


def _line_in_place(app: Flask, world: World) -> Case:
    case = _line(app, world)
    return Case(case.path, case.field, {"in_place": "1"}, True)


def _report(app: Flask, world: World) -> Case:
    ref = an_idea(app, world, state="published")
    return Case(f"/nn/ideas/{world.slug}/{ref}/report", "words", {"reason": "attack"}, False)


def _deletion(app: Flask, world: World) -> Case:
    return Case(f"/nn/receipt/{code_of(app, an_idea(app, world))}/deletion", "words", {}, False)


def _appeal(app: Flask, world: World) -> Case:
    ref = an_idea(app, world, state="rejected")
    return Case(f"/nn/receipt/{code_of(app, ref)}/appeal", "words", {}, False)


def _revision(app: Flask, world: World) -> Case:
    ref = an_idea(app, world, title="Lys", body="Ring 22 22 22 22.", state="published")
    with app.app_context():
        found = load(ref)
        contributions.redact(
            found, contributions.Redacted(1, "Lys", "Ring.", None, [], {"body": [[4, 16]]}),
            user_id=world.moderator, reason="personal_data", expected_version=found.version,
        )
        session.commit()
    return Case(f"/nn/receipt/{code_of(app, ref)}/revision", "body", {"title": "Lys", "place": ""}, True)


def _feedback(app: Flask, world: World) -> Case:
    return Case("/sv/statements/granby/accessibility/feedback", "body", {"page": "", "email": ""}, False)


FORMS = [_idea, _correction, _line, _line_in_place, _report, _deletion, _appeal, _revision, _feedback]


@pytest.fixture(params=FORMS, ids=lambda made: made.__name__.strip("_"))
def case(request: pytest.FixtureRequest, app: Flask, world: World) -> Case:
    made: Callable[[Flask, World], Case] = request.param
    return made(app, world)


def write(browser: Browser, case: Case, text: str, **more: str) -> Page:
    values = {**case.more, case.field: text, **more}
    if "in_place" not in case.more:
        return browser.post(case.path, values)
    # A piece of a page is answered, which is no page of its own.
    token = browser.get("/nn/receipt").hidden("csrf_token")
    return Page(browser.client.post(case.path, data={"csrf_token": token, **values}))


def test_what_looks_private_is_asked_about_in_place_and_nothing_is_lost(browser: Browser, case: Case) -> None:
    text = f"Ring meg på {MOBILE} om dette."
    page = write(browser, case, text)
    assert page.status == 422
    assert LOOKS in page.text
    assert QUESTION in page.text
    assert ("Everyone will see it." in page.text) is case.is_shown
    assert text in unescape(page.html)
    assert 'name="checked"' in page.html


def test_its_author_may_send_it_as_it_is(browser: Browser, case: Case) -> None:
    assert write(browser, case, f"Ring meg på {MOBILE} om dette.", checked="1").status in (200, 303)


def test_an_identity_number_is_stopped_whatever_is_ticked(browser: Browser, case: Case) -> None:
    page = write(browser, case, f"Eg er {NUMBER} her.", checked="1")
    assert page.status == 422
    assert STOPPED in page.text
    assert NUMBER in page.html


def test_nothing_is_asked_where_nothing_looks_private(browser: Browser, case: Case) -> None:
    assert write(browser, case, "Her er det mørkt om kvelden.").status in (200, 303)


def test_no_form_shows_the_box_before_there_is_something_to_ask(
    app: Flask, world: World, browser: Browser
) -> None:
    for made in (_correction, _report, _deletion, _feedback):
        assert 'name="checked"' not in browser.get(made(app, world).path).html


def test_what_was_found_stands_in_no_log(
    browser: Browser, case: Case, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    write(browser, case, f"Ring {MOBILE}, eg er {NUMBER}.")
    assert MOBILE not in caplog.text
    assert NUMBER not in caplog.text


@pytest.mark.parametrize(("alt", "said"), [(f"Lapp med {MOBILE}", LOOKS), (f"Kort med {NUMBER}", STOPPED)])
def test_the_description_of_a_photo_is_looked_at_too(
    browser: Browser, world: World, alt: str, said: str
) -> None:
    values = {"title": "Lys", "body": "Her är det mörkt.", "municipality": "granby", "written_in": "sv",
              "picture_alt": alt}
    page = sent_with_photos(browser, f"/sv/ideas/{world.slug}/new", values, [(a_photo(), "a.jpg")])
    assert page.status == 422
    assert said in page.text
    assert alt in page.html


def test_staff_who_type_a_note_are_not_asked_but_stopped(world: World, facilitator: Browser) -> None:
    note = {"title": "", "source": "paper", "municipality": "elvdal", "written_in": "nn"}
    path = f"/nn/ideas/{world.slug}/notes"
    assert facilitator.post(path, {**note, "body": f"Ring meg på {MOBILE}."}).status == 303
    assert facilitator.post(path, {**note, "body": f"Eg er {NUMBER} her."}).status == 422


def test_an_answer_that_is_not_published_is_asked_about_too(app: Flask, world: World) -> None:
    resident = Browser(app, language="nn")
    ref = a_survey(app, world, own_words())
    known = ids(own_words)
    resident.post(f"/nn/surveys/{ref}", {"municipality": "elvdal"})
    resident.post(page_of(ref, 1, own_words), {f"{known['why']}.text": f"Ring {MOBILE} og spør."})
    check = f"/nn/surveys/{ref}/check"
    refused = resident.post(check)
    assert refused.status == 422
    assert LOOKS in refused.text
    assert "which may tell who you are" in refused.text
    assert "Everyone will see it." not in refused.text
    assert resident.post(check, {"checked": "1"}).status == 303


def test_an_answer_that_is_published_is_told_so(app: Flask, world: World) -> None:
    resident = Browser(app, language="nn")
    refused = resident.post(through(resident, a_survey(app, world), wish=f"Ring {MOBILE} om stigen."))
    assert refused.status == 422
    assert LOOKS in refused.text
    assert "Everyone will see it." in refused.text


def own_words() -> tuple[Document, Texts]:
    """A survey of one question in own words, which are not published."""
    return from_outline({
        "languages": ["nn"], "title": {"nn": "Bading"},
        "pages": [{"questions": [{"name": "why", "kind": "long", "most": 500, "text": {"nn": "Kvifor?"}}]}],
    })
