"""Who answers a survey, as staff see it: sheets typed by keyboard alone, and pages that all can read."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.looks import follow, sideways, small_targets, violations

LONG = "kommunestyrerepresentantvervet@kommunestyrerepresentantvervet.example"


def survey_of_the_town(phone: OpenPage, language: str) -> str:
    """The address of the demo's survey."""
    resident = phone(language)
    resident.goto(f"/{language}/surveys/")
    return str(resident.locator("article a").first.get_attribute("href"))


def clean(page: Page) -> None:
    page.wait_for_load_state()
    assert violations(page) + sideways(page) + small_targets(page) == [], page.url


def test_sheets_are_typed_by_keyboard_alone(phone: OpenPage) -> None:
    page = phone("nn", role="facilitator", width=1280)
    page.goto(f"{survey_of_the_town(phone, 'nn')}/paper")
    keyboard = page.keyboard
    page.locator("#code").focus()
    with page.expect_navigation():
        keyboard.press("Enter")
    first = page.locator("main form select").first
    expect(first).to_be_focused()
    # By bus; nothing beside "other"; easy; two of the three items; a wish.
    for typed in ("3", "", "4", "1", "2", ""):
        keyboard.type(typed)
        keyboard.press("Tab")
    keyboard.type("Fleire avgangar om kvelden.")
    chosen = page.locator("main form select").evaluate_all("all => all.map(e => e.selectedIndex)")
    assert chosen[:5] == [3, 4, 1, 2, 0]
    for number in (1, 2):
        with page.expect_navigation():
            keyboard.press("Control+Enter")
        expect(page.get_by_role("status")).to_contain_text(f"Skjema nummer {number}")
        # The next sheet: empty, and the first field waits for a digit.
        expect(first).to_be_focused()
        expect(first).to_have_value("")
        keyboard.type("1")
        expect(first).not_to_have_value("")
    # What is wrong is told first, and the way leads to its question.
    keyboard.press("Tab")
    while page.evaluate("document.activeElement.inputMode") != "decimal":
        assert page.evaluate("document.activeElement.form !== null")
        keyboard.press("Tab")
    keyboard.type("langt")
    with page.expect_navigation():
        keyboard.press("Control+Enter")
    expect(page.locator("#problems")).to_be_focused()
    keyboard.press("Tab")
    keyboard.press("Enter")
    expect(page.locator("input[inputmode=decimal]")).to_be_focused()
    expect(page.locator("input[inputmode=decimal]")).to_have_value("langt")


PAGES = ("people", "people/invited", "people/reminder", "links", "links?via=Biblioteket", "paper", "paper/1",
         "closing", "kiosk")


@pytest.mark.looks
@pytest.mark.parametrize("language", ["nn", "sv"])
@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1280, "dark")])
def test_pages_about_who_answers_are_reached_by_everybody(
    phone: OpenPage, language: str, width: int, scheme: str
) -> None:
    survey = survey_of_the_town(phone, language)
    page = phone(language, role="facilitator", width=width, scheme=scheme)
    for path in PAGES:
        assert page.goto(f"{survey}/{path}").ok  # type: ignore[union-attr]
        clean(page)
    refused(page, survey)
    invited(page, survey)


def refused(page: Page, survey: str) -> None:
    """The same pages with something wrong."""
    page.goto(f"{survey}/people")
    page.locator("#addresses").fill(f"{LONG.replace('@', '(at)')}\n{LONG}; Kommunestyrerepresentantvervet")
    follow(page.locator("main form button").first)
    clean(page)
    page.goto(f"{survey}/paper?code=S-7K2M9QXT/9")
    clean(page)
    page.goto(f"{survey}/paper/1")
    page.locator("main form input[inputmode=decimal]").fill("langt")
    follow(page.locator("main form button").last)
    clean(page)
    page.goto(f"{survey}/closing")
    follow(page.locator("main form button").last)
    clean(page)


def invited(page: Page, survey: str) -> None:
    """Invitations, shown before they are sent, and those who have got one."""
    page.goto(f"{survey}/people")
    page.locator("#addresses").fill(f"{page.viewport_size['width']}-{LONG}\nb@example.org\nb@example.org")  # type: ignore[index]
    follow(page.locator("main form button").first)
    clean(page)
    follow(page.locator("main form button").last)
    clean(page)
    page.goto(f"{survey}/people/invited")
    clean(page)
    page.goto(f"{survey}/people/reminder")
    clean(page)
