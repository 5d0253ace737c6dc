"""Through the front door and out again."""

import pytest
from argon2 import PasswordHasher
from flask import Flask

from citizen.accounts.actions import passwords
from citizen.accounts.models import User
from citizen.base.db import session
from tests.accounts.people import PASSWORD, audited, is_in, path_of, sign_in, somebody, with_password
from tests.pages import Browser
from tests.world import World


@pytest.fixture
def maja(app: Flask, world: World) -> str:
    return with_password(app, world.moderator)


def test_the_right_password_opens_the_door(app: Flask, world: World, browser: Browser, maja: str) -> None:
    page = sign_in(browser, maja)
    assert page.status == 303
    assert page.location == path_of(app, "moderation.index")
    assert is_in(browser)
    assert audited(app, "accounts.sign_in") == [(world.moderator, f"user:{world.moderator}")]


def test_the_address_may_be_typed_in_any_case(browser: Browser, maja: str) -> None:
    assert sign_in(browser, f"  {maja.upper()} ").status == 303


def test_each_role_begins_at_its_own_desk(app: Flask, world: World) -> None:
    for user_id, desk in ((world.facilitator, "themes.programmes"), (world.administrator, "accounts.people"),
                          (somebody(app, "ny"), "accounts.me")):
        assert sign_in(Browser(app), with_password(app, user_id)).location == path_of(app, desk)


def test_whoever_was_going_somewhere_gets_there(browser: Browser, maja: str) -> None:
    sent_away = browser.get("/nn/accounts/me")
    assert sent_away.location == "/nn/accounts/sign-in?next=/nn/accounts/me"
    wanted = browser.get(sent_away.location).hidden("next")
    assert sign_in(browser, maja, next=wanted).location == "/nn/accounts/me"


@pytest.mark.parametrize("address", ["https://evil.example/", "//evil.example", "/\\evil.example"])
def test_nobody_is_sent_to_another_host(app: Flask, browser: Browser, maja: str, address: str) -> None:
    assert sign_in(browser, maja, next=address).location == path_of(app, "moderation.index")


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(
    app: Flask, world: World, browser: Browser, maja: str
) -> None:
    wrong = sign_in(browser, maja, "noe helt annet her")
    unknown = sign_in(browser, "ingen@example.org")
    without = sign_in(browser, "morten@example.org")
    assert wrong.status == unknown.status == without.status == 422
    assert wrong.text == unknown.text == without.text
    assert PASSWORD not in unknown.html
    assert "ingen@example.org" in unknown.html
    assert not is_in(browser)


def test_an_unknown_address_costs_as_much_work_as_a_known_one(
    browser: Browser, maja: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked: list[str] = []

    class Counting(PasswordHasher):
        def verify(self, hash: str | bytes, password: str | bytes) -> bool:
            checked.append(str(password))
            return super().verify(hash, password)

    monkeypatch.setattr(passwords, "_hasher", Counting(time_cost=1, memory_cost=8, parallelism=1))
    for email in (maja, "ingen@example.org", "morten@example.org"):
        sign_in(browser, email, "noe helt annet her")
    assert len(checked) == 3


def test_whoever_is_deactivated_stays_outside(app: Flask, world: World, browser: Browser, maja: str) -> None:
    with app.app_context():
        session.get_one(User, world.moderator).active = False
        session.commit()
    assert sign_in(browser, maja).status == 422


def test_an_empty_form_says_what_is_missing(browser: Browser, world: World) -> None:
    page = sign_in(browser, "", "")
    assert page.status == 422
    assert "Enter your password" in page.text


def test_the_session_is_a_new_one_and_ends_with_the_browser(browser: Browser, maja: str) -> None:
    with browser.client.session_transaction() as cookie:
        cookie["browser"], cookie["planted"] = "x", "by somebody else"
        cookie.permanent = True
    page = sign_in(browser, maja)
    assert "Expires" not in page.response.headers["Set-Cookie"]
    with browser.client.session_transaction() as cookie:
        assert set(cookie) == {"user", "epoch"}


def test_a_password_from_another_keyboard_is_the_same(app: Flask, world: World, browser: Browser) -> None:
    email = with_password(app, world.moderator, "bl\u00e5b\u00e6r p\u00e5 tur")
    assert sign_in(browser, email, "bla\u030ab\u00e6r pa\u030a tur").status == 303


def test_an_old_hash_is_made_anew(app: Flask, world: World, browser: Browser, maja: str,
                                  monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher(time_cost=2, memory_cost=8, parallelism=1))
    sign_in(browser, maja)
    with app.app_context():
        assert "t=2" in str(session.get_one(User, world.moderator).password_hash)
    assert sign_in(Browser(app), maja).status == 303


def test_after_ten_wrong_tries_from_one_address_there_is_a_pause(browser: Browser, maja: str) -> None:
    for number in range(10):
        assert sign_in(browser, f"gjett{number}@example.org").status == 422
    assert sign_in(browser, maja).status == 429


def test_after_a_hundred_wrong_tries_on_one_person_there_is_a_pause_from_everywhere(
    app: Flask, maja: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    for number in range(100):
        elsewhere = {"environ_base": {"REMOTE_ADDR": f"203.0.113.{number}"}}
        page = Browser(app).post(
            "/sv/accounts/sign-in", {"email": maja, "password": "gjett"}, **elsewhere)
        assert page.status == 422
    page = Browser(app).post("/sv/accounts/sign-in", {"email": maja.upper(), "password": PASSWORD},
                             environ_base={"REMOTE_ADDR": "203.0.113.199"})
    assert page.status == 429
    assert "Wait a moment" in page.text


def test_a_whole_office_behind_one_address_gets_in(app: Flask, maja: str) -> None:
    assert [sign_in(Browser(app), maja).status for _ in range(12)] == [303] * 12


def test_a_form_without_token_is_refused(browser: Browser, maja: str) -> None:
    page = browser.post("/sv/accounts/sign-in", {"email": maja, "password": PASSWORD}, token=False)
    assert page.status == 400
    assert not is_in(browser)


def test_whoever_is_in_needs_no_form(moderator: Browser) -> None:
    assert moderator.get("/sv/accounts/sign-in?next=/sv/accounts/me").location == "/sv/accounts/me"


def test_signing_out_ends_the_session(app: Flask, world: World, moderator: Browser) -> None:
    assert moderator.post("/sv/accounts/sign-out").status == 303
    assert not is_in(moderator)
    assert audited(app, "accounts.sign_out") == [(world.moderator, f"user:{world.moderator}")]


def test_a_link_cannot_sign_anybody_out(moderator: Browser) -> None:
    assert moderator.get("/sv/accounts/sign-out").status == 405
    assert is_in(moderator)


def test_every_door_can_be_read_in_every_language(browser: Browser, world: World) -> None:
    for language in ("sv", "nb", "nn", "en"):
        for page in ("sign-in", "forgotten"):
            assert browser.get(f"/{language}/accounts/{page}").status == 200


def test_signing_out_ends_the_session_in_a_copied_cookie_too(app: Flask, browser: Browser, maja: str) -> None:
    sign_in(browser, maja)
    copied = Browser(app)
    with browser.client.session_transaction() as cookie, copied.client.session_transaction() as copy:
        copy.update(cookie)
    assert copied.get("/sv/accounts/me").status == 200
    browser.post("/sv/accounts/sign-out")
    assert copied.get("/sv/accounts/me").status == 302
