"""Every refusal is a page in the reader's language that says what to do."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask_babel import gettext

from citizen.base import locale
from tests.pages import Browser, Page
from tests.world import World

TITLES = {
    400: "We could not read that",
    403: "You may not do this",
    404: "Page not found",
    405: "That does not work here",
    409: "Somebody else was first",
    413: "That was too much at once",
    422: "Something needs to be fixed",
    429: "Wait a moment",
    500: "Something went wrong",
}


def met(visitor: Browser, language: str, code: int) -> Page:
    """The page of a refusal, met as a reader would meet it."""
    home, here = f"/{language}", f"/{language}/trial"
    ways: dict[int, Callable[[], Page]] = {
        400: lambda: visitor.post(f"{here}/written", token=False),
        403: lambda: visitor.get(f"{here}/undeclared"),
        404: lambda: visitor.get(f"{home}/nothing/here"),
        405: lambda: visitor.post(f"{home}/", {"x": "y"}),
        409: lambda: visitor.post(f"{here}/written/conflict"),
        413: lambda: visitor.post(f"{home}/receipt", {"code": "x" * 5_000_000}, token=False),
        422: lambda: visitor.post(f"{here}/written/refused"),
        429: lambda: visitor.post(f"{here}/written/429"),
        500: lambda: visitor.get(f"{here}/crash"),
    }
    return ways[code]()


@pytest.mark.parametrize("language", locale.LANGUAGES)
@pytest.mark.parametrize("code", TITLES)
def test_an_error_page_speaks_the_language_of_the_address(
    trial_app: Flask, visitor: Browser, code: int, language: str
) -> None:
    page = met(visitor, language, code)
    with trial_app.app_context(), locale.speaking(language):
        title = gettext(TITLES[code])
    assert page.status == code
    assert title in page.text
    assert title in page.title
    assert f'<html lang="{language}"' in page.html


@pytest.mark.parametrize("language", locale.LANGUAGES)
def test_the_rule_that_says_no_is_told_in_its_own_words(visitor: Browser, language: str) -> None:
    assert "A rule says no." in met(visitor, language, 422).text


def test_an_error_outside_every_language_speaks_the_browsers(visitor: Browser) -> None:
    page = visitor.get("/nothing", headers={"Accept-Language": "no"})
    assert page.status == 404
    assert '<html lang="nb"' in page.html


def test_an_unforeseen_error_tells_nothing_of_the_inside(visitor: Browser) -> None:
    page = met(visitor, "sv", 500)
    assert "RuntimeError" not in page.html
    assert "unforeseen" not in page.html


def test_a_signed_in_person_meets_the_same_page(trial_app: Flask, world: World) -> None:
    moderator = Browser(trial_app, user_id=world.moderator)
    assert met(moderator, "nn", 404).status == 404
    assert met(moderator, "nn", 500).status == 500


@pytest.mark.parametrize("asked", ["q=%00", "q=a&q=%00", "written_in=sv&written_in=%00"])
def test_an_address_with_a_nul_in_it_is_refused_wherever_it_stands(visitor: Browser, asked: str) -> None:
    assert visitor.get(f"/en/receipt?{asked}").status == 400
