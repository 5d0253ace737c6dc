"""Translations as a file: looked at first, told row by row, and the same after a round trip."""

import csv
import io
import json
from collections.abc import Sequence
from html import unescape
from typing import Any

import openpyxl
import pytest
from flask import Flask

from citizen.base.db import session
from citizen.surveys import actions, queries
from citizen.surveys.models import SurveyText
from citizen.surveys.rules import translation_files
from tests.pages import Browser, Page
from tests.surveys.samples import a_survey, load, short, travel
from tests.world import World

HEAD = ["key", "where", "kind", "source:nn", "sv", "state"]


@pytest.fixture
def ref(app: Flask, world: World) -> str:
    """The short survey, in Nynorsk alone though it is offered in Swedish too."""
    document, texts = short()
    return a_survey(app, world, (document, {k: {"nn": t["nn"]} for k, t in texts.items()}), publish=False)


def address(ref: str, more: str) -> str:
    return f"/sv/surveys/{ref}/translation/{more}"


def text(app: Flask, ref: str, key: str, language: str = "sv") -> tuple[str, str, str | None] | None:
    with app.app_context():
        found = session.get(SurveyText, (load(ref).id, key, language))
        return (found.text, found.state, found.source) if found else None


def write(app: Flask, ref: str, key: str, language: str, words: str, **values: Any) -> None:
    with app.app_context():
        actions.save_text(load(ref), key, language, words, **values)
        session.commit()


def everything(app: Flask, ref: str) -> dict[tuple[str, str], tuple[str, str]]:
    with app.app_context():
        return {(r.key, r.language): (r.text, r.state) for r in queries.text_rows(load(ref).id)}


def taken_out(browser: Browser, ref: str, kind: str = "xlsx") -> bytes:
    page = browser.get(address(ref, f"file?format={kind}"))
    assert page.status == 200
    assert f"{ref}-translation-" in page.response.headers["Content-Disposition"]
    return page.response.get_data()


def grid(content: bytes) -> list[list[Any]]:
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    return [["" if value is None else value for value in row] for row in sheet.iter_rows(values_only=True)]


def workbook(rows: Sequence[Sequence[object]]) -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    page = book.active
    assert page is not None
    for row in rows:
        page.append(list(row))
    book.save(out)
    return out.getvalue()


def as_csv(*rows: Sequence[str]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";").writerows(rows)
    return out.getvalue().encode()


def send(
    browser: Browser, ref: str, content: bytes, name: str = "texts.csv", state: str = "reviewed",
    **more: str,
) -> Page:
    sent = {"file": (io.BytesIO(content), name), "state": state, **more}
    return browser.post(address(ref, "import"), sent, content_type="multipart/form-data")


def store(browser: Browser, ref: str, checked: Page) -> Page:
    sent = {"content": unescape(checked.hidden("content"))}
    return browser.post(address(ref, "imports"), sent, follow=True)


# ---- out


def test_a_workbook_has_a_row_per_text_and_says_what_its_columns_are(ref: str, facilitator: Browser) -> None:
    content = taken_out(facilitator, ref)
    rows = grid(content)
    assert rows[0] == HEAD
    assert [row[0] for row in rows[1:]] == ["title", "q2.text", "q2.o3", "q2.o4", "q6.text", "q7.text"]
    assert rows[3] == ["q2.o3", "Answer option of question 1", "One choice", "Ja", "", "sv: Missing"]
    book = openpyxl.load_workbook(io.BytesIO(content))
    about = [row[0] for row in book.worksheets[1].iter_rows(values_only=True)]
    assert about == [*HEAD[:4], "sv", "state", "{q3}"]
    sheet = book.worksheets[0]
    assert sheet["A2"].fill.fgColor.rgb != sheet["E2"].fill.fgColor.rgb


