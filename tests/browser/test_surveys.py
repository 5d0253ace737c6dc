"""A survey on the phone: by thumb and by keyboard, in two languages, through a killed browser, corrected."""

import re
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, Reopen
from tests.browser.looks import follow, sideways, small_targets, violations
from tests.browser.town import Town

WISH = "Fleire avgangar om kvelden, særleg laurdag."


def start(page: Page, language: str = "nn") -> None:
    page.goto(f"/{language}/surveys/")
    follow(page.locator("article a").first)
    page.locator("main form [type=radio]").first.check()
    follow(page.locator("main form button").last)


def press_until(page: Page, words: str, role: str = "radio", most: int = 60) -> None:
    """Go by tab alone until something of this name has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        found = page.evaluate(
            "() => { const e = document.activeElement; const label = e.labels?.[0];"
            " return (label ? label.innerText : e.innerText || '').trim() }"
        )
        if found.startswith(words):
            return
    raise AssertionError(f"no {role} {words} within {most} tabs")


def choose(page: Page, first: str, down: int = 0) -> None:
    """Come to a group of choices by tab and choose with the arrows."""
    press_until(page, first)
    page.keyboard.press("Space")
    for _ in range(down):
        page.keyboard.press("ArrowDown")


def go_on(page: Page, words: str = "Hald fram") -> None:
    press_until(page, words, "button")
    with page.expect_navigation():
        page.keyboard.press("Enter")


def saved(page: Page, words: str) -> None:
    """The phone has kept these words."""
    page.evaluate(
        "async (words) => {"
        " while (!(await kept.all('drafts')).some((draft) => JSON.stringify(draft).includes(words)))"
        " await new Promise((done) => setTimeout(done, 20)); }", words,
    )


def code_on(page: Page) -> str:
    return page.locator(".code").first.inner_text()


def answer_seven(page: Page) -> None:
    """The first seven questions, on by the bus; from the fifth on in Swedish."""
    expect(page.get_by_text("Spørsmål 1–2 av om lag 6")).to_be_visible()
    choose(page, "Til fots", down=2)
    choose(page, "1", down=3)
    go_on(page)
    # On by the bus: items one by one, and a wish.
    expect(page.get_by_text("Spørsmål 3–4 av om lag 8")).to_be_visible()
    for _ in range(3):
        choose(page, "Bra")
    press_until(page, "Kva ville gjere bussen")
    page.keyboard.type(WISH)
    go_on(page)
    # The fifth question, from here on in Swedish.
    expect(page.get_by_text("Spørsmål 5 av om lag 8")).to_be_visible()
    choose(page, "Ja")
    with page.expect_navigation():
        page.get_by_role("button", name="Svenska").press("Enter")
    expect(page.get_by_role("radio", name="Ja")).to_be_checked()
    go_on(page, "Fortsätt")
    press_until(page, "Var är det?")
    page.keyboard.type("Undergången vid skolan")
    go_on(page, "Fortsätt")


def send_and_correct(page: Page) -> None:
    """Check the answers, send them, and change one of them afterwards."""
    for words in ("Med buss", WISH, "Undergången vid skolan", "18 til 39 år"):
        expect(page.get_by_text(words)).to_be_visible()
    go_on(page, "Send inn")
    expect(page.get_by_text("Takk! Svaret ditt er sendt inn.")).to_be_visible()
    go_on(page, "Rett svaret ditt")
    follow(page.get_by_role("link", name="Endre – Bussen"))
    page.get_by_label(re.compile("^Kva ville gjere bussen")).fill("Betre haldeplassar.")
    follow(page.get_by_role("button", name="Hald fram").last)
    go_on(page, "Send inn på nytt")
    expect(page.get_by_text("Takk! Det retta svaret ditt er sendt inn.")).to_be_visible()
    expect(page.get_by_text("Betre haldeplassar.")).to_be_visible()
    expect(page.get_by_text(WISH)).to_have_count(0)


def test_twelve_questions_by_keyboard_in_two_languages_and_a_killed_browser(
    own_phone: Reopen, phone: OpenPage
) -> None:
    page = own_phone(width=320)
    start(page)
    answer_seven(page)
    # The eighth: the browser is killed while it is answered, and comes back with what was typed.
    expect(page.get_by_text("Fråga 8–9 av 10")).to_be_visible()
    press_until(page, "Först")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("Först")).not_to_have_value("")
    chosen = page.get_by_label("Först").input_value()
    saved(page, chosen)
    address = page.url
    page = own_phone(width=320)
    page.goto(address)
    expect(page.get_by_text("Det du skrev förra gången finns kvar här.")).to_be_visible()
    expect(page.get_by_label("Först")).to_have_value(chosen)
    # The ninth: left, and come back to on another phone by its short code.
    choose(page, "0", down=7)
    press_until(page, "Spara och lämna", "button")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    code = code_on(page)
    page = phone("nn", width=320)
    page.goto("/nn/surveys/continue")
    page.get_by_label("Kode").fill(code.lower())
    follow(page.get_by_role("button", name="Gå vidare"))
    expect(page.get_by_role("radio", name="7")).to_be_checked()
    go_on(page)
    choose(page, "Under 18 år", down=1)
    go_on(page)
    send_and_correct(page)


def test_what_is_sent_without_coverage_is_kept_and_sent_when_there_is(
    own_phone: Reopen, town: Town
) -> None:
    page = own_phone(width=320)
    start(page)
    page.get_by_label("Med sykkel").check()
    with town.power_cut():
        page.get_by_role("button", name="Hald fram").last.click()
        expect(page.get_by_text("Det er ikkje dekning.")).to_be_visible()
    with page.expect_navigation():
        page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.get_by_role("heading", name="Etter at det er mørkt")).to_be_visible()
    assert page.evaluate("async () => (await kept.all('drafts')).length") == 0


def kept_pages(page: Page) -> list[str]:
    """Paths of the answers' pages that this phone can open without coverage."""
    found = page.evaluate(
        "async () => (await (await caches.open('pages')).keys()).map((one) => new URL(one.url).pathname)"
    )
    return [path for path in found if "/answer/" in path]


