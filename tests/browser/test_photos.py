"""Photos from a phone to the page where everyone sees them, with script and without."""

from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.looks import follow, sideways, small_targets, violations
from tests.browser.town import Town
from tests.photos import a_noisy_photo, a_photo, a_telling_photo, a_zipped_gif, segments, telling

_FILES = """async () => {
  const files = [...document.querySelector("[name=pictures]").files]
  const sizes = await Promise.all(files.map((file) => createImageBitmap(file)))
  return files.map((file, at) => [file.name, file.size, sizes[at].width, sizes[at].height])
}"""
_BYTES = """async () => {
  const [file] = document.querySelector("[name=pictures]").files
  return [...new Uint8Array(await file.arrayBuffer())]
}"""
_LOADED = "images => images.map(i => { i.loading = 'eager'; return i.decode().then(() => i.naturalWidth) })"


@pytest.fixture
def camera(tmp_path: Path) -> Path:
    """A folder of photos as a phone has them."""
    (tmp_path / "stor.jpg").write_bytes(a_noisy_photo(4000, 3000))
    (tmp_path / "blå.jpg").write_bytes(a_photo(3000, 4000, (20, 40, 200)))
    (tmp_path / "skog.png").write_bytes(a_photo(1800, 900, (0, 90, 0), "PNG"))
    (tmp_path / "sideveg.jpg").write_bytes(a_telling_photo(6))
    (tmp_path / "dans.gif").write_bytes(a_zipped_gif())
    return tmp_path


def clean(page: Page) -> None:
    page.wait_for_load_state()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        assert violations(page) == []
    assert sideways(page) == []
    assert small_targets(page) == []


def open_form(page: Page, town: Town, title: str = "") -> None:
    page.goto(f"/nn/ideas/{town.slug}/new")
    page.get_by_label("Overskrift").fill(title)
    page.get_by_label("Beskriving", exact=True).fill("Ungane går i mørket til bussen. Set opp lys.")
    page.locator("[name=municipality][type=radio]").first.check()


def rows(page: Page) -> list[str]:
    return [words.strip() for words in page.locator("#photos li label:not(.choice)").all_inner_texts()]


def wide(page: Page, images: str) -> list[int]:
    """How wide the photos of a page are, once they have come."""
    found: list[int] = page.eval_on_selector_all(images, f"async images => Promise.all(({_LOADED})(images))")
    return found


@pytest.mark.looks
def test_photos_are_shrunk_shown_described_and_removed_on_the_phone(
    phone: OpenPage, town: Town, camera: Path
) -> None:
    page = phone("nn", width=320)
    open_form(page, town)
    page.set_input_files("#pictures", [camera / "stor.jpg"])
    page.set_input_files("#pictures", [camera / "blå.jpg", camera / "skog.png", camera / "sideveg.jpg"])
    expect(page.locator("#photos-full")).to_contain_text("maks tre")
    expect(page.locator("#photos img[src^='data:']")).to_have_count(3)
    name, size, *pixels = page.evaluate(_FILES)[0]
    assert (name, pixels) == ("stor.jpg", [1600, 1200])
    assert size < 1_000_000
    assert rows(page) == ["Kva viser bilete 1?", "Kva viser bilete 2?", "Kva viser bilete 3?"]
    clean(page)
    page.get_by_label("Kva viser bilete 3?").fill("Skogen")
    page.get_by_role("button", name="Fjern bilete 2").click()
    expect(page.get_by_label("Kva viser bilete 2?")).to_have_value("Skogen")
    assert [file[0] for file in page.evaluate(_FILES)] == ["stor.jpg", "skog.png"]


