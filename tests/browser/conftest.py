"""A real browser against the real server. A script error or a broken policy fails the test.

Server and browser live as long as this folder's tests: the driver allows one of its kind at a time.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect, sync_playwright

from tests import chromium as program
from tests.browser.town import Town, running

LOCALES = {"sv": "sv-SE", "nb": "nb-NO", "nn": "nn-NO", "en": "en-GB"}
PHONE = {"width": 390, "height": 844}

OpenPage = Callable[..., Page]
PATIENCE = 30_000
"""Milliseconds that a busy machine is given; no test is about time."""
expect.set_options(timeout=PATIENCE)
Reopen = Callable[..., Page]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Everything here is for the browser; how pages look is looked at once, not per database."""
    here = [item for item in items if "browser" in item.path.parts]
    for item in here:
        item.add_marker("browser")
    if config.getoption("--database") == "postgresql":
        looks = [item for item in here if item.get_closest_marker("looks")]
        config.hook.pytest_deselected(items=looks)
        items[:] = [item for item in items if item not in looks]


@pytest.fixture(scope="package")
def town(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """The product, started as residents meet it, with the demo in a database of its own."""
    with running(tmp_path_factory.mktemp("town"), database_url) as found:
        yield found


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    installed = program.path()
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=installed, args=program.arguments())
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def keys() -> dict[str, Any]:
    """Cookies of those who have come in, by role: a one-time link opens once."""
    return {}


@pytest.fixture
def phone(chromium: Browser, town: Town, keys: dict[str, Any]) -> Iterator[OpenPage]:
    """Opens pages of a reader: ``phone("nn")``, ``phone("sv", script=False)``, ``phone(role="moderator")``.

    Each is a person of their own, 390 × 844 unless told otherwise. ``width``, ``scheme`` and any other
    option of a browser context may be given. Paths are told without the host: ``page.goto("/nn/")``.
    """
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def open_page(language: str = "sv", *, role: str | None = None, script: bool = True,
                  width: int = PHONE["width"], scheme: str = "light", **options: Any) -> Page:
        context = chromium.new_context(
            base_url=town.address, locale=LOCALES[language], timezone_id="Europe/Stockholm",
            viewport={"width": width, "height": PHONE["height"]}, java_script_enabled=script,
            color_scheme=scheme, reduced_motion="reduce", storage_state=keys.get(role), **options,
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        _listen(context, town, wrong)
        page = context.new_page()
        if role and role not in keys:
            come_in(page, town.door(role))
            keys[role] = context.storage_state()
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert wrong == []


@pytest.fixture
def own_phone(chromium: Browser, town: Town, tmp_path: Path) -> Iterator[Reopen]:
    """One resident's phone: opened again, the browser has what it had, and no more."""
    opened: list[BrowserContext] = []

    def reopen(width: int = PHONE["width"]) -> Page:
        for before in opened:
            before.close()
        opened[:] = [chromium.browser_type.launch_persistent_context(
            str(tmp_path / "phone"), executable_path=program.path(), args=program.arguments(),
            base_url=town.address, locale="nn-NO", viewport={**PHONE, "width": width},
            reduced_motion="reduce",
        )]
        opened[0].set_default_timeout(PATIENCE)
        return opened[0].pages[0]

    yield reopen
    for context in opened:
        context.close()


def come_in(page: Page, door: str) -> None:
    """Use a one-time link as its owner would."""
    page.goto(door)
    page.locator("main form button").first.click()
    page.wait_for_selector("nav.staff")


def _listen(context: BrowserContext, town: Town, wrong: list[str]) -> None:
    """Note script errors, broken policies, and requests to anybody else."""

    def asked(request: Request) -> None:
        if not request.url.startswith((town.address, "data:", "blob:")):
            wrong.append(f"asked another host: {request.url}")

    def listen(page: Page) -> None:
        page.on("pageerror", lambda error: wrong.append(f"{page.url}: {error}"))
        page.on("console", lambda m: wrong.append(f"{page.url}: {m.text}") if _is_wrong(m, page) else None)

    context.on("request", asked)
    context.on("page", listen)


def _is_wrong(message: Any, page: Page) -> bool:
    if message.type != "error":
        return False
    # A page that is itself a refusal (404, 422 …) is told of here too; tests look at those themselves.
    is_page_itself = message.location.get("url", "").split("#")[0] == page.url.split("#")[0]
    return not (message.text.startswith("Failed to load resource") and is_page_itself)