def test_nothing_in_a_workbook_is_a_formula_or_a_link(app: Flask, ref: str, facilitator: Browser) -> None:
    write(app, ref, "q2.o3", "nn", "=HYPERLINK(\"http://x.example\")")
    write(app, ref, "q2.o4", "nn", "http://x.example")
    sheet = openpyxl.load_workbook(io.BytesIO(taken_out(facilitator, ref))).worksheets[0]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} == {"s"}
    assert not any(cell.hyperlink for row in sheet.iter_rows() for cell in row)
    assert "'=HYPERLINK" in taken_out(facilitator, ref, "csv").decode("utf-8-sig")


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_file_taken_in_as_it_was_taken_out_changes_nothing(
    app: Flask, world: World, facilitator: Browser, kind: str
) -> None:
    ref = a_survey(app, world, travel(), publish=False)
    write(app, ref, "q2.help", "nn", "=1+1\n\n– og «meir»; _x000D_ \"så\"")
    write(app, ref, "q2.o3", "sv", "Till fots", state="machine", source="Til fots")
    write(app, ref, "q2.o4", "nn", "På sykkel")
    write(app, ref, "q2.help", "sv", "'=1+1; @mer", source="=1+1\n\n– og «meir»; _x000D_ \"så\"")
    before = everything(app, ref)
    page = send(facilitator, ref, taken_out(facilitator, ref, kind), f"x.{kind}")
    assert page.status == 200
    assert f"{len([k for k in before if k[1] != 'nn'])} texts are here already as they are" in page.text
    assert 'name="content"' not in page.html
    assert everything(app, ref) == before


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_survey_is_translated_by_a_file_alone(
    app: Flask, ref: str, facilitator: Browser, kind: str
) -> None:
    content = taken_out(facilitator, ref, kind)
    rows = grid(content) if kind == "xlsx" else list(
        csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    for row in rows[1:]:
        row[4] = f"På svenska: {row[3]}"
    again = workbook(rows) if kind == "xlsx" else as_csv(*rows)
    page = send(facilitator, ref, again, f"filled.{kind}")
    assert "6 new texts" in page.text
    assert text(app, ref, "title") is None
    assert "6 texts have been saved." in store(facilitator, ref, page).text
    assert text(app, ref, "q2.o3") == ("På svenska: Ja", "reviewed", "Ja")
    assert "6 texts, all reviewed" in facilitator.get(f"/sv/surveys/{ref}/translation").text


# ---- in


def test_only_what_is_filled_in_changes(app: Flask, ref: str, facilitator: Browser) -> None:
    write(app, ref, "title", "sv", "Badplatsen")
    page = send(facilitator, ref, as_csv(
        ["Key", "source:nn", "SV", "remarks"], ["title", "Badeplassen", "", "?"], ["Q2.o4", "Nei", "Nej", ""],
    ))
    assert "1 new text" in page.text
    assert "These columns are not read: remarks" in page.text
    store(facilitator, ref, page)
    assert text(app, ref, "title") == ("Badplatsen", "reviewed", None)
    assert text(app, ref, "q2.o4") == ("Nej", "reviewed", "Nei")


def test_an_unchanged_text_is_reviewed_only_if_somebody_says_so(
    app: Flask, ref: str, facilitator: Browser
) -> None:
    write(app, ref, "q2.o3", "sv", "Ja", state="machine", source="Ja")
    write(app, ref, "q2.o4", "sv", "Nej", source="Nix")
    content = as_csv(HEAD, ["q2.o3", "", "", "Ja", "Ja", ""], ["q2.o4", "", "", "Nei", "Nej", ""])
    assert "2 texts are here already as they are" in send(facilitator, ref, content).text
    page = send(facilitator, ref, content, unchanged="y")
    assert "2 texts are marked as reviewed" in page.text
    store(facilitator, ref, page)
    assert text(app, ref, "q2.o3") == ("Ja", "reviewed", "Ja")
    assert text(app, ref, "q2.o4") == ("Nej", "reviewed", "Nei")


def test_what_is_wrong_is_told_row_by_row_and_the_rest_can_be_taken_in(
    app: Flask, ref: str, facilitator: Browser
) -> None:
    write(app, ref, "q6.text", "nn", "Du svara {q2}. Kor ofte?")
    page = send(facilitator, ref, as_csv(
        HEAD,
        ["title", "", "", "Badeplassen", "Badplatsen", ""],
        ["q99.text", "", "", "Kva no?", "Vad nu?", ""],
        ["q2.tekst", "", "", "Badar du?", "Badar du?", ""],
        ["", "", "", "Kva no?", "Vad nu?", ""],
        ["q2.o4", "", "", "Nei", "Nej", ""],
        ["q2.o4", "", "", "Nei", "Nix", ""],
        ["q6.text", "", "", "Du svara {q2}. Kor ofte?", "Hur ofta, {q7}?", ""],
        ["q2.o3", "", "", "Ja", "J" * 301, ""],
    ))
    for told in (
        "Row 3: The key “q99.text” is not in this survey.",
        "Row 4: The key has been changed: this text has the key “q2.text”.",
        "Row 5: The row has no key.",
        "Row 6: The key stands in row 7 too. Keep one of them.",
        "Row 7: The key stands in row 6 too. Keep one of them.",
        "Row 8, Swedish: {q2} stands in the source and must stand here too: it becomes an earlier answer.",
        "Row 9, Swedish: Shorten the text to 300 characters or fewer",
    ):
        assert told in page.text
    assert "7 things in texts.csv cannot be taken in" in page.text
    assert "1 text has been saved." in store(facilitator, ref, page).text
    assert {k for k, lang in everything(app, ref) if lang == "sv"} == {"title"}


def test_a_column_that_was_sorted_alone_is_noticed(app: Flask, ref: str, facilitator: Browser) -> None:
    page = send(facilitator, ref, as_csv(
        HEAD, ["q2.o3", "", "", "Nei", "Nej", ""], ["q2.o4", "", "", "Ja", "Ja", ""],
    ))
    assert page.status == 422
    assert "Row 2: The source text of this row belongs to the key “q2.o4”." in page.text
    assert "Row 3: The source text of this row belongs to the key “q2.o3”." in page.text


def test_a_source_that_has_changed_since_the_file_was_made_leaves_stale_texts(
    app: Flask, ref: str, facilitator: Browser
) -> None:
    write(app, ref, "q2.text", "nn", "Symjer du?")
    page = send(facilitator, ref, as_csv(HEAD, ["q2.text", "", "", "Badar du?", "Badar du?", ""]))
    assert "1 text was translated from a source text that says something else now." in page.text
    store(facilitator, ref, page)
    assert text(app, ref, "q2.text") == ("Badar du?", "reviewed", "Badar du?")
    assert "Source has changed: 1" in facilitator.get(f"/sv/surveys/{ref}/translation").text


def test_a_formula_is_no_text(app: Flask, ref: str, facilitator: Browser) -> None:
    page = send(facilitator, ref, workbook([
        HEAD, ["title", "", "", "Badeplassen", "=1+1", ""], ["q2.o4", "", "", "Nei", "Nej", ""],
    ]), "x.xlsx")
    assert "Row 2: A cell has a formula. Write the text itself." in page.text
    store(facilitator, ref, page)
    assert {k for k, lang in everything(app, ref) if lang == "sv"} == {"q2.o4"}


def test_a_machine_replaces_nothing_that_people_have_reviewed(
    app: Flask, ref: str, facilitator: Browser
) -> None:
    write(app, ref, "title", "sv", "Badplatsen", source="Badeplassen")
    write(app, ref, "q2.text", "sv", "Badar Du?", state="machine", source="Badar du?")
    page = send(facilitator, ref, as_csv(
        HEAD, ["title", "", "", "Badeplassen", "Badställe", ""],
        ["q2.text", "", "", "Badar du?", "Badar du?", ""], ["q2.o3", "", "", "Ja", "Ja", ""],
    ), state="machine")
    assert "1 text stays as people have reviewed it" in page.text
    store(facilitator, ref, page)
    assert text(app, ref, "title") == ("Badplatsen", "reviewed", "Badeplassen")
    assert text(app, ref, "q2.text") == ("Badar du?", "machine", "Badar du?")
    assert text(app, ref, "q2.o3") == ("Ja", "machine", "Ja")


def test_what_somebody_changes_after_the_look_is_left_alone(
    app: Flask, ref: str, facilitator: Browser
) -> None:
    page = send(facilitator, ref, as_csv(
        HEAD, ["title", "", "", "Badeplassen", "Badställe", ""], ["q2.o4", "", "", "Nei", "Nej", ""],
    ))
    write(app, ref, "title", "sv", "Badplatsen")
    done = store(facilitator, ref, page)
    assert "1 text has been saved." in done.text
    assert "1 text was changed by somebody else after the file had been looked at." in done.text
    assert text(app, ref, "title") == ("Badplatsen", "reviewed", None)


@pytest.mark.parametrize(("rows", "told"), [
    ([["where", "source:nn", "sv"], ["x", "y", "z"]], "There is no column named “key”."),
    ([["key", "sv"], ["title", "Bad"]], "There is no column named “source:nn”"),
    ([["key", "source:nn", "nb"], ["title", "Bad", "Bad"]], "There is no column with translations."),
    ([["key", "source:sv", "nn"], ["title", "Bad", "Bad"]], "There is no column named “source:nn”"),
])
def test_a_column_that_is_missing_is_named(
    ref: str, facilitator: Browser, rows: list[list[str]], told: str
) -> None:
    page = send(facilitator, ref, as_csv(*rows))
    assert page.status == 422
    assert told in page.text
    assert 'name="content"' not in page.html


@pytest.mark.parametrize(("content", "name", "told"), [
    (b"", "x.csv", "The file is empty."),
    (b"key;source:nn;sv\n", "x.csv", "nothing below it"),
    (b"PK\x03\x04 and no more", "x.xlsx", "This is no Excel workbook"),
    ("key;source:nn;sv\ntitle;Bad;Bad\n".encode("utf-16"), "x.csv", "Save the file as UTF-8"),
    ("key;source:nn;sv\ntitle;Bad;Båd\n".encode("cp1252"), "x.csv", "Save the file as UTF-8"),
    (b'key;source:nn;sv\ntitle;"Bad;Bad\n', "x.csv", "The quotation marks from line 2 on do not match."),
    (b"key;sv;sv\ntitle;Bad;Bad\n", "x.csv", "Two columns are named “sv”."),
    (b'{"key": "title"}', "x.jsonl", "Choose a file whose name ends in .xlsx or .csv."),
    (b"key;source:nn;sv\n" + b"title;Bad;Bad\n" * 5001, "x.csv", "The file has more than 5000 rows."),
])
def test_a_file_that_cannot_be_read_says_why(
    ref: str, facilitator: Browser, content: bytes, name: str, told: str
) -> None:
    page = send(facilitator, ref, content, name)
    assert page.status == 422
    assert told in page.text


def test_a_file_that_is_too_large_is_not_read(
    ref: str, facilitator: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(translation_files, "LARGEST_FILE", 200)
    page = send(facilitator, ref, b"key;source:nn;sv\n" + b"x" * 200)
    assert page.status == 422
    assert "The file is too large." in page.text


def test_a_row_with_too_many_cells_is_refused_alone(ref: str, facilitator: Browser) -> None:
    page = send(facilitator, ref, b"key;source:nn;sv\ntitle;Badeplassen;Bad;plats\nq2.o4;Nei;Nej\n")
    assert "Row 2: The row has more cells than the first row has names." in page.text
    assert "1 new text" in page.text


def test_who_made_the_translations_must_be_said(ref: str, facilitator: Browser) -> None:
    page = send(facilitator, ref, as_csv(HEAD, ["title", "", "", "Badeplassen", "Bad", ""]), state="")
    assert page.status == 422
    assert "Choose one option" in page.text


@pytest.mark.parametrize("change", [
    {"key": "q99.text"}, {"language": "nn"}, {"language": "xx"}, {"state": "stale"}, {"text": ""},
    {"text": "{q9}"}, {"text": "x" * 2001}, {"more": "x"},
])
def test_what_is_stored_is_looked_at_once_more(
    app: Flask, ref: str, facilitator: Browser, change: dict[str, str]
) -> None:
    good = {"key": "title", "language": "sv", "text": "Bad", "was": "", "source": "Badeplassen",
            "state": "reviewed"}
    sent = facilitator.post(address(ref, "imports"), {"content": json.dumps([good | change])})
    assert sent.status == 422
    assert text(app, ref, "title") is None


@pytest.mark.parametrize("content", ["", "{", "[1]", "[[1]]", "{}" * 2, "[" * 5000, "null", '{"a": 1}'])
def test_what_is_no_change_is_refused(ref: str, facilitator: Browser, content: str) -> None:
    assert facilitator.post(address(ref, "imports"), {"content": content}).status == 422


def test_what_was_not_said_of_a_file_is_told_once(app: Flask, world: World, facilitator: Browser) -> None:
    path = f"/en/surveys/{a_survey(app, world)}/translation/import"
    page = facilitator.post(path, {})
    assert page.status == 422
    # On top, and at its field.
    assert page.text.count("Choose one option") == 2
