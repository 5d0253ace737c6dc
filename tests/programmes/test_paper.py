"""A programme on paper, in each of the four languages: what lies where, and the files."""

from dataclasses import replace

import pytest
from flask import Flask

from citizen.base import pdf, qr
from citizen.base.db import session
from citizen.base.pdf import Area, Drawn, Picture, Words
from citizen.programmes.models import Phase, Programme
from citizen.programmes.rules import sheets
from tests.pages import Browser
from tests.world import World

LONG = "fartsgrensenedsettelsesvedtaket"
ADDRESS = "https://granby.example/nn/ideas/livet-vid-gransen/new"
TEXTS = sheets.Texts(
    question="Kva ville gjere livet betre der du bur?", title="Livet ved grensa",
    municipalities="Granåsen kommune · Elvmark kommune", scan="Rett kameraet mot ruta", go_to="eller gå til",
    address=ADDRESS, until="Vi samlar inn idear til og med 15. januar 2027",
    no_account="Det tek eitt minutt. Du treng ingen konto, og du kan følgje med på kva det blir av ideen.",
)
FORM = sheets.FormTexts(
    heading="Kva ville gjere livet betre der du bur?", programme="Livet ved grensa · Granåsen kommune",
    no_private="Ikkje skriv namn på andre.", labels=("Overskrift", "Beskriving", "Stad"),
    choices=(("Kva kommune gjeld det?", ("Granåsen kommune", "Elvmark kommune")),
             ("Kva språk skriv du på?", ("Svenska", "Bokmål", "Nynorsk", "English"))),
    sentences=("Ideen din blir synleg for alle.", "Lever arket her: ____"),
    online="Du kan òg sende ideen din med telefonen:", address=ADDRESS,
)


def strays(drawn: list[Drawn]) -> list[str]:
    """What lies outside the sheet."""
    found = []
    for one in drawn:
        if isinstance(one, Words):
            right, top = one.x + pdf.width(one.text, one.size, one.bold), one.y + one.size
            inside = one.x >= 50 and right <= 595 - 50 and one.y >= 28 and top <= 842
        elif isinstance(one, Picture):
            inside = one.x >= 0 and one.y >= 28 and one.y + one.side <= 842 and one.side > 90
        else:
            inside = one.x >= 0 and one.y >= 0 and one.x + one.width <= 596 and one.y + one.height <= 842
        if not inside:
            found.append(repr(one)[:100])
    return found


def overlaps(drawn: list[Drawn]) -> list[str]:
    """Lines of text that lie over each other or over the code."""
    boxes = [(w.text, w.x, w.y - w.size * 0.2, w.x + pdf.width(w.text, w.size, w.bold), w.y + w.size * 0.75)
             for w in drawn if isinstance(w, Words)]
    boxes += [("code", p.x, p.y, p.x + p.side, p.y + p.side) for p in drawn if isinstance(p, Picture)]
    return [
        f"{a[0]} / {b[0]}" for i, a in enumerate(boxes) for b in boxes[i + 1 :]
        if a[1] < b[3] and b[1] < a[3] and a[2] < b[4] and b[2] < a[4]
    ]


@pytest.mark.parametrize("texts", [
    TEXTS,
    replace(TEXTS, title=f"{LONG} i {LONG} og {LONG} ved {LONG}", question=f"Vad {LONG * 3}?"),
    replace(TEXTS, municipalities=" · ".join(f"Kommune nummer {n}" for n in range(20)), until=""),
    replace(TEXTS, address="granby.example/" + "x" * 150, title="x" * 300, no_account="Konto " * 60),
], ids=["usual", "long words", "twenty municipalities", "no spaces"])
def test_a_poster_fits_whatever_it_says(texts: sheets.Texts) -> None:
    drawn = sheets.poster(texts, qr.code(ADDRESS), pdf.width)
    assert strays(drawn) == []
    assert overlaps(drawn) == []


