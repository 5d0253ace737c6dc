"""Others think alike: seen while one writes, and joined without losing what one has written."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.looks import follow, sideways, small_targets, violations
from tests.browser.town import Town

OpenPage = Callable[..., Page]

TITLE = "Lampor vid bron i Kvarnfors"
FOUND = "Lampor vid bron"


def place(page: Page, field: str) -> float:
    """How far down on the page a field is; the window may follow who writes."""
    return float(page.locator(field).evaluate("e => e.getBoundingClientRect().top + scrollY"))


def clean(page: Page) -> None:
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert violations(page) == []
    assert sideways(page) == []
    assert small_targets(page) == []


def test_whoever_writes_the_same_title_adds_a_voice_and_a_line_and_keeps_the_text(
    phone: OpenPage, town: Town
) -> None:
    page = phone("nn", width=320)
    page.goto(f"/nn/ideas/{town.slug}/new")
    before = place(page, "#title")
    page.locator("#title").press_sequentially("Lampor vid bron")
    box = page.locator("#alike")
    expect(box.get_by_role("status")).to_have_text("Nokon andre har skrive noko liknande")
    expect(page.locator("#title")).to_be_focused()
    assert place(page, "#title") == before
    expect(box.locator("summary")).to_have_text(FOUND)
    expect(box.locator("summary span")).to_have_attribute("lang", "sv")
    clean(page)

    # What has been found stays where it is while one goes on writing.
    page.locator("#body").press_sequentially("Det er mørkt.")
    before = place(page, "#body")
    page.locator("#body").press_sequentially(" Heilt annleis no: leikeplass og badebryggje.")
    page.wait_for_timeout(700)
    assert place(page, "#body") == before
    expect(box.locator("summary")).to_have_text(FOUND)

    box.locator("summary").click()
    expect(box.get_by_text("Fem lyktstolpar, mer begär jag inte").first).to_be_visible()
    box.get_by_role("button", name=re.compile("legg til mi stemme")).click()
    expect(box.locator(".given")).to_have_text("Stemma di tel.")
    expect(box.locator(".given")).to_be_focused()
    clean(page)
    box.get_by_label(re.compile("Kva vil du leggje til")).fill("Og ei ved skulen.")
    page.keyboard.press("Enter")
    code = box.locator("a[href*=receipt]")
    expect(code).to_be_visible()
    clean(page)
    assert page.url.endswith("/new")
    assert page.input_value("#title") == "Lampor vid bron"
    assert page.input_value("#body").startswith("Det er mørkt.")

    page.get_by_role("button", name="Send inn").click()
    page.wait_for_url("**/receipt/**")
    expect(page.get_by_role("heading", name="Lampor vid bron")).to_be_visible()


def test_what_is_found_while_the_description_is_written_comes_below_it(phone: OpenPage, town: Town) -> None:
    page = phone("sv", width=320)
    page.goto(f"/sv/ideas/{town.slug}/new")
    page.locator("#body").click()
    before = place(page, "#body")
    page.locator("#body").press_sequentially(TITLE)
    expect(page.locator("#alike li")).to_have_count(1)
    assert place(page, "#body") == before
    assert place(page, "#alike") > before


def test_closed_it_stays_away_from_this_form_even_when_it_comes_back(phone: OpenPage, town: Town) -> None:
    page = phone("sv", width=320)
    page.goto(f"/sv/ideas/{town.slug}/new")
    page.locator("#title").press_sequentially(TITLE)
    page.get_by_role("button", name="Stäng det här").click()
    expect(page.locator("#title")).to_be_focused()
    expect(page.locator("#alike")).to_have_count(0)
    page.get_by_role("button", name="Skicka in").click()
    page.wait_for_selector("[role=alert]")
    with_requests: list[str] = []
    page.on("request", lambda request: with_requests.append(request.url))
    page.locator("#title").press_sequentially(" mörkt")
    page.wait_for_timeout(700)
    assert with_requests == []
    expect(page.locator("#alike li")).to_have_count(0)


def test_without_coverage_the_form_is_as_ever_and_a_voice_says_it_did_not_arrive(
    phone: OpenPage, town: Town
) -> None:
    page = phone("sv", width=320)
    page.goto(f"/sv/ideas/{town.slug}/new")
    page.locator("#title").press_sequentially(FOUND)
    expect(page.locator("#alike li")).to_have_count(1)
    # Said to the script alone: a line that is broken would be told of as an error of the page.
    page.evaluate("""() => {
      window.kept = window.fetch
      window.fetch = () => Promise.reject(new TypeError("no coverage"))
    }""")
    page.locator("#alike .voice button").click()
    expect(page.get_by_text("Det nådde inte fram till oss.")).to_be_visible()
    page.evaluate("() => { window.fetch = window.kept }")
    page.locator("#alike .voice button").click()
    expect(page.get_by_text("Din röst räknas.")).to_be_visible()
    expect(page.get_by_text("Det nådde inte fram till oss.")).to_have_count(0)


def test_without_script_the_receipt_offers_the_same_once(phone: OpenPage, town: Town) -> None:
    page = phone("nb", script=False, width=320)
    page.goto(f"/nb/ideas/{town.slug}/new")
    expect(page.locator("#alike button")).to_be_hidden()
    page.fill("#title", FOUND)
    page.fill("#body", "Det er kolsvart fra holdeplassen til broen.")
    page.locator("[name=municipality][type=radio]").first.check()
    page.get_by_role("button", name="Send inn").click()
    expect(page.get_by_role("heading", name="Noen andre har skrevet noe lignende")).to_be_visible()
    receipt = page.url
    assert sideways(page) == []
    assert small_targets(page) == []
    follow(page.get_by_role("button", name=re.compile("legg til min stemme")))
    assert page.url == receipt
    expect(page.locator(".given")).to_have_text("Stemmen din teller.")
    page.get_by_label(re.compile("Hva vil du legge til")).fill("Og en ved skolen.")
    follow(page.get_by_role("button", name="Send tillegget"))
    assert page.url == receipt
    expect(page.locator("section.alike")).to_have_count(1)
    page.get_by_role("status").get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kvittering for tillegget ditt")
    page.goto(receipt)
    expect(page.locator("section.alike")).to_have_count(0)


def test_an_address_is_copied_with_a_word_about_it(phone: OpenPage, town: Town) -> None:
    page = phone("sv", width=320, permissions=["clipboard-read", "clipboard-write"])
    page.goto(f"/sv/ideas/{town.slug}")
    page.locator("article h2 a").first.click()
    page.evaluate("delete Navigator.prototype.share")
    page.get_by_role("button", name="Kopiera adressen").click()
    expect(page.locator("#shared")).to_have_text("Adressen är kopierad.")
    assert page.evaluate("navigator.clipboard.readText()") == page.url
