"""Own words as a file: looked at first, stored whole or not at all, and the same after a round trip."""

import io
import json
from collections.abc import Sequence
from html import unescape

import openpyxl
import pytest
from flask import Flask

from citizen.analysis.additions import MESSAGES, Problem
from citizen.base.tables import UnreadableFile
from citizen.programmes import queries
from citizen.programmes.forms import words as forms
from citizen.programmes.rules import files
from citizen.programmes.rules.files import COLUMNS, Format
from citizen.programmes.rules.words import Entry, from_addition
from tests.pages import Browser, Page
from tests.programmes.own import WORDS, add, audited, concept, stored
from tests.world import World

HEAD = "id;name_sv;stems;goals\r\n"
GOOD = HEAD + "nordbadet;Nordbadet;nordbad, =norran;3\r\ndogs;;jycke;\r\n"
ENTRIES = [
    Entry("nordbadet", ("nordbad", "=norran"), False, {"sv": "Nordbadet", "nn": "Nordbadet"}, "sport",
          (3, 11), "https://psi.norge.no/los/tema/kultur"),
    Entry("kryss-1", ("=och-sedan",), False, {"en": "=SUM(1)"}),
    Entry("dogs", ("jycke", "=vovve"), extends=True),
]


def send(browser: Browser, content: str | bytes, name: str = "words.csv") -> Page:
    raw = content.encode() if isinstance(content, str) else content
    return browser.post(f"{WORDS}/import", {"file": (io.BytesIO(raw), name)},
                        content_type="multipart/form-data")


def store(browser: Browser, checked: Page) -> Page:
    return browser.post(f"{WORDS}/imports", {"content": unescape(checked.hidden("content"))})


def workbook(rows: Sequence[Sequence[object]], sheet: str = "Sheet1") -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    page = book.active
    assert page is not None
    page.title = sheet
    for row in rows:
        page.append(row)
    book.save(out)
    return out.getvalue()


# ---- in


def test_a_file_is_looked_at_and_then_stored(app: Flask, world: World, administrator: Browser) -> None:
    checked = send(administrator, GOOD)
    assert checked.status == 200
    assert "Nothing is stored yet. This is what words.csv would do:" in checked.text
    assert "2 new concepts" in checked.text
    assert stored(app, world.swedish) == []
    assert audited(app) == []
    page = store(administrator, checked)
    assert "2 concepts have been taken in from the file." in administrator.get(page.location).text
    assert stored(app, world.swedish) == [
        Entry("dogs", ("jycke",), extends=True),
        Entry("nordbadet", ("nordbad", "=norran"), False, {"sv": "Nordbadet"}, "own", (3,)),
    ]
    assert audited(app) == [("words.import", "granby", world.administrator)]


@pytest.mark.parametrize(("name", "content"), [
    ("w.csv", GOOD), ("w.CSV", "\ufeff" + GOOD), ("w.csv", "sep=;\r\n" + GOOD),
    ("w.csv", GOOD.replace(", ", "|").replace(";", "\t")),
    ("w.xlsx", workbook([["ID", "name_sv", "stems", "goals"], [], ["nordbadet", "Nordbadet",
                         "nordbad\n=norran", 3], ["dogs", None, "jycke", None]])),
    ("w.json", json.dumps({"concepts": [
        {"id": "nordbadet", "names": {"sv": "Nordbadet"}, "stems": ["nordbad", "=norran"], "goals": [3]},
        {"id": "dogs", "stems": ["jycke"]}]})),
    ("w.jsonl", '{"id": "nordbadet", "name_sv": "Nordbadet", "stems": "nordbad,=norran", "goals": "3"}\n'
                '{"id": "dogs", "stems": "jycke"}\n'),
])
def test_every_kind_of_file_says_the_same(
    app: Flask, world: World, administrator: Browser, name: str, content: str | bytes
) -> None:
    store(administrator, send(administrator, content, name))
    assert [(e.key, e.stems, e.goals) for e in stored(app, world.swedish)] == [
        ("dogs", ("jycke",), ()), ("nordbadet", ("nordbad", "=norran"), (3,))]


def test_the_same_file_twice_changes_nothing(app: Flask, world: World, administrator: Browser) -> None:
    store(administrator, send(administrator, GOOD))
    again = send(administrator, GOOD)
    assert "2 are here already as they are" in again.text
    assert 'name="content"' not in again.html