@pytest.mark.parametrize("texts", [
    FORM,
    replace(FORM, programme=f"{LONG} " * 6, heading=f"{LONG} og {LONG}?", address="a.example/" + "x" * 150),
    replace(FORM, choices=(("Kva kommune?", tuple(f"{LONG} {n}" for n in range(20))), *FORM.choices)),
], ids=["usual", "long words", "twenty municipalities"])
def test_a_paper_form_fits_whatever_it_says(texts: sheets.FormTexts) -> None:
    drawn = sheets.paper_form(texts, qr.code(ADDRESS), pdf.width)
    assert strays(drawn) == []
    assert overlaps(drawn) == []
    lines = [one for one in drawn if isinstance(one, Area) and one.height < 1]
    assert len(lines) >= 5


def plain(text: str, size: float, bold: bool) -> float:
    """A measure in which every letter is half as wide as high."""
    return len(text) * size / 2


def test_a_text_takes_the_largest_size_that_breaks_no_word() -> None:
    assert sheets.fitted("kort", 100, (40, 20, 10), 1, plain) == (40, ["kort"])
    assert sheets.fitted("eit langt ord", 70, (40, 20, 10), 2, plain) == (10, ["eit langt ord"])
    assert sheets.fitted("tingstadmarka", 100, (40, 20, 10), 3, plain) == (10, ["tingstadmarka"])


def test_where_nothing_fits_words_are_broken_and_the_rest_is_cut() -> None:
    size, lines = sheets.fitted("x" * 100, 50, (20, 10), 3, plain)
    assert size == 10
    assert len(lines) == 3
    assert lines[-1].endswith("…")
    assert max(plain(line, size, False) for line in lines) <= 50


def test_a_long_address_breaks_where_one_reads_on() -> None:
    lines = sheets.wrapped("granby.example/nn/ideas/livet", 100, 10, plain)
    assert lines == ["granby.example/nn/", "ideas/livet"]


# ---- the files


@pytest.mark.parametrize("language", ["sv", "nb", "nn", "en"])
@pytest.mark.parametrize("kind", ["poster", "form"])
def test_anybody_may_print_it_in_each_language(
    browser: Browser, world: World, language: str, kind: str
) -> None:
    answer = browser.get(f"/{language}/programmes/{world.slug}/{kind}.pdf").response
    assert answer.status_code == 200
    assert answer.mimetype == "application/pdf"
    assert answer.data.startswith(b"%PDF-")
    assert f"/Lang ({language})".encode() in answer.data
    assert f"{world.slug}-{kind}-{language}.pdf" in answer.headers["Content-Disposition"]


def test_the_code_leads_to_the_form_in_the_same_language_and_for_the_municipality(
    app: Flask, world: World
) -> None:
    from citizen.programmes.routes.paper import _form_address

    with app.test_request_context(f"/nn/programmes/{world.slug}/poster.pdf?municipality=elvdal"):
        programme = session.get_one(Programme, world.programme)
        address = _form_address(programme)
    assert address == f"http://127.0.0.1:5000/nn/ideas/{world.slug}/new?municipality=elvdal"


@pytest.mark.parametrize("town", ["elvdal", "atlantis", "", "\N{BICYCLE}"])
def test_it_can_be_for_one_municipality_and_is_for_all_where_that_is_unknown(
    browser: Browser, world: World, town: str
) -> None:
    for kind in ("poster", "form"):
        assert browser.get(f"/nn/programmes/{world.slug}/{kind}.pdf?municipality={town}").status == 200


def test_a_programme_that_has_collected_can_still_be_printed(
    app: Flask, browser: Browser, world: World
) -> None:
    with app.app_context():
        session.query(Phase).update({"kind": "choose"})
        session.commit()
    assert browser.get(f"/sv/programmes/{world.slug}/poster.pdf").status == 200


def test_an_unknown_programme_has_no_poster(browser: Browser, world: World) -> None:
    for kind in ("poster", "form"):
        assert browser.get(f"/sv/programmes/atlantis/{kind}.pdf").status == 404


def test_the_programmes_page_links_to_both_in_every_language(browser: Browser, world: World) -> None:
    page = browser.get(f"/en/programmes/{world.slug}").html
    for language in ("sv", "nb", "nn", "en"):
        for kind in ("poster", "form"):
            assert f'href="/{language}/programmes/{world.slug}/{kind}.pdf"' in page
