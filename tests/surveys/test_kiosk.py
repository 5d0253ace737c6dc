"""A device on which many people answer: each alone, and nothing of one is left for the next."""

import re
from datetime import timedelta

import pytest
from flask import Flask

from citizen.base import clock
from citizen.base.db import session
from citizen.surveys.models import Attempt, Participation, Submission
from citizen.surveys.rules import Level
from tests.pages import Browser, Page
from tests.surveys.samples import a_survey, load
from tests.surveys.test_answering import ids, page_of
from tests.world import World

WISH = "Ein stige ned i vatnet."


@pytest.fixture
def ref(app: Flask, world: World) -> str:
    """A survey that each answers once."""
    return a_survey(app, world, level=Level.NAMED)


@pytest.fixture
def kiosk(facilitator: Browser, ref: str) -> Browser:
    """A device that a facilitator has left in the library of Elvdal."""
    page = facilitator.post(f"/nn/surveys/{ref}/kiosk", {"municipality": "elvdal"})
    assert page.location == home(ref)
    return facilitator


def home(ref: str) -> str:
    return f"/nn/surveys/{ref}?kiosk=1&municipality=elvdal"


def post(kiosk: Browser, seen: Page, path: str, **values: str) -> Page:
    """A form of the page that is shown: a kiosk shows no other."""
    return kiosk.post(path, {"csrf_token": seen.hidden("csrf_token"), **values})


def to_check(kiosk: Browser, ref: str) -> Page:
    """Answer up to the check, which is shown."""
    known = ids()
    post(kiosk, kiosk.get(home(ref)), f"/nn/surveys/{ref}", municipality="elvdal")
    post(kiosk, kiosk.get(page_of(ref)), page_of(ref), **{known["swims"]: known["swims.yes"]})
    seen = kiosk.get(page_of(ref, 2))
    post(kiosk, seen, page_of(ref, 2), **{f"{known['often']}.text": "12", f"{known['wish']}.text": WISH})
    return kiosk.get(f"/nn/surveys/{ref}/check")


def send(kiosk: Browser, ref: str) -> str:
    """Answer and send; gives the receipt's address."""
    sent = post(kiosk, to_check(kiosk, ref), f"/nn/surveys/{ref}/check")
    assert sent.status == 303
    return sent.location


def links(page: Page) -> set[str]:
    found = re.findall(r'<a [^>]*href="([^"#]+)', page.html)
    return {address.partition("?")[0] for address in found if not address.startswith("/static/")}


def test_no_link_leads_out_of_it(kiosk: Browser, ref: str) -> None:
    starts = {f"/{language}/surveys/{ref}" for language in ("sv", "nb", "nn", "en")}
    beginning = kiosk.get(home(ref))
    assert links(beginning) == starts
    assert 'value="elvdal" checked' in beginning.html
    check = to_check(kiosk, ref)
    changes = {page_of(ref, 1), page_of(ref, 2)}
    checks = {f"{start}/check" for start in starts}
    assert links(check) == changes | checks | {f"/nn/surveys/{ref}"}
    assert links(kiosk.get(page_of(ref, 2))) == {f"/nn/surveys/{ref}"}
    for page in (beginning, check, kiosk.get(page_of(ref))):
        assert 'class="bottom"' not in page.html
        assert page.response.headers["Cache-Control"] == "no-store"


def test_its_pages_watch_over_who_is_there_and_keep_nothing(kiosk: Browser, ref: str) -> None:
    check = to_check(kiosk, ref)
    for page in (kiosk.get(page_of(ref)), kiosk.get(page_of(ref, 2)), check):
        assert "data-kiosk-form data-kept" in page.html
        assert "survey.js" not in page.html
        assert "kept.js" not in page.html
        assert "Start again" in page.text
        assert "Save and leave" not in page.text
    assert 'value="back"' not in kiosk.get(page_of(ref)).html
    assert 'value="back"' in kiosk.get(page_of(ref, 2)).html