def test_what_is_not_in_the_file_stays_and_an_import_is_taken_back_whole(
    app: Flask, world: World, administrator: Browser
) -> None:
    add(administrator, name_sv="Torget", stems="storatorg")
    add(administrator, stems="sydbad")
    before = stored(app, world.swedish)
    checked = send(administrator, GOOD)
    assert "1 new concept" in checked.text
    assert "1 concept changes" in checked.text
    listed = administrator.get(store(administrator, checked).location)
    assert [entry.key for entry in stored(app, world.swedish)] == ["dogs", "nordbadet", "torget"]
    administrator.post(f"{WORDS}/undo", {"change": listed.hidden("change")})
    assert stored(app, world.swedish) == before


def test_every_wrong_row_is_told_with_its_number_and_nothing_is_stored(
    app: Flask, world: World, administrator: Browser
) -> None:
    rows = "a;Ett;bad;\r\n;Två;nordbad;\r\nb;;sydbad;\r\n\r\na;Fyra;östbad;99\r\nc;Fem;=och;\r\n"
    page = send(administrator, HEAD + rows)
    assert page.status == 422
    assert page.title.startswith("Error:")
    for told in ("Row 2: “bad” is so short", "Row 3: The row has no id", "Row 4: Write a name",
                 "Row 6: The id “a” stands in an earlier row too", "Row 7: “=och” hits a word"):
        assert told in page.text
    assert 'name="content"' not in page.html
    assert stored(app, world.swedish) == []


def test_a_wrong_row_of_a_workbook_has_the_number_it_has_there(world: World, administrator: Browser) -> None:
    content = workbook([["id", "name_sv", "stems"], [], ["ok", "Bra", "nordbad"], [], ["x", "Fel", "bad"]])
    assert "Row 5: “bad” is so short" in send(administrator, content, "w.xlsx").text


@pytest.mark.parametrize(("name", "content", "sentence"), [
    ("w.csv", "", "The file is empty."),
    ("w.csv", HEAD, "nothing below it"),
    ("w.pdf", "x", "whose name ends in .xlsx, .csv or .json"),
    ("w", "x", "whose name ends in"),
    ("w.csv", GOOD.encode("cp1252") + "ø".encode("cp1252"), "Letters like å and ø cannot be read"),
    ("w.csv", GOOD.encode("utf-16"), "Letters like å and ø cannot be read"),
    ("w.csv", HEAD + 'a;"Ett;nordbad;\r\n', "quotation marks from line"),
    ("w.csv", "id;id;stems\r\na;b;c\r\n", "Two columns are named “id”"),
    ("w.csv", "id;stems;colour\r\na;nordbad;red\r\n", "The column “colour” is not known"),
    ("w.csv", "id;name_sv\r\na;Ett\r\n", "There is no column named “stems”"),
    ("w.csv", HEAD + "a;Ett;nordbad;3;4;5\r\n", "Row 2:"),
    ("w.csv", HEAD + "a;Ett;nordbad;\r\n" * 501, "more than 500 rows"),
    ("w.xlsx", b"no workbook", "This is no Excel workbook"),
    ("w.xlsx", b"PK\x03\x04 cut", "This is no Excel workbook"),
    ("w.json", "{", "This is not JSON."),
    ("w.json", "[" * 100_000, "This is not JSON."),
    ("w.json", "[]", "“concepts” does not have the right form"),
    ("w.json", '{"concepts": []}', "The file has no concept in it."),
    ("w.json", '{"concepts": [1]}', "Row 1:"),
    ("w.json", b"\xff\xfe", "Letters like å and ø cannot be read"),
    ("w.json", '{"concepts": [{"id": "a", "names": {"fi": "Yksi"}, "stems": ["nordbad"]}]}', "not for “fi”"),
    ("w.json", '{"concepts": [{"id": "a", "names": {"sv": "A"}, "stems": ["nordbad"], "los": "x"}]}', "LOS"),
])
def test_a_file_that_cannot_be_used_says_why(
    app: Flask, world: World, administrator: Browser, name: str, content: str | bytes, sentence: str
) -> None:
    page = send(administrator, content, name)
    assert page.status == 422
    assert sentence in page.text
    assert stored(app, world.swedish) == []


