"""Helped input in a real browser: notes by keyboard alone, a kiosk that clears itself, a receipt on paper."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import OpenPage, come_in
from tests.browser.looks import follow, sideways, small_targets, violations
from tests.browser.town import Town

BODIES = ["Flere benker ved elva. Da kan eldre hvile.", "Lys på stien mellom skolen og hallen.",
          "Et verksted der unge og gamle lærer av hverandre."]


def clean(page: Page) -> None:
    page.wait_for_load_state()
    assert (sideways(page), small_targets(page), violations(page)) == ([], [], [])


def test_three_notes_are_typed_by_keyboard_alone(phone: OpenPage, town: Town) -> None:
    page = phone("nb", role="facilitator", width=1280)
    page.goto(f"/nb/ideas/{town.slug}/notes")
    clean(page)
    before, keyboard = page.locator("main li.ds-card").count(), page.keyboard
    # The first: from field to field, and Enter in the last one sends.
    expect(page.locator("#body")).to_be_focused()
    keyboard.type(BODIES[0])
    keyboard.press("Tab")
    keyboard.type("Benker ved elva")
    keyboard.press("Tab")
    keyboard.type("Aka")
    expect(page.locator("#sector")).to_have_value("academia")
    keyboard.press("Tab")
    expect(page.locator("#place")).to_be_focused()
    keyboard.type("Elvepromenaden")
    keyboard.press("Enter")
    expect(page.locator("main li.ds-card")).to_have_count(before + 1)
    # The second and the third: nothing but the text.
    for number, body in enumerate(BODIES[1:], start=2):
        expect(page.locator("#body")).to_be_focused()
        expect(page.locator("#body")).to_have_value("")
        keyboard.type(body)
        keyboard.press("Control+Enter")
        expect(page.locator("main li.ds-card")).to_have_count(before + number)
    expect(page.locator("main li.ds-card").first).to_contain_text(BODIES[2])
    # The last one is taken back, still without a mouse.
    page.locator("main li.ds-card").first.get_by_role("button").press("Enter")
    expect(page.locator("main li.ds-card")).to_have_count(before + 2)
    clean(page)


def test_a_note_is_sent_once_however_often_the_keys_are_pressed(phone: OpenPage, town: Town) -> None:
    page = phone("nb", role="facilitator", width=320)
    page.goto(f"/nb/ideas/{town.slug}/notes")
    clean(page)
    before = page.locator("main li.ds-card").count()
    page.locator("#body").fill("En note som sendes én gang.")
    page.evaluate("""() => { const form = document.getElementById("note");
                             for (let i = 0; i < 3; i++) form.requestSubmit(); }""")
    expect(page.locator("main li.ds-card")).to_have_count(before + 1)


def test_notes_are_typed_without_script_and_keep_what_was_chosen(phone: OpenPage, town: Town) -> None:
    page = phone("nb", role="facilitator", script=False)
    page.goto(f"/nb/ideas/{town.slug}/notes")
    before = page.locator("main li.ds-card").count()
    page.locator("#source").select_option("paper")
    page.locator("#written_in").select_option("nn")
    page.locator("#body").fill("Eit notat frå papir.")
    page.locator("#place").press("Enter")
    expect(page.locator("main li.ds-card")).to_have_count(before + 1)
    expect(page.locator("#source")).to_have_value("paper")
    expect(page.locator("#written_in")).to_have_value("nn")


@contextmanager
def left_in_the_library(chromium: Browser, town: Town, path: str) -> Iterator[Page]:
    """A screen that a facilitator has left to the public; its clock stands still until it is moved."""
    context = chromium.new_context(base_url=town.address, locale="nn-NO", reduced_motion="reduce",
                                   viewport={"width": 820, "height": 1180})
    context.set_default_timeout(10_000)
    page = context.new_page()
    come_in(page, town.door("facilitator"))
    page.goto(path)
    clean(page)
    yield page
    context.close()


@pytest.fixture
def device(chromium: Browser, town: Town) -> Iterator[Page]:
    """A screen on which ideas are written."""
    with left_in_the_library(chromium, town, f"/nn/ideas/{town.slug}/kiosk") as page:
        page.locator("[name=municipality][type=radio]").last.check()
        page.locator("main form[method=post] button").click()
        page.wait_for_url("**/new?*")
        page.clock.install()
        page.reload()
        yield page


def write(device: Page) -> None:
    device.get_by_label("Overskrift").fill("Ei brygge for alle")
    device.get_by_label("Beskriving").fill("Ein stad der ein kan bade med rullestol.")


def test_a_kiosk_asks_who_has_gone_and_then_empties_itself(device: Page) -> None:
    clean(device)
    assert device.locator("nav.staff, footer a, a.brand").count() == 0
    write(device)
    asked = device.locator("#still-there")
    device.clock.run_for(119_000)
    expect(asked).to_be_hidden()
    device.clock.run_for(2_000)
    expect(asked).to_be_visible()
    expect(asked.locator("[data-left]")).to_have_text(re.compile("^(30|29)$"))
    assert violations(device) == []
    # Whoever is still there stops it with one button, and has what they wrote.
    asked.get_by_role("button").click()
    device.clock.run_for(60_000)
    expect(asked).to_be_hidden()
    expect(device.get_by_label("Overskrift")).to_have_value("Ei brygge for alle")
    # Whoever has gone loses it to nobody.
    device.clock.run_for(61_000)
    expect(asked).to_be_visible()
    device.clock.run_for(31_000)
    expect(asked).to_be_hidden()
    expect(device.get_by_label("Overskrift")).to_have_value("")
    device.go_back()
    assert device.locator("#title").count() == 0 or device.locator("#title").input_value() == ""


def test_an_empty_form_on_a_kiosk_asks_nobody(device: Page) -> None:
    device.clock.run_for(200_000)
    expect(device.locator("#still-there")).to_be_hidden()


def test_the_receipt_on_a_kiosk_goes_after_a_minute_unless_it_is_held(device: Page) -> None:
    write(device)
    device.get_by_role("button", name="Send inn", exact=True).click()
    device.wait_for_url("**/receipt/*")
    receipt, left = device.url, device.locator("[data-left]")
    expect(left).to_have_text(re.compile("^(60|59)$"))
    clean(device)
    device.clock.run_for(30_000)
    expect(left).to_have_text(re.compile("^(30|29)$"))
    device.locator("[data-stay]").click()
    device.clock.run_for(60_000)
    assert device.url == receipt
    # It does not stay for ever: after a while the minute is counted once more.
    device.clock.run_for(181_000)
    expect(left).to_be_visible()
    device.clock.run_for(61_000)
    device.wait_for_url("**/new?*")
    expect(device.get_by_label("Overskrift")).to_have_value("")
    # Nobody comes back to it.
    device.goto(receipt)
    device.wait_for_url("**/new?*")


@pytest.fixture
def survey_device(chromium: Browser, town: Town, phone: OpenPage) -> Iterator[Page]:
    """A screen on which a survey is answered."""
    resident = phone("nn")
    resident.goto("/nn/surveys/")
    survey = str(resident.locator("article a").first.get_attribute("href"))
    with left_in_the_library(chromium, town, f"{survey}/kiosk") as page:
        follow(page.locator("main form[method=post] button"))
        page.clock.install()
        page.reload()
        yield page


# How much lies in the browser's own stores.
_KEPT = """async () => {
  let count = localStorage.length + sessionStorage.length
  for (const { name } of await indexedDB.databases()) {
    const store = await new Promise((done) => {
      const opened = indexedDB.open(name); opened.onsuccess = () => done(opened.result) })
    for (const part of store.objectStoreNames) count += await new Promise((done) => {
      const asked = store.transaction(part).objectStore(part).count()
      asked.onsuccess = () => done(asked.result) })
  }
  return count
}"""


def begin(device: Page) -> None:
    follow(device.get_by_role("button", name="Start undersøkinga"))


def test_two_people_answer_a_survey_on_a_kiosk_and_find_nothing_of_each_other(survey_device: Page) -> None:
    device = survey_device
    clean(device)
    home = device.url
    for way in ("Til fots", "Med bil"):
        assert device.locator("nav.staff, footer a, a.brand, #waiting").count() == 0
        begin(device)
        assert device.locator("main input:checked").count() == 0
        device.get_by_label(way).check()
        while "/check" not in device.url:
            clean(device)
            follow(device.get_by_role("button", name="Hald fram").last)
        clean(device)
        expect(device.get_by_text(way)).to_be_visible()
        follow(device.get_by_role("button", name="Send inn"))
        expect(device.locator("[data-left]")).to_have_text(re.compile("^(60|59)$"))
        expect(device.get_by_text(way)).to_have_count(0)
        clean(device)
        receipt = device.url
        device.clock.run_for(61_000)
        device.wait_for_url(home)
        # Nobody comes back to it, neither by its address nor by the keys of the browser.
        device.goto(receipt)
        device.wait_for_url(home)
        device.go_back()
        expect(device.get_by_text(way)).to_have_count(0)
        device.goto(home)
    # Nothing is kept in the browser either.
    assert device.evaluate(_KEPT) == 0


def test_an_answer_that_somebody_walks_away_from_is_gone_for_the_next(survey_device: Page) -> None:
    device = survey_device
    home = device.url
    # Nothing has been answered: nobody is asked.
    device.clock.run_for(200_000)
    expect(device.locator("#still-there")).to_have_count(0)
    begin(device)
    device.get_by_label("Med bil").check()
    follow(device.get_by_role("button", name="Hald fram").last)
    # The next page is empty still, and yet something is left.
    device.clock.run_for(121_000)
    expect(device.locator("#still-there")).to_be_visible()
    assert violations(device) == []
    device.get_by_role("button", name="Ja, eg skriv enno").click()
    device.clock.run_for(121_000)
    expect(device.locator("#still-there")).to_be_visible()
    device.clock.run_for(31_000)
    device.wait_for_url(home)
    expect(device.get_by_role("button", name="Start undersøkinga")).to_be_visible()
    begin(device)
    assert device.locator("main input:checked").count() == 0


def test_a_receipt_fits_on_a_small_sheet(phone: OpenPage, town: Town) -> None:
    page = phone("nn")
    page.goto(f"/nn/ideas/{town.slug}/new")
    write(page)
    page.locator("[name=municipality][type=radio]").first.check()
    page.get_by_role("button", name="Send inn", exact=True).click()
    page.wait_for_url("**/receipt/*")
    expect(page.get_by_role("button", name="Skriv ut")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator("svg.qr")).to_be_visible()
    expect(page.locator("footer")).to_be_hidden()
    assert len(re.findall(rb"/Type /Page\b", page.pdf(format="A5"))) == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_behind_a_receipt_can_be_read_by_everybody(
    phone: OpenPage, town: Town, scheme: str
) -> None:
    page = phone("sv", width=320, scheme=scheme)
    page.goto(f"/sv/ideas/{town.slug}/new")
    page.fill("#title", "Fartsgrensenedsettelsesvedtaket")
    page.fill("#body", "fartsgrensenedsettelsesvedtaket" * 3)
    page.locator("[name=municipality][type=radio]").first.check()
    page.locator("main form button").last.click()
    page.wait_for_url("**/receipt/*")
    receipt = page.url
    for part in ("data", "deletion", "news"):
        page.goto(f"{receipt}/{part}")
        clean(page)
    page.locator("main form button").last.click()
    page.wait_for_selector("[role=alert]")
    clean(page)
