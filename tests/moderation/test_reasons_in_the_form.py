"""A chosen reason brings its words into the form, in a real browser."""

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.factories import an_idea
from tests.moderation.test_keyboard import address, arrived, page  # noqa: F401 – fixtures
from tests.moderation.test_reason_words import latest_words
from tests.world import World

pytestmark = pytest.mark.browser
ADVERT, HATE = "advertising for a product", "attacks or insults somebody"


def test_the_words_follow_the_reason_until_somebody_writes_their_own(
    app: Flask, world: World, page: Page  # noqa: F811
) -> None:
    ref = an_idea(app, world, title="Første")
    page.goto(f"/en/moderation/{ref}")
    arrived(page, "Første")
    page.keyboard.press("x")
    words = page.locator("#reject-words")
    for reason, told in (("advert", ADVERT), ("attack", HATE)):
        page.locator("#reject-reason").select_option(reason)
        assert told in words.input_value()
    # Whoever goes on by keyboard writes over them.
    page.keyboard.press("Tab")
    page.keyboard.type("Mine ord.")
    expect(words).to_have_value("Mine ord.")
    page.locator("#reject-reason").select_option("advert")
    expect(words).to_have_value("Mine ord.")
    words.fill("")
    page.locator("#reject-reason").select_option("attack")
    page.locator("button", has_text="Do not publish").click()
    expect(page.locator("h1")).to_have_text("Moderation queue")
    assert HATE in (latest_words(app, ref) or "")


def test_without_the_script_the_same_words_stand_below_and_are_sent(
    app: Flask, world: World, page: Page  # noqa: F811
) -> None:
    ref = an_idea(app, world, title="Første")
    page.route("**/*.js*", lambda route: route.abort())
    page.goto(f"/en/moderation/{ref}")
    page.locator("summary", has_text="Do not publish").click()
    page.locator("#reject-reason").select_option("advert")
    expect(page.locator("#reject-words")).to_have_value("")
    page.locator("summary", has_text="What is sent if you write nothing").click()
    expect(page.locator("[data-reason=advert]")).to_contain_text(ADVERT)
    page.locator("button", has_text="Do not publish").click()
    expect(page.locator("h1")).to_have_text("Moderation queue")
    assert ADVERT in (latest_words(app, ref) or "")
