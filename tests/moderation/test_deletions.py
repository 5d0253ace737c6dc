"""Requests for deletion: seen by those who answer for the idea, answered once, told to the author."""

import pytest
from flask import Flask

from citizen.base.audit import AuditRow
from citizen.base.db import session
from citizen.base.outbox import Mail
from citizen.contributions import actions as contributions
from tests.factories import an_idea, load
from tests.ideas.test_receipt import code_of
from tests.pages import Browser
from tests.world import World

ANSWER = "Namnet er teke bort. Resten må vi ta vare på."


@pytest.fixture
def asked(app: Flask, world: World) -> tuple[str, int]:
    """The reference of an idea and the number of the request about it."""
    ref = an_idea(app, world, title="Gatelys ved brua", state="published")
    with app.app_context():
        request = contributions.ask_deletion(load(ref), "Namnet mitt står der.")
        session.commit()
        return ref, request.id


def test_the_queue_and_the_item_tell_the_moderator(
    app: Flask, world: World, moderator: Browser, asked: tuple[str, int]
) -> None:
    ref, number = asked
    for path in ("/en/moderation/", f"/en/moderation/{ref}", "/en/moderation/deletions"):
        assert f"/en/moderation/deletions/{number}" in moderator.get(path).html
    page = moderator.get(f"/en/moderation/deletions/{number}")
    assert "Namnet mitt står der." in page.text
    assert "Gatelys ved brua" in page.text


def test_an_administrator_finds_them_too(
    world: World, administrator: Browser, asked: tuple[str, int]
) -> None:
    assert "/en/moderation/deletions" in administrator.get("/en/accounts/people").html
    assert "Gatelys ved brua" in administrator.get("/en/moderation/deletions").text
    page = administrator.get(f"/en/moderation/deletions/{asked[1]}")
    assert page.status == 200
    assert f'href="/en/moderation/{asked[0]}"' not in page.html


def test_the_answer_stands_on_the_receipt_and_the_request_is_handled(
    app: Flask, world: World, moderator: Browser, browser: Browser, asked: tuple[str, int]
) -> None:
    ref, number = asked
    page = moderator.post(f"/en/moderation/deletions/{number}", {"answer": ANSWER}, follow=True)
    assert "No request waits" in page.text
    assert ANSWER in browser.get(f"/nn/receipt/{code_of(app, ref)}").text
    assert "been answered" in moderator.get(f"/en/moderation/{ref}").text
    with app.app_context():
        assert load(ref).visibility == "published"
        row = session.query(AuditRow).filter_by(action="moderation.answer_deletion").one()
        assert (row.subject, row.actor_id) == (ref, world.moderator)
        assert ANSWER not in str(row.details)


def test_an_author_with_an_address_hears_it_by_mail(
    app: Flask, world: World, moderator: Browser, asked: tuple[str, int]
) -> None:
    ref, number = asked
    with app.app_context():
        contributions.leave_contact(load(ref), "kari@example.org", "nb")
        session.commit()
    moderator.post(f"/en/moderation/deletions/{number}", {"answer": ANSWER})
    with app.app_context():
        mail = session.query(Mail).one()
        assert (mail.receiver, mail.language) == ("kari@example.org", "nb")
        assert ANSWER in mail.body
        assert mail.stop_url is not None


def test_a_second_answer_overwrites_nothing(
    app: Flask, world: World, moderator: Browser, other_moderator: Browser, asked: tuple[str, int]
) -> None:
    path = f"/en/moderation/deletions/{asked[1]}"
    moderator.post(path, {"answer": ANSWER})
    assert other_moderator.post(path, {"answer": "Noko anna."}).status == 409
    assert ANSWER in moderator.get(path).text


@pytest.mark.parametrize("answer", ["", "   ", "x" * 2001])
def test_an_answer_that_says_nothing_or_too_much_is_told(
    world: World, moderator: Browser, asked: tuple[str, int], answer: str
) -> None:
    page = moderator.post(f"/en/moderation/deletions/{asked[1]}", {"answer": answer})
    assert page.status == 422
    assert 'id="answer-error"' in page.html


def test_others_neither_see_nor_answer_them(
    world: World, stranger: Browser, facilitator: Browser, browser: Browser, asked: tuple[str, int]
) -> None:
    path = f"/en/moderation/deletions/{asked[1]}"
    assert "Gatelys" not in stranger.get("/en/moderation/deletions").text
    assert "Gatelys" not in stranger.get("/en/moderation/").text
    assert (stranger.get(path).status, stranger.post(path, {"answer": ANSWER}).status) == (404, 404)
    assert (facilitator.get(path).status, facilitator.post(path, {"answer": ANSWER}).status) == (403, 403)
    assert (browser.get(path).status, browser.post(path, {"answer": ANSWER}).status) == (302, 401)


@pytest.mark.parametrize("number", ["0", "999999", "x"])
def test_a_request_that_is_not_there_is_not_found(world: World, moderator: Browser, number: str) -> None:
    assert moderator.get(f"/en/moderation/deletions/{number}").status == 404
    assert moderator.post(f"/en/moderation/deletions/{number}", {"answer": ANSWER}).status in (404, 405)


def test_a_number_that_no_request_can_have_is_not_found(moderator: Browser) -> None:
    number = "9" * 20
    assert moderator.get(f"/en/moderation/deletions/{number}").status == 404
    assert moderator.post(f"/en/moderation/deletions/{number}", {"answer": ANSWER}).status in (404, 405)
    assert moderator.post(f"/en/moderation/views/{number}/removal").status in (404, 405)
