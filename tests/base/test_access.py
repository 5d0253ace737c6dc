"""Who may see a page is declared, and what is not declared is refused."""

import pytest
from flask import Flask

from tests.pages import Browser
from tests.world import World


def test_a_view_without_a_declaration_is_refused_to_everybody(
    trial_app: Flask, visitor: Browser, world: World
) -> None:
    assert visitor.get("/sv/trial/undeclared").status == 403
    assert Browser(trial_app, user_id=world.administrator).get("/sv/trial/undeclared").status == 403


def test_a_stranger_who_reads_is_sent_to_the_sign_in_page_and_back(browser: Browser, world: World) -> None:
    page = browser.get("/nn/accounts/me")
    assert page.status == 302
    assert page.location.replace("%2F", "/") == "/nn/accounts/sign-in?next=/nn/accounts/me"


def test_a_stranger_who_writes_is_refused(trial_app: Flask, visitor: Browser) -> None:
    assert visitor.post("/sv/trial/audited").status == 401


def test_the_wrong_role_is_refused(trial_app: Flask, world: World) -> None:
    assert Browser(trial_app, user_id=world.facilitator).post("/sv/trial/audited").status == 403


@pytest.mark.parametrize(("user_id", "epoch"), [(999_999, 1), ("moderator", 2), ("moderator", None)])
def test_a_session_that_is_no_longer_valid_is_nobody(
    trial_app: Flask, world: World, user_id: int | str, epoch: int | None
) -> None:
    browser = Browser(trial_app)
    with browser.client.session_transaction() as cookie:
        cookie["user"] = world.moderator if user_id == "moderator" else user_id
        cookie["epoch"] = epoch
    assert browser.post("/sv/trial/audited").status == 401


def test_pages_for_staff_are_kept_in_no_cache(moderator: Browser) -> None:
    assert moderator.get("/sv/accounts/me").response.headers["Cache-Control"] == "no-store"
