"""Links that work once."""

import threading
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from citizen.accounts import actions
from citizen.accounts.models import OneTimeLink, User
from citizen.base import clock
from citizen.base.db import session
from tests.accounts.people import (
    PASSWORD,
    a_link,
    audited,
    is_in,
    link_in,
    mails,
    path_of,
    sign_in,
    somebody,
    with_password,
)
from tests.pages import Browser
from tests.world import World


def test_looking_at_a_link_does_not_use_it_up(app: Flask, world: World, browser: Browser) -> None:
    path = a_link(app, world.moderator, "sign_in")
    for _ in range(3):
        assert browser.get(path).status == 200
    assert not is_in(browser)
    assert browser.post(path).status == 303
    assert is_in(browser)


def test_a_link_works_once(app: Flask, world: World, browser: Browser) -> None:
    path = a_link(app, world.moderator, "sign_in")
    assert browser.post(path).location == path_of(app, "moderation.index", "nn")
    again = Browser(app)
    assert again.get(path).status == 410
    assert again.post(path).status == 410
    assert not is_in(again)


@pytest.mark.parametrize(("purpose", "lasts"), [
    ("invitation", timedelta(days=7)), ("reset", timedelta(hours=2)), ("sign_in", timedelta(hours=24)),
])
def test_a_link_gets_too_old(
    app: Flask, world: World, browser: Browser, monkeypatch: pytest.MonkeyPatch,
    purpose: str, lasts: timedelta,
) -> None:
    path, now = a_link(app, world.moderator, purpose), clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + lasts - timedelta(minutes=1))
    assert browser.get(path).status == 200
    monkeypatch.setattr(clock, "now", lambda: now + lasts + timedelta(minutes=1))
    assert browser.get(path).status == 410
    page = browser.post(path, {"password": PASSWORD})
    assert page.status == 410
    assert "Ask for a new link" in page.text


def test_an_invented_link_is_not_found(browser: Browser, world: World) -> None:
    assert browser.get("/sv/accounts/link/nothing").status == 404
    assert browser.post("/sv/accounts/link/nothing").status == 404


def test_no_token_is_stored(app: Flask, world: World) -> None:
    token = a_link(app, world.moderator, "sign_in").rpartition("/")[2]
    with app.app_context():
        assert token not in session.scalars(select(OneTimeLink.digest)).all()


def test_a_link_of_somebody_deactivated_does_not_work(app: Flask, world: World, browser: Browser) -> None:
    path = a_link(app, world.moderator, "sign_in")
    with app.app_context():
        session.get_one(User, world.moderator).active = False
        session.commit()
    assert browser.get(path).status == browser.post(path).status == 410


def test_an_invitation_leads_to_a_password_and_in(app: Flask, world: World, browser: Browser) -> None:
    path = a_link(app, world.moderator, "invitation")
    assert "maja@example.org" in browser.get(path).text
    assert browser.post(path, {"password": PASSWORD}).status == 303
    assert is_in(browser)
    assert sign_in(Browser(app), "maja@example.org").status == 303
    assert audited(app, "accounts.password") == [(world.moderator, f"user:{world.moderator}")]


@pytest.mark.parametrize(("password", "sentence"), [
    ("", "Choose a password"), ("kort", "at least 12 characters"), ("Password1234", "Many people use"),
    ("maja@example.org", "not your name"), ("x" * 201 + "abcdef", "200 characters or fewer"),
])
def test_a_weak_password_does_not_use_the_link_up(
    app: Flask, world: World, browser: Browser, password: str, sentence: str
) -> None:
    path = a_link(app, world.moderator, "invitation")
    page = browser.post(path, {"password": password})
    assert page.status == 422
    assert sentence in page.text
    assert browser.post(path, {"password": PASSWORD}).status == 303


def test_a_reset_signs_out_everywhere_else_and_voids_other_links(
    app: Flask, world: World, browser: Browser, moderator: Browser
) -> None:
    other = a_link(app, world.moderator, "invitation")
    anothers = a_link(app, world.facilitator, "sign_in")
    assert is_in(moderator)
    assert browser.post(a_link(app, world.moderator, "reset"), {"password": PASSWORD}).status == 303
    assert not is_in(moderator)
    assert is_in(browser)
    assert browser.get(other).status == 410
    assert browser.get(anothers).status == 200