def test_where_and_when_a_photo_was_taken_does_not_leave_the_phone(
    phone: OpenPage, town: Town, camera: Path
) -> None:
    photo = Image.open(camera / "stor.jpg")
    photo.save(camera / "stor.jpg", exif=telling().tobytes(), comment=b"Kari")
    page = phone("nn")
    open_form(page, town)
    page.set_input_files("#pictures", [camera / "stor.jpg"])
    expect(page.locator("#photos img[src^='data:']")).to_have_count(1)
    # A colour profile is of the screen, not of the photo.
    left = {marker for marker, _carried in segments(bytes(page.evaluate(_BYTES)))}
    assert left & {0xE1, 0xED, 0xFE, 0} == set()


def test_photos_come_back_with_the_form_and_go_all_the_way(
    phone: OpenPage, town: Town, camera: Path
) -> None:
    page = phone("nn", width=320)
    open_form(page, town)
    page.set_input_files("#pictures", [camera / "stor.jpg", camera / "sideveg.jpg"])
    page.get_by_label("Kva viser bilete 1?").fill("Ein mørk veg")
    # At once: what is not shrunk yet is waited for.
    page.get_by_role("button", name="Send inn").click()
    expect(page.locator("#problems")).to_be_focused()
    assert wide(page, "#photos img") == [1600, 48]
    expect(page.get_by_label("Kva viser bilete 1?")).to_have_value("Ein mørk veg")
    clean(page)
    page.get_by_label("Overskrift").fill("Lys langs vegen til bussen")
    page.get_by_role("button", name="Fjern bilete 2").click()
    page.set_input_files("#pictures", [camera / "skog.png"])
    page.get_by_label("Kva viser bilete 2?").fill("Skogen ved sida av")
    page.get_by_role("button", name="Send inn").click()
    page.wait_for_url("**/receipt/**")
    assert wide(page, ".pictures img") == [480, 480]
    clean(page)

    ref = page.locator(".ref").inner_text().split()[-1]
    moderator = phone("sv", role="moderator", width=1280)
    moderator.goto(f"/sv/moderation/{ref}")
    assert wide(moderator, "figure img") == [1600, 1600]
    expect(moderator.get_by_text("Skogen ved sida av")).to_be_visible()
    assert violations(moderator) == []
    follow(moderator.get_by_role("button", name="Publicera", exact=True))

    reader = phone("nn", width=320)
    reader.goto(f"/nn/ideas/{town.slug}/{ref}")
    assert reader.locator("figure img").evaluate_all("images => images.map(i => i.alt)") == [
        "Ein mørk veg", "Skogen ved sida av",
    ]
    assert wide(reader, "figure img") == [1600, 1600]
    clean(reader)
    reader.goto(f"/nn/ideas/{town.slug}")
    assert wide(reader, ".ds-card:first-of-type .thumbnail img")[:1] == [480]
    clean(reader)


def test_photos_go_without_script(phone: OpenPage, town: Town, camera: Path) -> None:
    page = phone("nn", script=False, width=320)
    open_form(page, town)
    page.locator("noscript summary").click()
    page.set_input_files("#pictures", [camera / "sideveg.jpg", camera / "dans.gif"])
    page.get_by_label("Kva viser bilete 1?").fill("Ein veg")
    page.get_by_label("Kva viser bilete 2?").fill("Ein dans")
    page.get_by_role("button", name="Send inn").click()
    expect(page.locator("#pictures-error")).to_contain_text("dans.gif")
    expect(page.get_by_label("Kva viser bilete 1?")).to_have_value("Ein veg")
    expect(page.get_by_label("Kva viser bilete 2?")).to_have_value("Ein dans")
    page.get_by_label("Overskrift").fill("Veg utan lys ved skulen")
    page.set_input_files("#pictures", [camera / "stor.jpg"])
    page.get_by_label("Kva viser bilete 2?").fill("Eit raudt hus")
    page.get_by_role("button", name="Send inn").click()
    page.wait_for_url("**/receipt/**")
    assert page.locator(".pictures img").count() == 2
    assert page.locator(".pictures img").nth(1).get_attribute("alt") == "Eit raudt hus"
