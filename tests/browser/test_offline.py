"""An idea written where there is no coverage: nothing typed is lost, and it arrives once."""

import re
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import OpenPage, Reopen
from tests.browser.town import Town

ALT = "Ferja ved kai i mørket"
BODY = "Ferja er einaste vegen til butikken, og siste tur går klokka seks."


def form(town: Town) -> str:
    return f"/nn/ideas/{town.slug}/new"


def until(page: Page, condition: str, words: str = "") -> None:
    """Wait in the page until a condition on ``words`` holds, which may have something to wait for."""
    pause = "new Promise((done) => setTimeout(done, 20))"
    page.evaluate(f"async (words) => {{ while (!({condition})) await {pause}; }}", words)


def visit(page: Page, town: Town) -> None:
    """Look at the form once, with coverage, until the phone has kept it."""
    page.goto(form(town))
    until(page, "await caches.match(location.pathname) && await caches.match('/nn/phone')")


def write(page: Page, title: str) -> None:
    page.get_by_label("Overskrift").fill(title)
    page.get_by_label("Beskriving", exact=True).fill(BODY)
    page.get_by_label("Elvmark kommune").check()


def is_kept(page: Page, words: str) -> None:
    """The phone has these words in its draft."""
    until(page, "(await kept.all('drafts')).some((draft) => JSON.stringify(draft).includes(words))", words)


def arrived(phone: OpenPage, title: str) -> int:
    """How many ideas with this title have arrived."""
    page = phone("sv", role="moderator")
    page.goto(f"/sv/moderation/?q={title}")
    return page.get_by_role("link", name=title).count()


def receipt_opens(page: Page, title: str) -> None:
    page.get_by_role("link", name="Sjå kvitteringa").first.click()
    expect(page.get_by_role("heading", name=title)).to_be_visible()


def test_what_is_typed_without_coverage_survives_a_closed_browser_and_arrives_once(
    own_phone: Reopen, phone: OpenPage, town: Town, tmp_path: Path
) -> None:
    title, photo = "Kveldsferje til Skarvøya", tmp_path / "ferje.jpg"
    Image.new("RGB", (1200, 900), (30, 90, 140)).save(photo)
    page = own_phone()
    visit(page, town)
    with town.power_cut():
        page.reload()
        write(page, title)
        page.set_input_files("#pictures", [photo])
        page.get_by_label("Kva viser bilete 1?").fill(ALT)
        is_kept(page, ALT)
        until(page, "(await kept.all('drafts'))[0].fields.some(([, value]) => value instanceof Blob)")

        page = own_phone()
        page.goto(form(town))
        expect(page.get_by_text("Det du skreiv sist, ligg framleis her.")).to_be_visible()
        expect(page.get_by_label("Beskriving", exact=True)).to_have_value(BODY)
        expect(page.get_by_label("Kva viser bilete 1?")).to_have_value(ALT)
        page.get_by_role("button", name="Send inn").click()
        expect(page.get_by_role("heading", name="Ideane mine på denne telefonen")).to_be_visible()
        expect(page.get_by_text("Lagra her.")).to_be_visible()

    page = own_phone()
    page.goto("/nn/phone")
    receipt_opens(page, title)
    expect(page.get_by_alt_text(ALT)).to_have_count(1)
    assert arrived(phone, title) == 1


def test_an_idea_whose_answer_was_lost_arrives_once(own_phone: Reopen, phone: OpenPage, town: Town) -> None:
    title = "Ventebenk ved ferjekaia"
    lost: list[int] = []

    def lose_the_first(route: Route) -> None:
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch(max_redirects=0).status)
            route.abort()
        else:
            route.fallback()

    page = own_phone()
    visit(page, town)
    page.context.route(re.compile("/new$"), lose_the_first)
    write(page, title)
    page.get_by_role("button", name="Send inn").click()
    expect(page.get_by_role("heading", name="Ideane mine på denne telefonen")).to_be_visible()
    assert lost == [200]
    # Sent again by the phone itself behind the page, or by the next page.
    page.reload()
    receipt_opens(page, title)
    assert arrived(phone, title) == 1


def test_an_idea_sent_while_the_server_is_killed_arrives_once(
    own_phone: Reopen, phone: OpenPage, town: Town
) -> None:
    title = "Lys på flytebrygga"
    page = own_phone()
    visit(page, town)
    write(page, title)
    is_kept(page, BODY)
    page.evaluate("document.getElementById('idea').requestSubmit()")
    with town.power_cut():
        page.wait_for_url(lambda address: not address.endswith("/new"))
    page.goto("/nn/phone")
    receipt_opens(page, title)
    assert arrived(phone, title) == 1


def test_what_the_server_refuses_is_shown_at_its_field_with_the_text_still_there(
    phone: OpenPage, town: Town
) -> None:
    page = phone("nn", width=320)
    page.goto(form(town))
    page.get_by_role("button", name="Send inn").click()
    expect(page.locator("#problems")).to_be_focused()
    expect(page.locator("#problems")).to_contain_text("Skriv ei overskrift")
    write(page, "Ny leikeplass")
    page.get_by_label(re.compile("^E-post")).fill("ikkje ei adresse")
    page.get_by_role("button", name="Send inn").click()
    expect(page.locator("#problems")).to_contain_text("Skriv ei e-postadresse")
    expect(page.locator("#problems li")).to_have_count(1)
    expect(page.locator("#email")).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_label("Overskrift")).to_have_value("Ny leikeplass")
    assert page.title().startswith("Feil:")


def test_a_shared_phone_is_cleared_with_one_button(own_phone: Reopen, town: Town) -> None:
    page = own_phone()
    visit(page, town)
    write(page, "Berre mitt")
    is_kept(page, BODY)
    page.goto("/nn/phone")
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Tøm denne telefonen").click()
    expect(page.get_by_text("Ingenting av ditt ligg att på denne telefonen.")).to_be_visible()
    page.goto(form(town))
    expect(page.get_by_label("Overskrift")).to_have_value("")
    assert page.evaluate("async () => (await kept.all('drafts')).length") == 0


def test_ideas_are_read_without_coverage_and_what_was_searched_for_is_not_the_list(
    own_phone: Reopen, town: Town
) -> None:
    page, ideas = own_phone(), f"/nn/ideas/{town.slug}"
    visit(page, town)
    page.goto(ideas)
    until(page, "await caches.match(location.pathname)")
    first = page.locator("article h2").first.inner_text()
    count = page.locator("article").count()
    page.goto(f"{ideas}?q=ferje")
    assert page.locator("article").count() < count
    with town.power_cut():
        page.goto(ideas)
        expect(page.locator("article")).to_have_count(count)
        expect(page.locator("article h2").first).to_have_text(first)


def test_without_script_the_form_and_the_clearing_work(phone: OpenPage, town: Town) -> None:
    page = phone("nn", script=False, width=320)
    page.goto(form(town))
    write(page, "Utan skript")
    page.get_by_role("button", name="Send inn").click()
    expect(page.get_by_text("Takk! Ideen din er send inn.")).to_be_visible()
    before = page.context.cookies()
    page.goto("/nn/phone")
    page.get_by_role("button", name="Tøm denne telefonen").click()
    expect(page.get_by_text("Ingenting av ditt ligg att på denne telefonen.")).to_be_visible()
    assert before
    assert page.context.cookies() != before
