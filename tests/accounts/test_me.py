"""One's own page."""

from flask import Flask

from tests.accounts.people import PASSWORD, a_link, audited, is_in, sign_in, somebody, with_password
from tests.pages import Browser
from tests.world import World

NEW = "elleve sauer i blå sykkelhjelm"


def test_ones_page_shows_name_address_and_roles(world: World, moderator: Browser) -> None:
    page = moderator.get("/en/accounts/me")
    assert "maja@example.org" in page.text
    assert "Granby Moderator" in page.text
    assert "Elvdal kommune Moderator" in page.text


def test_ones_page_is_for_those_who_are_signed_in(browser: Browser, world: World) -> None:
    assert browser.get("/sv/accounts/me").location == "/sv/accounts/sign-in?next=/sv/accounts/me"
    assert browser.post("/sv/accounts/me", {"name": "X"}).status == 401
    assert browser.post("/sv/accounts/me/password", {"password": NEW}).status == 401
    assert browser.post("/sv/accounts/sign-out").status == 401


def test_it_can_be_read_in_every_language_and_without_a_role(app: Flask, world: World) -> None:
    nobody_yet = Browser(app, user_id=somebody(app, "ny"))
    for language in ("sv", "nb", "nn", "en"):
        assert nobody_yet.get(f"/{language}/accounts/me").status == 200


def test_name_and_language_can_be_changed(app: Flask, world: World, moderator: Browser) -> None:
    page = moderator.post("/sv/accounts/me", {"name": " Maja  Åkersdotter ", "language": "nn"}, follow=True)
    assert "Maja Åkersdotter" in page.text
    assert 'value="nn" selected' in page.html
    assert audited(app, "accounts.profile") == [(world.moderator, f"user:{world.moderator}")]


def test_a_missing_name_or_an_invented_language_is_pointed_out(world: World, moderator: Browser) -> None:
    page = moderator.post("/sv/accounts/me", {"name": "", "language": "fi"})
    assert page.status == 422
    assert "Enter a name" in page.text
    assert "Choose one option" in page.text


def test_a_new_password_needs_the_old_one(app: Flask, world: World, moderator: Browser) -> None:
    email = with_password(app, world.moderator)
    page = moderator.post("/sv/accounts/me/password", {"old": "gjetning gjetning", "password": NEW})
    assert page.status == 422
    assert "This is not your password" in page.text
    assert moderator.post("/sv/accounts/me/password", {"password": NEW}).status == 422
    assert sign_in(Browser(app), email).status == 303


def test_a_changed_password_signs_out_everywhere_else(app: Flask, world: World, moderator: Browser) -> None:
    email = with_password(app, world.moderator)
    elsewhere, link = Browser(app, user_id=world.moderator), a_link(app, world.moderator, "sign_in")
    page = moderator.post("/sv/accounts/me/password", {"old": PASSWORD, "password": NEW})
    assert page.status == 303
    assert is_in(moderator)
    assert not is_in(elsewhere)
    assert elsewhere.get(link).status == 410
    assert sign_in(Browser(app), email).status == 422
    assert sign_in(Browser(app), email, NEW).status == 303


def test_a_weak_new_password_is_refused_in_words(app: Flask, world: World, moderator: Browser) -> None:
    with_password(app, world.moderator)
    page = moderator.post("/sv/accounts/me/password", {"old": PASSWORD, "password": "maja@example.org"})
    assert page.status == 422
    assert "not your name or e-mail address" in page.text
    assert 'value="Maja"' in page.html, "the other form is still filled in"


def test_whoever_has_no_password_yet_is_asked_for_no_old_one(
    app: Flask, world: World, moderator: Browser
) -> None:
    assert "Your password now" not in moderator.get("/sv/accounts/me").text
    assert moderator.post("/sv/accounts/me/password", {"password": NEW}).status == 303
    assert "Your password now" in moderator.get("/sv/accounts/me").text


def test_the_old_password_cannot_be_guessed_for_ever(app: Flask, world: World, moderator: Browser) -> None:
    with_password(app, world.moderator)
    wrong = {"old": "gjetning gjetning", "password": NEW}
    answers = [moderator.post("/sv/accounts/me/password", wrong).status for _ in range(11)]
    assert answers == [422] * 10 + [429]