def test_the_receipt_is_taken_away_and_tells_nothing_of_the_answer(kiosk: Browser, ref: str) -> None:
    page = kiosk.get(send(kiosk, ref))
    assert "QR code with the link" in page.html
    assert "Done, start again" in page.text
    assert WISH not in page.html
    assert "/correction" not in page.html
    assert links(page) == {f"/nn/surveys/{ref}"} | {
        f"/{language}/surveys/receipt/{page.response.request.path.rsplit('/', 1)[1]}"
        for language in ("sv", "nb", "nn", "en")
    }


def test_the_receipt_taken_away_opens_on_a_phone_of_ones_own(app: Flask, kiosk: Browser, ref: str) -> None:
    page = Browser(app, language="nn").get(send(kiosk, ref))
    assert WISH in page.text


def test_two_people_answer_one_after_the_other_though_each_may_answer_once(
    app: Flask, kiosk: Browser, ref: str
) -> None:
    first = send(kiosk, ref)
    assert "Start survey" in kiosk.get(home(ref)).text
    assert kiosk.get(first).location == home(ref)
    send(kiosk, ref)
    with app.app_context():
        assert [one.channel for one in session.query(Submission)] == ["kiosk", "kiosk"]
        assert session.query(Participation).count() == 0


def test_beginning_anew_forgets_what_was_half_written(app: Flask, kiosk: Browser, ref: str) -> None:
    to_check(kiosk, ref)
    page = kiosk.get(home(ref))
    assert "Start survey" in page.text
    assert "Go on answering" not in page.text
    assert kiosk.get(f"/nn/surveys/{ref}/check").location.endswith(f"/nn/surveys/{ref}")
    with app.app_context():
        # Nobody reads it, and it is deleted with all that is not sent.
        assert session.query(Attempt).count() == 1


@pytest.mark.parametrize("path", ["{ref}/left", "continue", ""])
def test_whatever_else_is_opened_leads_back_to_the_beginning(kiosk: Browser, ref: str, path: str) -> None:
    to_check(kiosk, ref)
    assert kiosk.get(f"/nn/surveys/{path.format(ref=ref)}").location == home(ref)


def test_a_code_to_come_back_with_is_shown_on_no_kiosk(kiosk: Browser, ref: str) -> None:
    post(kiosk, kiosk.get(home(ref)), f"/nn/surveys/{ref}", municipality="elvdal")
    left = post(kiosk, kiosk.get(page_of(ref)), page_of(ref), go="leave")
    assert kiosk.get(left.location).location == home(ref)


def test_sent_twice_it_shows_the_same_receipt_and_no_longer_than_once(kiosk: Browser, ref: str) -> None:
    check = to_check(kiosk, ref)
    first, second = (post(kiosk, check, f"/nn/surveys/{ref}/check") for _ in range(2))
    assert first.location == second.location
    assert kiosk.get(first.location).status == 200
    with clock.stopped_at(clock.now() + timedelta(minutes=6)):
        again = kiosk.get(f"/nn/surveys/{ref}/check")
        assert again.location == first.location
        assert kiosk.get(again.location).location == home(ref)


def test_an_invitation_opened_on_it_is_nobodys(app: Flask, kiosk: Browser, ref: str) -> None:
    kiosk.get(f"/nn/surveys/{ref}?invitation=7K2M9QXT4HRA")
    send(kiosk, ref)
    with app.app_context():
        assert session.query(Submission).one().channel == "kiosk"


def test_a_survey_that_closes_meanwhile_says_so_without_other_links(
    app: Flask, kiosk: Browser, ref: str
) -> None:
    with app.app_context():
        load(ref).closes_on = clock.today() - timedelta(days=1)
        session.commit()
    page = kiosk.get(home(ref))
    assert "This survey closed on" in page.text
    assert "See open surveys" not in page.text
