"""Codes to scan and sheets of paper."""

import re

import segno

from citizen.base import pdf, qr
from citizen.base.pdf import Area, Picture, Words

ADDRESS = "https://granby.example/nn/receipt/7K2M9QXT4HRA"


def test_a_code_has_the_squares_of_its_address_and_a_quiet_zone() -> None:
    code = qr.code(ADDRESS)
    matrix = segno.make(ADDRESS, error="m", micro=False, boost_error=False).matrix
    assert code.size == len(matrix) + 8
    dark = {(x + i, y) for x, y, length in code.runs for i in range(length)}
    assert dark == {
        (x + 4, y + 4) for y, row in enumerate(matrix) for x, square in enumerate(row) if square
    }


def test_as_a_picture_it_is_black_on_white_and_fetches_nothing() -> None:
    svg = qr.code(ADDRESS).svg
    assert svg.startswith("<svg ")
    assert 'fill="#fff"' in svg
    assert "href" not in svg


def test_a_sheet_is_one_page_that_says_its_title_and_language() -> None:
    drawn = [Words(50, 700, "Vad gör livet bättre i Gränsbygden? Blåbærøya", 20), Area(0, 0, 9, 9, "#0b4f6c"),
             Area(50, 50, 9, 9), Picture(50, 100, 200, qr.code(ADDRESS))]
    raw = pdf.sheet(drawn, title="Affisch", author="Granby kommun", language="sv")
    assert raw.startswith(b"%PDF-")
    assert raw.rstrip().endswith(b"%%EOF")
    assert len(re.findall(rb"/Type /Page\b", raw)) == 1
    assert b"/Lang (sv)" in raw
    assert b"/Title (Affisch)" in raw
    assert b"/DisplayDocTitle true" in raw
    assert raw == pdf.sheet(drawn, title="Affisch", author="Granby kommun", language="sv")


def test_letters_that_the_fonts_lack_lose_their_marks_and_nothing_breaks() -> None:
    assert pdf.writable("Åse, ærlig Øyvind – «ja» …") == "Åse, ærlig Øyvind – «ja» …"
    assert pdf.writable("Kárášjohka Čálu Ŋuovdi đ") == "Kárášjohka Cálu Nuovdi d"
    assert pdf.writable("ħ🚲أ") == "???"
    assert pdf.width("🚲 Vegen", 12, True) > 0