def test_opening_a_link_leaves_nothing_of_who_was_there_before(
    app: Flask, world: World, facilitator: Browser
) -> None:
    facilitator.post(a_link(app, world.moderator, "sign_in"))
    assert "maja@example.org" in facilitator.get("/sv/accounts/me").text


def test_of_two_who_use_a_link_at_once_one_gets_in(app: Flask, world: World) -> None:
    path = a_link(app, world.moderator, "sign_in")
    browsers = [Browser(app), Browser(app)]
    tokens = [b.get("/sv/receipt").hidden("csrf_token") for b in browsers]
    both = threading.Barrier(2)
    answers: list[int] = []

    def use(browser: Browser, token: str) -> None:
        both.wait()
        answers.append(browser.post(path, {"csrf_token": token}).status)

    threads = [threading.Thread(target=use, args=pair) for pair in zip(browsers, tokens, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [303, 410]


# ---- forgotten


def test_a_forgotten_password_is_mailed_a_link_in_ones_own_language(
    app: Flask, world: World, browser: Browser
) -> None:
    somebody(app, "kari", (world.norwegian, "moderator"))
    assert browser.post("/sv/accounts/forgotten", {"email": "Kari@Example.org"}).status == 303
    [(language, _subject, body)] = mails(app, "kari@example.org")
    assert language == "nn"
    assert link_in(body).startswith("/nn/")
    assert browser.post(link_in(body), {"password": PASSWORD}).status == 303
    assert is_in(browser)


def test_the_answer_is_the_same_for_an_address_that_nobody_has(
    app: Flask, world: World, browser: Browser
) -> None:
    known = browser.post("/sv/accounts/forgotten", {"email": "maja@example.org"}, follow=True)
    unknown = browser.post("/sv/accounts/forgotten", {"email": "ingen@example.org"}, follow=True)
    assert known.status == unknown.status == 200
    assert known.text == unknown.text
    assert mails(app, "ingen@example.org") == []


def test_nothing_is_mailed_to_whoever_is_deactivated(app: Flask, world: World, browser: Browser) -> None:
    with app.app_context():
        session.get_one(User, world.moderator).active = False
        session.commit()
    browser.post("/sv/accounts/forgotten", {"email": "maja@example.org"})
    assert mails(app, "maja@example.org") == []


def test_what_is_no_address_is_pointed_out(browser: Browser, world: World) -> None:
    page = browser.post("/sv/accounts/forgotten", {"email": "maja"})
    assert page.status == 422
    assert 'value="maja"' in page.html


def test_nobody_is_flooded_with_links(app: Flask, world: World) -> None:
    answers = [
        Browser(app).post("/sv/accounts/forgotten", {"email": "maja@example.org"},
                          environ_base={"REMOTE_ADDR": f"203.0.113.{number}"}).status
        for number in range(11)
    ]
    assert answers == [303] * 10 + [429]
    assert len(mails(app, "maja@example.org")) == 10


def test_choosing_a_password_takes_back_links_not_yet_mailed(
    app: Flask, world: World, browser: Browser
) -> None:
    browser.post("/sv/accounts/forgotten", {"email": "maja@example.org"})
    [(_language, _subject, body)] = mails(app, "maja@example.org")
    browser.post(link_in(body), {"password": PASSWORD})
    assert mails(app, "maja@example.org") == []


def test_expired_links_are_cleared_away(app: Flask, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    a_link(app, world.moderator, "reset")
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(hours=3))
    a_link(app, world.moderator, "reset")
    with app.app_context():
        assert len(session.scalars(select(OneTimeLink.id)).all()) == 1


def test_a_whole_address_can_be_made_without_a_page(app: Flask) -> None:
    with app.app_context():
        assert actions.link_address("abc", "nb") == "http://127.0.0.1:5000/nb/accounts/link/abc"


def test_a_person_with_a_password_may_use_a_reset_from_the_command_line(
    app: Flask, world: World, browser: Browser
) -> None:
    with_password(app, world.moderator, "den gamle som er glemt")
    browser.post(a_link(app, world.moderator, "reset"), {"password": PASSWORD})
    assert sign_in(Browser(app), "maja@example.org", "den gamle som er glemt").status == 422
    assert sign_in(Browser(app), "maja@example.org").status == 303
