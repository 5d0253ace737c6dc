"""A resident who has no mouse, writes long words, or has lost the coverage with a photo in the form."""

import re

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.looks import sideways
from tests.browser.test_pages import paths
from tests.browser.town import Town

LONG = "fartsgrensenedsettelsesvedtaket https://elvmark.example.org/" + "fartsgrensenedsettelse" * 3
"""A word that there is, and an address of more than eighty letters without a place to break."""

# Whatever stands where people's texts stand; numbers stay numbers.
_LENGTHEN = """long => {
  const places = "main :is(h1, h2, h3, p, li, td, dd, blockquote, figcaption, strong):not(.number)"
  for (const element of document.querySelectorAll(places))
    for (const node of element.childNodes)
      if (node.nodeType === Node.TEXT_NODE && node.nodeValue.trim()) node.nodeValue = long
}"""


@pytest.mark.looks
@pytest.mark.parametrize("role", [None, "moderator", "facilitator", "administrator"])
def test_long_words_and_addresses_make_no_page_wider_than_the_phone(
    app: Flask, phone: OpenPage, role: str | None
) -> None:
    page = phone("nb", role=role, width=320)
    wide = []
    for path in paths(page, app, "nb"):
        page.goto(path)
        page.evaluate(_LENGTHEN, LONG)
        wide += [f"{path}: {problem}" for problem in sideways(page)]
    assert wide == [], "\n".join(wide)


def press_until(page: Page, is_there: str) -> None:
    """Press Tab until the element in focus matches a selector."""
    for _time in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", is_there):
            # Whoever cannot see where they are has to guess.
            assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
            return
    raise AssertionError(f"no Tab leads to {is_there}")


def test_an_idea_is_found_written_and_sent_by_keyboard_alone(phone: OpenPage, town: Town) -> None:
    page = phone("nn", width=1280)
    page.goto("/nn/")
    press_until(page, f"a[href='/nn/ideas/{town.slug}/new']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/new")
    press_until(page, "#title")
    page.keyboard.type("Benk ved kyrkjegarden")
    press_until(page, "#body")
    page.keyboard.type("Dei som er gamle, treng ein stad å kvile på vegen opp.")
    press_until(page, "input[name=municipality]")
    page.keyboard.press("Space")
    press_until(page, "#idea > button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/receipt/**")
    expect(page.get_by_text("Takk! Ideen din er send inn.")).to_be_visible()
    expect(page.locator(".code").first).to_have_text(re.compile(r"\w{4}-\w{4}-\w{4}"))