def test_the_page_in_hand_opens_without_coverage_after_the_browser_was_closed(
    own_phone: Reopen, town: Town
) -> None:
    page = own_phone(width=320)
    page.goto("/nn/surveys/")
    page.evaluate("navigator.serviceWorker.ready.then(() => {})")
    start(page)
    page.get_by_label("Med buss").check()
    with page.expect_navigation():
        page.get_by_role("button", name="Hald fram").last.click()
    expect(page.get_by_role("heading", name="Bussen")).to_be_visible()
    address = page.url
    with town.power_cut():
        page.get_by_label(re.compile("^Kva ville gjere bussen")).fill(WISH)
        saved(page, WISH)
        page = own_phone(width=320)
        page.goto(address)
        expect(page.get_by_text("Det du skreiv sist, ligg framleis her.")).to_be_visible()
        expect(page.get_by_label(re.compile("^Kva ville gjere bussen"))).to_have_value(WISH)
        assert kept_pages(page) == [address.removeprefix(town.address)]
        page.get_by_role("button", name="Hald fram").last.click()
        expect(page.get_by_text("Det er ikkje dekning.")).to_be_visible()
    with page.expect_navigation():
        page.evaluate("dispatchEvent(new Event('online'))")
    for _ in range(3):
        with page.expect_navigation():
            page.get_by_role("button", name="Hald fram").last.click()
    expect(page.get_by_text(WISH)).to_be_visible()
    with page.expect_navigation():
        page.get_by_role("button", name="Send inn").click()
    expect(page.get_by_text("Takk! Svaret ditt er sendt inn.")).to_be_visible()
    assert kept_pages(page) == []


def test_a_refusal_is_shown_by_the_server_with_everything_still_there(phone: OpenPage) -> None:
    page = phone("nn", width=320)
    start(page)
    page.get_by_role("radio", name="4").check()
    follow(page.get_by_role("button", name="Hald fram").last)
    expect(page.locator("#problems")).to_be_focused()
    expect(page.locator("#problems a")).to_have_text("Vel eitt alternativ")
    expect(page.get_by_role("radio", name="4")).to_be_checked()
    assert page.title().startswith("Feil:")


def test_without_script_a_survey_is_answered_and_sent(phone: OpenPage) -> None:
    page = phone("sv", script=False, width=320)
    start(page, "sv")
    page.get_by_label("Med bil").check()
    answered = 0
    while "/check" not in page.url:
        follow(page.get_by_role("button", name="Fortsätt").last)
        answered += 1
        assert answered < 12
    follow(page.get_by_role("button", name="Skicka in"))
    expect(page.get_by_text("Tack! Ditt svar är inskickat.")).to_be_visible()
    expect(page.get_by_text("Med bil")).to_be_visible()


def test_a_page_of_a_survey_is_small(phone: OpenPage) -> None:
    page = phone("nn", width=320)
    start(page)
    cookies = "; ".join(f"{one['name']}={one['value']}" for one in page.context.cookies())
    parts = page.eval_on_selector_all("link[rel=stylesheet], script", "all => all.map(e => e.href || e.src)")
    sizes = [packed(address, cookies) for address in (page.url, *parts)]
    assert len(sizes) == 5
    assert sum(sizes) <= 30 * 1024


def packed(address: str, cookies: str) -> int:
    """How many bytes travel."""
    asked = Request(address, headers={"Cookie": cookies, "Accept-Encoding": "gzip"})
    with urlopen(asked) as answer:
        assert answer.headers["Content-Encoding"] == "gzip", address
        return len(answer.read())


@pytest.mark.looks
@pytest.mark.parametrize(("language", "scheme"), [("nn", "light"), ("sv", "dark")])
def test_every_page_of_a_survey_is_reached_by_everybody(
    phone: OpenPage, language: str, scheme: str
) -> None:
    page = phone(language, width=320, scheme=scheme)
    page.goto(f"/{language}/surveys/")
    looks_right(page)
    follow(page.locator("article a").first)
    looks_right(page)
    page.locator("main form [type=radio]").first.check()
    follow(page.locator("main form button").last)
    follow(page.locator("main form button[value=next]"))
    # With its error.
    looks_right(page)
    page.locator("main form [type=radio]").nth(3).check()
    while "/check" not in page.url:
        looks_right(page)
        follow(page.locator("main form button[value=next]"))
    looks_right(page)
    page.go_back()
    follow(page.locator("main form button[value=leave]"))
    looks_right(page)
    follow(page.locator("main p.row a"))
    page.goto(re.sub(r"/answer/.*", "/check", page.url))
    follow(page.locator("main form button"))
    looks_right(page)
    page.goto(f"/{language}/surveys/continue")
    looks_right(page)


def looks_right(page: Page) -> None:
    assert violations(page) + sideways(page) + small_targets(page) == [], page.url
