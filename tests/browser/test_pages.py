"""Every page can be read by everybody: axe finds nothing, nothing scrolls sideways, buttons are big.

The pages are found as a reader finds them, by following links from the start page.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page
from werkzeug.exceptions import HTTPException

from tests.browser.conftest import OpenPage
from tests.browser.looks import sideways, small_targets, violations
from tests.browser.town import Town

pytestmark = pytest.mark.looks

# Two languages see every page between them narrow and wide, in the light and in the dark.
VIEWS = [(320, "light"), (1280, "dark")]
OTHER_VIEWS = [(320, "dark"), (1280, "light")]


ROLES = (None, "moderator", "facilitator", "administrator")
SEEN = [
    *[("nn", role, VIEWS) for role in ROLES],
    *[("sv", role, OTHER_VIEWS) for role in ROLES],
    ("nb", None, [(320, "dark")]),
    ("en", None, [(390, "light")]),
]
# With `pytest tests/browser/test_pages.py --every-view`, before a release: all there is.
EVERY_VIEW = [(width, scheme) for width in (320, 390, 1280) for scheme in ("light", "dark")]
EVERYTHING = [(language, role, EVERY_VIEW) for language in ("sv", "nb", "nn", "en") for role in ROLES]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "views" in metafunc.fixturenames:
        every = metafunc.config.getoption("--every-view")
        metafunc.parametrize(("language", "role", "views"), EVERYTHING if every else SEEN)


def test_every_page_can_be_read_by_everybody(
    app: Flask, phone: OpenPage, language: str, role: str | None, views: list[tuple[int, str]]
) -> None:
    page = phone(language, role=role)
    wrong = []
    for path in paths(page, app, language):
        page.goto(path)
        for width, scheme in views:
            page.set_viewport_size({"width": width, "height": 844})
            page.emulate_media(color_scheme=scheme)
            found = violations(page) + (sideways(page) + small_targets(page) if width < 400 else [])
            wrong += [f"{path} {width} {scheme}: {problem}" for problem in found]
    assert wrong == []


def paths(page: Page, app: Flask, language: str) -> Iterator[str]:
    """One address of each kind of page that a reader can reach by links."""
    waiting, seen = [f"/{language}/"], set()
    while waiting:
        path = waiting.pop(0)
        kind = endpoint(app, path)
        if kind is None or kind in seen:
            continue
        seen.add(kind)
        yield path
        # What is no page says so.
        links = "a[href]:not([type], [download])"
        hrefs = page.eval_on_selector_all(links, "links => links.map(a => a.getAttribute('href'))")
        waiting += [h.split("#")[0] for h in hrefs if h.startswith(f"/{language}/")]


def endpoint(app: Flask, path: str) -> str | None:
    """The view behind an address; None where none answers a reader."""
    try:
        found, _values = app.url_map.bind("localhost").match(path.split("?", maxsplit=1)[0], method="GET")
    except HTTPException:
        return None
    return str(found)


@pytest.mark.parametrize("language", ["sv", "nn"])
def test_the_form_and_its_errors_can_be_read_by_everybody(phone: OpenPage, town: Town, language: str) -> None:
    page = phone(language, width=320)
    page.goto(f"/{language}/ideas/{town.slug}/new")
    page.locator("main form button:not([name])").last.click()
    page.wait_for_selector("[role=alert], .summary, .errors, .wrong")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert violations(page) == []
    assert sideways(page) == []
    assert small_targets(page) == []


@pytest.mark.parametrize("language", ["sv", "nn"])
def test_a_receipt_and_the_way_back_can_be_read_by_everybody(
    phone: OpenPage, town: Town, language: str
) -> None:
    page = phone(language, width=320, scheme="dark")
    page.goto(f"/{language}/ideas/{town.slug}/new")
    page.fill("[name=title]", "Gatelys langs Elvevegen")
    page.fill("[name=body]", "Ungane går i mørket til bussen. Set opp lys.")
    page.locator("[name=municipality][type=radio]").first.check()
    page.locator("main form button:not([name])").last.click()
    page.wait_for_url("**/receipt/**")
    for _step in ("receipt", "withdrawal"):
        assert violations(page) == []
        assert sideways(page) == []
        assert small_targets(page) == []
        page.goto(page.url.rstrip("/") + "/withdrawal")


@pytest.mark.parametrize("language", ["sv", "nb", "nn", "en"])
def test_a_page_that_is_not_there_can_be_read_by_everybody(phone: OpenPage, language: str) -> None:
    page = phone(language, width=320)
    page.goto(f"/{language}/nothing")
    assert violations(page) == []
    assert sideways(page) == []


def test_the_public_pages_work_without_script(phone: OpenPage, app: Flask) -> None:
    page = phone("nn", script=False, width=320)
    for path in paths(page, app, "nn"):
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 200
        assert page.locator("h1").is_visible()


@pytest.mark.parametrize(("spoiled", "told"), [
    ('<img src="data:," width="9" height="9">', "image-alt"),
    ('<p lang="xx-nowhere-at-all">hei</p>', "valid-lang"),
    ("<button></button>", "button-name"),
    ('<input name="x">', "label"),
])
def test_a_wrong_page_is_found_out(phone: OpenPage, spoiled: str, told: str) -> None:
    page = phone("sv")
    page.goto("/sv/receipt")
    page.evaluate("html => document.querySelector('main').insertAdjacentHTML('beforeend', html)", spoiled)
    assert any(line.startswith(f"{told}:") for line in violations(page))


def test_a_page_that_is_too_wide_or_has_small_buttons_is_found_out(phone: OpenPage, tmp_path: Path) -> None:
    page = phone("sv", width=320)
    page.goto("/sv/receipt")
    assert (sideways(page), small_targets(page)) == ([], [])
    page.evaluate("""() => {
      const button = document.createElement("button")
      button.textContent = "x"
      Object.assign(button.style, {minHeight: "0", height: "20px", padding: "0"})
      const wide = document.createElement("div")
      Object.assign(wide.style, {width: "500px", height: "9px"})
      document.querySelector("main").append(button, wide)
    }""")
    assert sideways(page)
    assert any(re.search(r"×20$", line) for line in small_targets(page))
