"""One idea all the way: a phone in Nynorsk, the moderator, the facilitator, and back to the receipt."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
from playwright.sync_api import Page, expect

from tests.browser.looks import follow, sideways, small_targets, violations
from tests.browser.town import Town

OpenPage = Callable[..., Page]

TITLE = "Gatelys langs skulevegen på Brattset"
BODY = "Ungane går i stummande mørker til skulebussen. Set opp lys frå krysset og bort til skulen."
CORRECTED = BODY + " Fem lykter held."


def send_idea(resident: Page, town: Town, *, script: bool = True) -> str:
    """Fill in the form in Nynorsk; gives the receipt's address."""
    resident.goto("/nn/")
    resident.get_by_role("link", name="Send inn ein idé").first.click()
    resident.get_by_label("Overskrift").fill(TITLE)
    resident.get_by_label("Beskriving").fill(BODY)
    resident.get_by_label(re.compile("^Stad")).fill("Brattset")
    expect(resident.get_by_label("Elvmark kommune")).to_be_checked()
    resident.get_by_role("button", name="Send inn").click()
    expect(resident.get_by_text("Takk! Ideen din er send inn.")).to_be_visible()
    return resident.url


def clean(page: Page) -> None:
    """The page has arrived, fits, can be hit by a thumb and read aloud."""
    page.wait_for_load_state()
    assert sideways(page) == []
    assert small_targets(page) == []
    assert violations(page) == []


def find_waiting(moderator: Page, town: Town, ref: str) -> None:
    moderator.goto(f"/sv/moderation/?q={ref}")
    moderator.get_by_role("link", name=TITLE).click()
    expect(moderator.get_by_role("heading", name=TITLE)).to_be_visible()


def test_an_idea_goes_from_a_phone_to_a_decision_and_back(
    phone: OpenPage, town: Town, tmp_path: Path
) -> None:
    resident = phone("nn")
    receipt = send_idea(resident, town)
    clean(resident)
    ref = re.search(r"I-[0-9A-Z]{8}", resident.inner_text("main"))
    assert ref is not None

    # The moderator asks for a change, and the author makes it through the receipt.
    moderator = phone("sv", role="moderator", width=1280)
    find_waiting(moderator, town, ref[0])
    clean(moderator)
    moderator.keyboard.press("r")
    form = moderator.locator("details[open]")
    form.get_by_role("combobox").select_option("not_municipal")
    form.get_by_role("textbox").fill("Skriv kor mange lykter som trengst, så tek vi saka vidare.")
    form.get_by_role("button").click()
    resident.goto(receipt)
    expect(resident.get_by_text("Skriv kor mange lykter")).to_be_visible()
    clean(resident)
    resident.get_by_label("Beskriving").fill(CORRECTED)
    resident.get_by_role("button", name="Send inn på nytt").click()

    # It comes back with the difference marked and is published by one key.
    find_waiting(moderator, town, ref[0])
    expect(moderator.locator("ins").first).to_contain_text("Fem lykter")
    moderator.keyboard.press("p")
    expect(moderator.get_by_role("status").first).to_contain_text("har publicerats")
    resident.goto(receipt)
    resident.get_by_role("link", name=re.compile("der andre les")).click()
    expect(resident.get_by_role("heading", level=1)).to_have_text(TITLE)
    resident.get_by_role("button", name="Støtt ideen").click()
    expect(resident.get_by_text("1 person støttar")).to_be_visible()
    clean(resident)

    # The facilitator finds themes: a real job, a real worker.
    facilitator = phone("nb", role="facilitator", width=1280)
    theme = find_theme(facilitator, town, ref[0])
    dossier = make_candidate(facilitator, theme)
    make_public(facilitator, dossier)

    resident.goto(receipt)
    expect(resident.get_by_text("Ein trygg skuleveg i mørketida")).to_be_visible()
    expect(resident.get_by_text("Under vurdering")).to_be_visible()
    clean(resident)
    exports(facilitator, town, ref[0], tmp_path)


def find_theme(facilitator: Page, town: Town, ref: str) -> str:
    """Run the analysis, move the idea by hand, name its theme, run again; gives the theme's address."""
    run_analysis(facilitator, town)
    clean(facilitator)
    where = theme_with(facilitator, town, ref)
    facilitator.locator(f"input[name=ideas][value={ref}]").check()
    facilitator.get_by_role("combobox", name=re.compile("^Flytt")).select_option(index=1)
    facilitator.get_by_role("button", name="Flytt de valgte ideene").click()
    expect(facilitator.get_by_role("status").first).to_contain_text("flyttet")
    moved_to = theme_with(facilitator, town, ref)
    assert moved_to != where
    expect(facilitator.locator("article", has=facilitator.locator(f"[value={ref}]"))).to_contain_text(
        "flyttet for hånd")
    facilitator.locator("#name").fill("Trygg vei til skolen")
    facilitator.get_by_role("button", name="Lagre navnet").click()
    run_analysis(facilitator, town)
    assert theme_with(facilitator, town, ref) == moved_to
    expect(facilitator.get_by_role("heading", level=1)).to_have_text("Trygg vei til skolen")
    clean(facilitator)
    return moved_to


