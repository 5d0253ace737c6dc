"""Pages as some people need them: wider spacing, larger text, the system's colours, more contrast, paper."""

import gzip
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.looks import sideways, small_targets, violations
from tests.browser.town import Town

pytestmark = pytest.mark.looks

LONGEST_FIRST_LOAD = 30_000
"""Bytes gzipped: page, style sheet and scripts of a resident's page together."""
SPACING = """
* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
p { margin-bottom: 2em !important }"""
TWICE = "html { font-size: 200% !important }"

# What hides a part of what it holds; a box for screen readers alone is meant to.
_CLIPPED = """() => [...document.body.querySelectorAll("*:not(.hidden, .ds-skip-link, svg *, input, select)")]
  .filter(e => ["hidden", "clip"].includes(getComputedStyle(e).overflowY))
  .filter(e => e.scrollHeight > e.clientHeight + 2 || e.scrollWidth > e.clientWidth + 2)
  .map(e => e.outerHTML.slice(0, 90))"""
_WEAR = """rules => {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(rules)
  document.adoptedStyleSheets = [sheet]
}"""


def form_with_errors(page: Page, town: Town) -> None:
    page.goto(f"/nn/ideas/{town.slug}/new")
    page.locator("main form button:not([name])").last.click()
    page.wait_for_selector("#problems")


def receipt(page: Page, town: Town) -> None:
    page.goto(f"/nn/ideas/{town.slug}/new")
    page.fill("[name=title]", "Fartsgrensenedsettelsesvedtaket")
    page.fill("[name=body]", "https://example.org/" + "fartsgrensenedsettelsesvedtaket" * 2)
    page.fill("[name=place]", "Fartsgrensenedsettelsesvedtaket")
    page.locator("[name=municipality][type=radio]").first.check()
    page.locator("main form button:not([name])").last.click()
    page.wait_for_url("**/receipt/**")


def at(path: str) -> Callable[[Page, Town], None]:
    def open_it(page: Page, town: Town) -> None:
        page.goto(path.format(slug=town.slug))

    return open_it


PAGES = {
    "start": at("/nn/"), "programme": at("/nn/programmes/{slug}"), "list": at("/sv/ideas/{slug}"),
    "form": form_with_errors, "receipt": receipt, "code": at("/nb/receipt"),
}
pages = pytest.mark.parametrize("name", PAGES)


@pages
def test_nothing_is_lost_with_wider_spacing(phone: OpenPage, town: Town, name: str) -> None:
    page = phone("nn", width=320)
    PAGES[name](page, town)
    page.evaluate(_WEAR, SPACING)
    assert sideways(page) == []
    assert page.evaluate(_CLIPPED) == []


@pages
def test_nothing_is_lost_with_text_twice_as_large(phone: OpenPage, town: Town, name: str) -> None:
    page = phone("nn", width=320)
    PAGES[name](page, town)
    page.evaluate(_WEAR, TWICE)
    assert sideways(page) == []
    assert page.evaluate(_CLIPPED) == []


@pages
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_can_be_read_in_the_colours_of_the_system_and_with_more_contrast(
    phone: OpenPage, town: Town, name: str, scheme: str
) -> None:
    page = phone("nn", width=320, scheme=scheme)
    PAGES[name](page, town)
    page.emulate_media(color_scheme=scheme, forced_colors="active")
    assert violations(page) == []
    page.emulate_media(color_scheme=scheme, forced_colors="none", contrast="more")
    assert violations(page) == []
    assert small_targets(page) == []


def test_nothing_moves_for_those_who_do_not_want_it(phone: OpenPage, town: Town) -> None:
    page = phone("sv")
    page.goto(f"/sv/ideas/{town.slug}")
    moving = """() => [...document.querySelectorAll("*")].filter(e => {
      const style = getComputedStyle(e)
      return parseFloat(style.transitionDuration) || parseFloat(style.animationDuration)
    }).length"""
    assert page.evaluate(moving) == 0


def test_a_receipt_is_printed_with_its_address_and_without_the_frame(phone: OpenPage, town: Town) -> None:
    page = phone("nn", scheme="dark")
    receipt(page, town)
    page.emulate_media(media="print")
    for frame in (".languages", ".bottom", ".ds-skip-link", "main a.ds-button"):
        assert not page.locator(frame).first.is_visible()
    expect(page.get_by_text(page.url.split("/receipt/")[1]).first).to_be_visible()
    expect(page.locator(".code")).to_be_visible()
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


@pages
def test_a_first_page_is_light_and_has_one_sheet(phone: OpenPage, town: Town, name: str) -> None:
    page = phone("nn")
    PAGES[name](page, town)
    page.wait_for_load_state()
    assert page.locator("link[rel=stylesheet]").count() == 1
    loaded = page.evaluate("performance.getEntriesByType('resource').map(entry => entry.name)")
    parts = [address for address in loaded if address.split("?")[0].endswith((".css", ".js"))]
    sizes = {address: len(gzip.compress(page.request.get(address).body())) for address in parts}
    sizes["page"] = len(gzip.compress(page.content().encode()))
    assert len(sizes) > 1
    assert sum(sizes.values()) <= LONGEST_FIRST_LOAD, sizes


def test_colours_are_shown_as_they_are_chosen_and_the_one_that_passes_is_taken(phone: OpenPage) -> None:
    page = phone("nb", role="administrator", width=320)
    page.goto("/nb/programmes/colours")
    before = page.locator("link[rel=stylesheet]").get_attribute("href")
    field = page.locator("#main_colour")
    field.fill("#ffcc00")
    offer = page.locator("[data-offers=main_colour]")
    expect(offer).to_be_visible()
    expect(page.locator("#main_colour-error")).to_be_visible()
    expect(page.locator("[data-writes=main_colour]")).to_have_value("#ffcc00")
    button = page.locator(".in-light .ds-button").first
    expect(button).to_have_css("background-color", "rgb(255, 204, 0)")
    assert page.locator("link[rel=stylesheet]").get_attribute("href") != before
    assert (sideways(page), small_targets(page)) == ([], [])
    near = offer.get_attribute("value")
    offer.click()
    expect(field).to_have_value(str(near))
    expect(offer).to_have_count(0)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert violations(page) == []


def test_colours_are_chosen_without_script(phone: OpenPage) -> None:
    page = phone("sv", role="administrator", script=False)
    page.goto("/sv/programmes/colours/elvmark")
    page.fill("#main_colour", "#7a1fa2")
    page.locator("#look").click()
    expect(page.locator(".in-light .ds-button").first).to_have_css("background-color", "rgb(122, 31, 162)")
    expect(page.locator("#main_colour")).to_have_value("#7a1fa2")
