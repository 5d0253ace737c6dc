"""Own words as staff meet them on a narrow phone, in Nynorsk."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.looks import follow, sideways, small_targets, violations

pytestmark = pytest.mark.looks

FILE = "id;name_nn;stems\r\nnordhamna;Nordhamna;nordhamn\r\ndogs;;jycke\r\n"
WRONG = "id;name_nn;stems\r\nnordhamna;Nordhamna;nord hamna\r\n"


def clean(page: Page) -> None:
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        assert violations(page) == []
    assert sideways(page) == []
    assert small_targets(page) == []


def test_a_place_is_added_told_of_and_taken_back(phone: OpenPage) -> None:
    page = phone("nn", role="administrator", width=320)
    page.goto("/nn/programmes/words")
    page.get_by_role("link", name="Legg til eit omgrep").click()
    page.fill("#stems", "bad")
    page.get_by_role("button", name="Lagre").click()
    expect(page.locator("#problems")).to_be_focused()
    expect(page.locator("#problems")).to_contain_text("=bad")
    clean(page)
    page.fill("#name_nn", "Badehuset")
    page.fill("#stems", "badehus\nskol")
    page.get_by_role("button", name="Lagre").click()
    expect(page.locator("#warnings")).to_contain_text("Ingenting er lagra enno")
    clean(page)
    page.get_by_role("button", name="Lagre som det er").click()
    expect(page.get_by_role("heading", name="Badehuset")).to_be_visible()
    clean(page)
    follow(page.get_by_role("link", name="Badehuset"))
    clean(page)
    page.get_by_role("button", name="Fjern").click()
    expect(page.get_by_role("heading", name="Badehuset")).to_have_count(0)
    page.get_by_role("button", name="Angre").click()
    expect(page.get_by_role("heading", name="Badehuset")).to_be_visible()


def test_a_sentence_is_tried(phone: OpenPage) -> None:
    page = phone("nn", role="facilitator", width=320)
    page.goto("/nn/programmes/words")
    page.fill("#text", "Vi treng betre buss og brøyting i Elvmoen.")
    page.get_by_role("button", name="Prøv").click()
    expect(page.locator("table")).to_contain_text("brøyting")
    clean(page)


def test_a_file_is_corrected_and_taken_in(phone: OpenPage, tmp_path: Path) -> None:
    page = phone("nn", role="administrator", width=320)
    page.goto("/nn/programmes/words")
    follow(page.get_by_role("link", name="Importer ei fil"))
    page.locator("summary").last.click()
    clean(page)
    for name, text in (("wrong.csv", WRONG), ("right.csv", FILE)):
        (tmp_path / name).write_text(text, encoding="utf-8")
        page.set_input_files("#file", tmp_path / name)
        follow(page.get_by_role("button", name="Sjekk fila"))
        clean(page)
    page.get_by_role("button", name="Importer omgrepa").click()
    expect(page.get_by_role("heading", name="Nordhamna")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Last ned som CSV").click()
    download.value.save_as(tmp_path / "out.csv")
    assert "nordhamn" in (tmp_path / "out.csv").read_text(encoding="utf-8-sig")
