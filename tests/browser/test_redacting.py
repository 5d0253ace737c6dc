"""A photo and its text from a phone, redacted by hand: by dragging, by keyboard, and without script."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.looks import follow, sideways, violations
from tests.browser.town import Town
from tests.photos import a_noisy_photo


@pytest.fixture
def sent(phone: OpenPage, town: Town, tmp_path: Path) -> str:
    """The reference of an idea with a photo and a name in it."""
    photo = tmp_path / "gate.jpg"
    photo.write_bytes(a_noisy_photo(800, 600))
    page = phone("nn", script=False)
    page.goto(f"/nn/ideas/{town.slug}/new")
    page.get_by_label("Overskrift").fill("Trapp ved elva")
    page.get_by_label("Beskriving", exact=True).fill("Spør Kari Nordmann om trappa ved elva.")
    page.locator("[name=municipality][type=radio]").first.check()
    page.set_input_files("#pictures", [photo])
    page.get_by_role("button", name="Send inn").click()
    page.wait_for_url("**/receipt/**")
    return page.locator(".ref").inner_text().split()[-1]


def opened(page: Page, ref: str) -> Page:
    page.goto(f"/sv/moderation/{ref}")
    follow(page.get_by_role("link", name="Maskera och publicera"))
    return page


def chosen(page: Page) -> list[str]:
    return page.locator("[data-cells] input:checked").evaluate_all("boxes => boxes.map(box => box.value)")


def as_everyone_reads_it(phone: OpenPage, town: Town, ref: str) -> str:
    reader = phone("nn", width=320)
    reader.goto(f"/nn/ideas/{town.slug}/{ref}")
    assert violations(reader) == []
    assert sideways(reader) == []
    return reader.locator("main").inner_text()


def test_a_part_is_covered_by_dragging_and_words_are_marked_by_keyboard(
    phone: OpenPage, town: Town, sent: str
) -> None:
    page = opened(phone("sv", role="moderator", width=1280), sent)
    boxes = page.locator("[data-cells] input")
    boxes.nth(36).scroll_into_view_if_needed()
    boxes.nth(12).hover()
    page.mouse.down()
    boxes.nth(23).hover()
    boxes.nth(24).hover()
    page.mouse.up()
    assert chosen(page) == ["12", "13", "14", "22", "23", "24"]
    boxes.nth(36).click()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    assert chosen(page)[-2:] == ["36", "37"]

    body = page.get_by_label("Beskrivning", exact=True)
    body.focus()
    page.keyboard.press("Control+Home")
    for _letter in "Spør ":
        page.keyboard.press("ArrowRight")
    for _letter in "Kari Nordmann":
        page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(body).to_have_value("Spør [[Kari Nordmann]] om trappa ved elva.")
    expect(body).to_be_focused()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        assert violations(page) == []
    follow(page.get_by_role("button", name="Publicera utan det markerade"))
    assert "Spør [fjerna av kommunen] om trappa ved elva." in as_everyone_reads_it(phone, town, sent)


def test_all_of_it_goes_without_script(phone: OpenPage, town: Town, sent: str) -> None:
    # Whoever has come in keeps the way in.
    phone("sv", role="moderator").close()
    page = opened(phone("sv", role="moderator", script=False, width=320), sent)
    assert sideways(page) == []
    page.get_by_label("Beskrivning", exact=True).fill("Spør [[Kari Nordmann]] om trappa ved elva.")
    page.get_by_label("Rad 2, kolumn 3").check()
    follow(page.get_by_role("button", name="Visa hur det blir"))
    preview = page.locator("section", has_text="Så här blir det")
    expect(preview).to_contain_text("Spør [fjerna av kommunen] om")
    assert chosen(page) == ["12"]
    follow(page.get_by_role("button", name="Publicera utan det markerade"))
    assert "Kari" not in as_everyone_reads_it(phone, town, sent)


def test_how_it_will_read_is_shown_while_it_is_being_marked(
    phone: OpenPage, town: Town, sent: str
) -> None:
    phone("sv", role="moderator").close()
    page = opened(phone("sv", role="moderator", width=320), sent)
    preview = page.locator("#preview")
    expect(preview).to_contain_text("Spør Kari Nordmann om trappa ved elva.")
    expect(page.get_by_role("button", name="Visa hur det blir")).to_be_hidden()
    body = page.get_by_label("Beskrivning", exact=True)
    body.fill("Spør [[Kari]] [[Nordmann ]]om trappa ved elva.")
    expect(preview).to_contain_text("Spør [fjerna av kommunen] om trappa ved elva.")
    body.fill("Spør [[Kari Nordmann om trappa ved elva.")
    expect(preview).to_contain_text("Varje markering behöver en början och ett slut.")
    body.fill("Spør [[Kari Nordmann]] om trappa.")
    expect(preview).to_contain_text("Här kan du bara lägga till markeringar.")
    body.fill("Spør [[Kari Nordmann]] om trappa ved elva.")
    colour = """(canvas) => [...canvas.getContext("2d").getImageData(
        Math.floor(canvas.width * 0.25), Math.floor(canvas.height * 0.19), 3, 3).data].join()"""
    canvas = preview.locator("canvas")
    before = canvas.evaluate(colour)
    page.get_by_label("Rad 2, kolumn 3").check()
    after = canvas.evaluate(colour)
    assert after != before
    assert len(set(after.split(",255")[:-1])) <= 2
    assert sideways(page) == []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        assert violations(page) == []
    follow(page.get_by_role("button", name="Publicera utan det markerade"))
    assert "Spør [fjerna av kommunen] om trappa ved elva." in as_everyone_reads_it(phone, town, sent)