@pytest.mark.parametrize("name", ["w.csv", "w.xlsx", "w.json"])
def test_a_file_that_is_too_large_is_not_read(
    world: World, administrator: Browser, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(files, "LARGEST_FILE", 200)
    page = send(administrator, "x" * 201, name)
    assert page.status == 422
    assert "The file is too large." in page.text


def test_the_page_names_every_id_that_a_file_may_use(world: World, administrator: Browser) -> None:
    page, lexicon = administrator.get(f"{WORDS}/import"), queries.shipped_lexicon()
    assert all(f">{concept.id}</code>" in page.html for concept in lexicon.concepts)
    assert all(f">{area}</code>" in page.html for area in lexicon.areas)


def test_a_file_must_be_chosen(world: World, administrator: Browser) -> None:
    page = administrator.post(f"{WORDS}/import", {"file": "a name alone"})
    assert page.status == 422
    assert "Choose a file" in page.text


def test_words_that_collide_are_told_before_the_file_is_stored(world: World, administrator: Browser) -> None:
    page = send(administrator, HEAD + "a;Badet;badhus;\r\nb;Bad;badhus;\r\n")
    assert page.status == 200
    assert "Is this what you mean?" in page.text
    assert "“badhus” is also a word of “Bad”" in page.text


@pytest.mark.parametrize("content", ["", "x", "{}", '{"concepts": [{"id": "a", "stems": ["bad"]}]}'])
def test_what_was_not_shown_is_not_stored(
    app: Flask, world: World, administrator: Browser, content: str
) -> None:
    assert administrator.post(f"{WORDS}/imports", {"content": content}).status == 422
    assert stored(app, world.swedish) == []


def test_an_id_that_is_the_municipalitys_own_stays_so(
    app: Flask, world: World, administrator: Browser
) -> None:
    add(administrator, name_sv="Dogs", stems="hundkoppel")
    store(administrator, send(administrator, HEAD + "dogs-2;Hundar;hundkoppel, lösa;\r\n"))
    assert [(e.key, e.extends, e.stems) for e in stored(app, world.swedish)] == [
        ("dogs-2", False, ("hundkoppel", "lösa"))]


def test_texts_of_a_file_are_shown_as_text(world: World, administrator: Browser) -> None:
    page = send(administrator, HEAD + 'a;"<b>x</b>";nordbad;\r\n<i>;Ett;nordbad;\r\n', "<u>.csv")
    assert "<b>" not in page.html
    assert "<i>" not in page.html
    assert "<u>" not in page.html


# ---- out


@pytest.mark.parametrize("chosen", list(Format))
@pytest.mark.parametrize("delimiter", [";", ","])
def test_a_file_that_was_written_says_the_same_when_it_is_read(chosen: Format, delimiter: str) -> None:
    lexicon = queries.shipped_lexicon()
    raw = files.written(ENTRIES, chosen, delimiter)
    found = files.read_file(f"w.{chosen}", raw, lexicon)
    shipped = {one.id for one in lexicon.concepts}
    assert [from_addition(one, shipped, {}) for one in found] == ENTRIES


@pytest.mark.parametrize("chosen", ["csv", "xlsx", "json"])
def test_readers_download_the_words(
    app: Flask, world: World, administrator: Browser, facilitator: Browser, chosen: str
) -> None:
    add(administrator)
    page = facilitator.post(f"{WORDS}/download", {"format": chosen})
    assert page.status == 200
    assert "granby-words-" in page.response.headers["Content-Disposition"]
    assert page.response.headers["Content-Disposition"].endswith(f".{chosen}")
    found = files.read_file(f"w.{chosen}", page.response.data, queries.shipped_lexicon())
    assert [one.id for one in found] == ["nordbadet"]
    assert audited(app)[-1] == ("words.download", "granby", world.facilitator)


def test_a_download_is_nothing_to_take_back(app: Flask, world: World, administrator: Browser) -> None:
    administrator.post(f"{WORDS}/download", {"format": "csv"})
    for number in range(1, 5):
        assert "Undo" not in administrator.get(f"{WORDS}?done={number}").text
        assert administrator.post(f"{WORDS}/undo", {"change": number}).status == 409


@pytest.mark.parametrize("chosen", ["", "exe", "CSV"])
def test_an_unknown_kind_of_file_is_refused(world: World, facilitator: Browser, chosen: str) -> None:
    assert facilitator.post(f"{WORDS}/download", {"format": chosen}).status == 422


def test_a_cell_that_a_spreadsheet_could_run_is_guarded() -> None:
    rows = files.written(ENTRIES, Format.CSV).decode("utf-8-sig").splitlines()
    assert rows[0].split(";") == list(COLUMNS)
    assert "'=och-sedan" in rows[2]
    assert "'=SUM(1)" in rows[2]


# ---- sentences


def test_everything_that_can_be_wrong_has_a_sentence(app: Flask) -> None:
    with app.test_request_context("/sv/"):
        for code in MESSAGES:
            assert forms.problem_words(Problem(1, code, "100 %"))
        for kind in ("ending", "empty", "no_rows", "large", "rows", "encoding", "workbook"):
            assert forms.unreadable_words(UnreadableFile("x", kind))


def test_saving_a_form_and_a_file_speak_of_the_same_concept(
    app: Flask, world: World, administrator: Browser
) -> None:
    add(administrator)
    checked = send(administrator, HEAD + "nordbadet;Nordbadet;nordbad;\r\n")
    assert "1 is here already as it is" in checked.text
    assert concept()["stems"] == "nordbad"