def run_analysis(facilitator: Page, town: Town) -> None:
    """A real job by a real worker; its progress survives a reload, and what it found is accepted."""
    facilitator.goto(f"/nb/themes/{town.slug}")
    facilitator.get_by_role("button", name=re.compile("Finn temaer")).click()
    facilitator.wait_for_url("**/runs/*")
    facilitator.reload()
    facilitator.wait_for_selector(".ds-alert[data-color=success]", timeout=60_000)
    facilitator.locator("main a.ds-button").click()
    facilitator.wait_for_url("**/proposals/*")
    facilitator.get_by_role("button", name="Bruk disse temaene").click()
    facilitator.wait_for_url(f"**/themes/{town.slug}")


def theme_with(facilitator: Page, town: Town, ref: str) -> str:
    """Open the theme that an idea is in, or the unsorted ones; gives the address."""
    facilitator.goto(f"/nb/themes/{town.slug}")
    links = facilitator.locator(".themes h2 a").evaluate_all("links => links.map(a => a.href)")
    for address in [*links, f"{town.address}/nb/themes/{town.slug}/unsorted"]:
        facilitator.goto(address)
        if facilitator.locator(f"input[name=ideas][value={ref}]").count():
            return str(address)
    raise AssertionError(f"{ref} is in no theme and not unsorted either")


def make_candidate(facilitator: Page, theme: str) -> str:
    facilitator.goto(theme)
    follow(facilitator.get_by_role("link", name="Lag en kandidat"))
    clean(facilitator)
    facilitator.locator("#title").fill("Ein trygg skuleveg i mørketida")
    facilitator.locator("#need").fill("Barn og unge må kunne gå til skulebussen utan å vere redde.")
    facilitator.locator("#next_step").fill("Gå vegen saman med skulen i januar.")
    facilitator.locator("main form[method=post] button").last.click()
    expect(facilitator.get_by_role("heading", level=1)).to_have_text("Ein trygg skuleveg i mørketida")
    clean(facilitator)
    return facilitator.url.split("?")[0]


def make_public(facilitator: Page, dossier: str) -> None:
    facilitator.goto(dossier)
    facilitator.locator("input[name=status][value=under_consideration]").check()
    facilitator.get_by_role("button", name="Endre status").click()
    expect(facilitator.locator(".steps li")).to_have_count(2)
    facilitator.locator("main a.ds-button", has_text="Gjør").click()
    facilitator.wait_for_url("**/publication")
    clean(facilitator)
    facilitator.locator("form[method=post] button").last.click()
    expect(facilitator.locator(".steps .ds-tag[data-color=success]")).to_have_count(1)


def exports(facilitator: Page, town: Town, ref: str, folder: Path) -> None:
    """Every format, opened with another program's library."""
    for kind in ("csv", "xlsx", "json"):
        facilitator.goto(f"/nb/export/{town.slug}")
        facilitator.locator("input[name=what][value=everything]").check()
        facilitator.locator("input[name=variant][value=public]").check()
        facilitator.locator(f"input[name=format][value={kind}]").check()
        with facilitator.expect_download() as download:
            facilitator.locator("form[method=post] button").last.click()
        file = folder / download.value.suggested_filename
        download.value.save_as(file)
        assert ref in refs_in(file)


def refs_in(file: Path) -> set[str]:
    if file.suffix == ".json":
        return {idea["id"] for idea in json.loads(file.read_text(encoding="utf-8"))["ideas"]}
    if file.suffix == ".xlsx":
        sheet = openpyxl.load_workbook(file)["Ideas"]
        return {str(row[0]) for row in sheet.iter_rows(values_only=True)}
    with zipfile.ZipFile(file) as whole:
        name = next(name for name in whole.namelist() if "ideas" in name)
        text = whole.read(name).decode("utf-8-sig")
    return {row["id"] for row in csv.DictReader(io.StringIO(text), delimiter=";")}


def test_an_idea_is_sent_and_withdrawn_without_script_at_320_pixels(phone: OpenPage, town: Town) -> None:
    resident = phone("nn", script=False, width=320)
    receipt = send_idea(resident, town)
    assert sideways(resident) == []
    resident.get_by_role("link", name="Trekk tilbake ideen").click()
    follow(resident.get_by_role("button", name="Trekk tilbake ideen"))
    assert resident.url == receipt
    expect(resident.get_by_text("Trekt tilbake").first).to_be_visible()
