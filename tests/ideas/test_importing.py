"""A file with ideas on its way in."""

import io
import json
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from sqlalchemy import select

from citizen.base.audit import AuditRow
from citizen.base.cells import guarded, unguarded
from citizen.base.db import session
from citizen.contributions.models import Contribution, TextVersion
from citizen.contributions.queries import latest_text
from citizen.ideas.models import Idea
from citizen.ideas.rules.tables import UnreadableFile, read_table
from citizen.ideas.rules.values import moment
from tests.factories import an_idea
from tests.world import World

TEXT = "Eg vil ha gatelys langs vegen. Det er mørkt om vinteren."


def run(app: Flask, file: Path, *more: str) -> Result:
    return app.test_cli_runner().invoke(
        args=["ideas", "import", str(file), "--programme", "granslandet", *more]
    )


def written(folder: Path, name: str, content: str | bytes) -> Path:
    file = folder / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return file


def jsonl(folder: Path, *rows: dict[str, Any]) -> Path:
    return written(folder, "ideas.jsonl", "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))


def workbook(folder: Path, *sheets: tuple[str, list[list[Any]]]) -> Path:
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(folder / "ideas.xlsx")
    return folder / "ideas.xlsx"


def stored(app: Flask) -> list[tuple[Contribution, TextVersion]]:
    """Everything there is, oldest first."""
    with app.app_context():
        found = select(Contribution, TextVersion).join(TextVersion).order_by(Contribution.id)
        return [(row[0], row[1]) for row in session.execute(found)]


def test_a_file_with_the_least_there_can_be_is_imported(app: Flask, world: World, tmp_path: Path) -> None:
    done = run(app, written(tmp_path, "ideas.csv", f"innspill\n{TEXT}\n"))
    assert done.exit_code == 0, done.output
    [(idea, text)] = stored(app)
    assert (text.title, text.body) == ("Eg vil ha gatelys langs vegen.", TEXT)
    assert (idea.language, idea.municipality_id, idea.source) == ("nn", world.norwegian, "import")
    assert idea.visibility == "submitted"


def test_every_column_that_is_known_is_read(app: Flask, world: World, tmp_path: Path) -> None:
    row = {
        "id": 17, "Rubrik": "Gatlyktor", "beskrivning": "Sätt upp fler.", "språk": "sv-SE",
        "kommun": "Granby kommun", "Sektor": "Näringsliv", "plats": "Storgatan", "source": "workshop",
        "Submitted at": "2026-01-31", "label": "lights",
    }
    done = run(app, jsonl(tmp_path, row))
    assert done.exit_code == 0, done.output
    assert "Not read: label" in done.output
    [(idea, text)] = stored(app)
    assert (text.title, text.body) == ("Gatlyktor", "Sätt upp fler.")
    assert (idea.external_id, idea.language, idea.municipality_id) == ("17", "sv", world.swedish)
    assert (idea.sector, idea.source) == ("business", "workshop")
    assert idea.submitted_at.isoformat() == "2026-01-30T23:00:00+00:00"
    with app.app_context():
        assert latest_text(idea.id).place == "Storgatan"


def test_a_point_is_read_and_rounded(app: Flask, world: World, tmp_path: Path) -> None:
    file = written(tmp_path, "ideas.csv", f"text;lat;lon\n{TEXT};59,91234;12.3456\n{TEXT} A;;\n")
    assert run(app, file, "--municipality", "elvdal").exit_code == 0
    with app.app_context():
        found = session.query(Idea).order_by(Idea.contribution_id).all()
        assert [(idea.latitude, idea.longitude) for idea in found] == [(59.912, 12.346), (None, None)]


@pytest.mark.parametrize("cells", ["59.9;", ";12.3", "north;east", "12.3;59.9", "48.8;2.3"])
def test_a_point_that_is_none_is_a_wrong_row(
    app: Flask, world: World, tmp_path: Path, cells: str
) -> None:
    file = written(tmp_path, "ideas.csv", f"text;latitude;longitude\n{TEXT};{cells}\n")
    done = run(app, file, "--municipality", "elvdal")
    assert "line 2, latitude:" in done.stderr
    assert stored(app) == []


def test_the_same_file_twice_imports_once(app: Flask, world: World, tmp_path: Path) -> None:
    nameless = {"text": TEXT}
    file = jsonl(tmp_path, {"id": "a", "text": TEXT}, {"id": "b", "text": TEXT}, nameless, nameless)
    assert "4 imported, 0 already here" in run(app, file).output
    assert "0 imported, 4 already here" in run(app, file).output
    assert len(stored(app)) == 4


def test_an_id_that_is_long_is_still_imported_once(app: Flask, world: World, tmp_path: Path) -> None:
    file = jsonl(tmp_path, {"id": "x" * 120, "text": TEXT})
    assert "1 imported" in run(app, file).output
    assert "0 imported, 1 already here" in run(app, file).output


def test_an_idea_that_is_here_already_is_known_by_its_reference(
    app: Flask, world: World, tmp_path: Path
) -> None:
    ours, came_back = an_idea(app, world), an_idea(app, world)
    rows = [{"id": ours, "text": TEXT}, {"id": "I-ELSEWHERE", "external_id": came_back, "text": TEXT}]
    file = jsonl(tmp_path, *rows)
    assert "0 imported, 2 already here" in run(app, file).output


def test_a_dry_run_stores_nothing(app: Flask, world: World, tmp_path: Path) -> None:
    done = run(app, jsonl(tmp_path, {"text": TEXT}), "--dry-run")
    assert done.exit_code == 0
    assert "1 to import" in done.output
    assert stored(app) == []


def test_one_wrong_row_stops_the_whole_file(app: Flask, world: World, tmp_path: Path) -> None:
    file = jsonl(tmp_path, {"text": TEXT}, {"text": " "})
    done = run(app, file)
    assert done.exit_code == 1
    assert "line 2, text: is empty" in done.stderr
    assert stored(app) == []
    skipped = run(app, file, "--skip-wrong-rows")
    assert skipped.exit_code == 0
    assert "1 imported, 0 already here, 1 wrong" in skipped.output
    assert len(stored(app)) == 1


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"text": "123 456"}, "text: has no letters in it"),
        ({"text": "å" * 20_001}, "text: has 20001 characters, at most 20000 fit"),
        ({"text": TEXT, "title": "å" * 121}, "title: has 121 characters, at most 120 fit"),
        ({"text": TEXT, "title": "!!!"}, "title: has no letters in it"),
        ({"text": TEXT, "place": "å" * 201}, "place: has 201 characters"),
        ({"text": TEXT, "lang": "klingon"}, "language: 'klingon' is not one of sv, nb, nn, en"),
        ({"text": TEXT, "kommun": "Nowhere"}, "municipality: 'Nowhere' is not one of granby, elvdal"),
        ({"text": TEXT, "lang": "en"}, "municipality: several speak en"),
        ({"text": TEXT, "sektor": "royalty"}, "sector: 'royalty' is not one of public, business"),
        ({"text": TEXT, "datum": "igår"}, "submitted_at: 'igår' is not a date"),
        ({"text": TEXT, "datum": "2999-01-01"}, "submitted_at: '2999-01-01' has not come yet"),
        ({"text": ["a"]}, "has a list or an object in 'text', not a text"),
    ],
)
def test_what_is_wrong_is_said_with_line_and_field(
    app: Flask, world: World, tmp_path: Path, row: dict[str, Any], words: str
) -> None:
    done = run(app, jsonl(tmp_path, {"text": TEXT, "lang": "nn"}, row))
    assert done.exit_code == 1
    assert f"line 2, {words}" in done.stderr or f"line 2: {words}" in done.stderr
    assert stored(app) == []


def test_an_id_twice_in_one_file_is_wrong(app: Flask, world: World, tmp_path: Path) -> None:
    done = run(app, jsonl(tmp_path, {"id": 1, "text": TEXT}, {"id": "1", "text": "Noko anna"}))
    assert done.exit_code == 1
    assert "line 2, id: '1' is already in line 1" in done.stderr


def test_fifty_are_shown_and_the_report_has_them_all(app: Flask, world: World, tmp_path: Path) -> None:
    report = tmp_path / "report.csv"
    done = run(app, jsonl(tmp_path, *({"text": ""} for _ in range(60))), "--report", str(report))
    assert done.stderr.count("text: is empty") == 50
    assert "… and 10 more" in done.stderr
    assert report.read_text("utf-8-sig").count("text,wrong,is empty") == 60


def test_a_language_is_told_from_the_text_where_nothing_is_stated(
    app: Flask, world: World, tmp_path: Path
) -> None:
    rows = [
        {"text": "Jag vill ha fler cykelvägar och bättre belysning på vintern."},
        {"text": "Jeg vil ha flere sykkelveier og bedre belysning om vinteren.", "lang": "unknown"},
        {"text": TEXT, "lang": "no-x-nord"},
        {"text": TEXT, "lang": "nn_NO"},
    ]
    done = run(app, jsonl(tmp_path, *rows))
    assert [idea.language for idea, _text in stored(app)] == ["sv", "nb", "nb", "nn"]
    assert "Notice, language: 'no-x-nord' is read as nb (line 3)" in done.stderr


def test_a_text_in_another_language_gets_the_one_that_is_given(
    app: Flask, world: World, tmp_path: Path
) -> None:
    file = jsonl(tmp_path, {"text": "Хочу больше света на улице зимой, пожалуйста, и тротуары"})
    done = run(app, file, "--language", "nb", "--municipality", "elvdal")
    assert "cannot be told from the text; nb is used" in done.stderr
    assert [(i.language, i.municipality_id) for i, _text in stored(app)] == [("nb", world.norwegian)]


def test_a_municipality_that_does_not_take_part_is_refused(app: Flask, world: World, tmp_path: Path) -> None:
    done = run(app, jsonl(tmp_path, {"text": TEXT}), "--municipality", "langtborta")
    assert done.exit_code == 2
    assert "granby, elvdal" in done.stderr


def test_a_programme_that_does_not_exist_is_named(app: Flask, world: World, tmp_path: Path) -> None:
    file = jsonl(tmp_path, {"text": TEXT})
    done = app.test_cli_runner().invoke(args=["ideas", "import", str(file), "--programme", "nope"])
    assert done.exit_code == 1
    assert "There is no programme nope. There are:" in done.stderr


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_separator_and_byte_order_mark_are_found_out(
    app: Flask, world: World, tmp_path: Path, delimiter: str, mark: str
) -> None:
    lines = [["title", "text", "lang"], ["Lys", f'"Lys, takk;\r\nog ""snart""\tno{delimiter}"', "nn"]]
    content = mark + "\r\n".join(delimiter.join(cells) for cells in lines)
    assert run(app, written(tmp_path, "ideas.csv", content)).exit_code == 0
    assert [text.body for _idea, text in stored(app)] == [f'Lys, takk;\nog "snart"\tno{delimiter}'.rstrip()]


def test_the_line_of_a_row_after_a_text_of_several_lines_is_right(
    app: Flask, world: World, tmp_path: Path
) -> None:
    file = written(tmp_path, "ideas.csv", 'sep=;\ntext;lang\n"Ein\nto\ntre";nn\n;nn\n')
    assert "line 6, text: is empty" in run(app, file).stderr


def test_a_row_with_more_cells_than_the_header_is_wrong(app: Flask, world: World, tmp_path: Path) -> None:
    done = run(app, written(tmp_path, "ideas.csv", "text,lang\nLys, takk,nn\n"))
    assert "line 2: has 3 cells, the header has 2" in done.stderr


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("ideas.csv", b"", "the file is empty"),
        ("ideas.csv", b"text;lang\n", "a header but no rows"),
        ("ideas.csv", "text\nGatelys på Åsen\n".encode("cp1252"), "line 2 is not UTF-8"),
        ("ideas.csv", "text\nLys\n".encode("utf-16"), "UTF-16"),
        ("ideas.csv", b'text;lang\n"never closed;nn\nmore;nn\n', "quotation marks from line 2"),
        ("ideas.csv", b"text;text\na;b\n", "two columns are named 'text'"),
        ("ideas.csv", b"label;year\na;b\n", "no column holds the texts. Found: label, year"),
        ("ideas.jsonl", b'{"label": 1}\n', "no column holds the texts. Found: label"),
        ("ideas.xlsx", b"not a workbook", "not an Excel workbook"),
        ("ideas.pdf", b"%PDF", "must end in .csv, .jsonl or .xlsx"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_a_reason(
    app: Flask, world: World, tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    done = run(app, written(tmp_path, name, content))
    assert done.exit_code == 1
    assert words in done.stderr
    assert "Traceback" not in done.output


def test_a_line_that_is_cut_off_is_named(app: Flask, world: World, tmp_path: Path) -> None:
    lines = [json.dumps({"text": TEXT}), '{"text": "Eg vil', '["text"]', "[" * 100_000]
    done = run(app, written(tmp_path, "ideas.jsonl", "\n".join(lines)))
    assert "line 2: is not JSON (is the line cut off?)" in done.stderr
    assert "line 3: is not a JSON object" in done.stderr
    assert "line 4: is not JSON" in done.stderr


def test_a_workbook_is_read_from_the_sheet_called_ideas(app: Flask, world: World, tmp_path: Path) -> None:
    rows = [["id", "text", "lang"], [12.0, "Meir _x000D_lys", "nn"], [], [13, "=1", "nn"]]
    file = workbook(tmp_path, ("About", [["text"], ["nothing"]]), ("Ideas", rows))
    done = run(app, file)
    assert "line 4, text: is empty" in done.stderr  # a formula that nobody has worked out
    assert run(app, file, "--skip-wrong-rows").exit_code == 0
    assert [(i.external_id, t.body) for i, t in stored(app)] == [("12", "Meir\nlys")]


def packed(**files: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return content.getvalue()


def test_a_damaged_workbook_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="damaged"):
        read_table("ideas.xlsx", packed(nothing=b"of use"))


def test_a_workbook_that_unpacks_to_very_much_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="unpacks to more than 256 MB"):
        read_table("ideas.xlsx", packed(bomb=bytes(257 * 1024 * 1024)))


def test_control_characters_are_cleaned_away(app: Flask, world: World, tmp_path: Path) -> None:
    row = {"id": "a\0b", "title": "Ly\0s", "text": "Me\x07ir\u202e lys\ud800", "lang": "nn"}
    file = tmp_path / "ideas.jsonl"
    file.write_text(json.dumps(row), "utf-8")
    run(app, file)
    [(idea, text)] = stored(app)
    assert (idea.external_id, text.title, text.body) == ("ab", "Lys", "Meir lys")


def test_what_its_author_withdrew_is_not_brought_back(app: Flask, world: World, tmp_path: Path) -> None:
    done = run(app, jsonl(tmp_path, {"text": "", "visibility": "withdrawn"}, {"text": TEXT}))
    assert done.exit_code == 0
    assert "1 imported, 0 already here, 0 wrong, 1 withdrawn" in done.output


def test_the_import_leaves_one_audit_row(app: Flask, world: World, tmp_path: Path) -> None:
    run(app, jsonl(tmp_path, {"text": TEXT}, {"text": "Jag vill ha bänkar vid sjön."}))
    with app.app_context():
        [row] = session.scalars(select(AuditRow))
        assert (row.action, row.subject, row.actor_id) == ("ideas.import", "granslandet", None)
        assert row.details == {"file": "ideas.jsonl", "new": 2}


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("answer", "count"), [("n", 0), ("y", 1)])
def test_a_person_at_a_terminal_is_asked_first(
    app: Flask, world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: str, count: int
) -> None:
    monkeypatch.setattr("citizen.ideas.commands.sys", type("sys", (), {"stdin": Terminal()}))
    file = jsonl(tmp_path, {"text": TEXT})
    done = app.test_cli_runner().invoke(
        args=["ideas", "import", str(file), "--programme", "granslandet"], input=f"{answer}\n"
    )
    assert "Import 1 idea? [y/N]" in done.output
    assert len(stored(app)) == count


def test_the_text_analysis_is_not_loaded_with_the_commands() -> None:
    import subprocess

    heavy = "m.startswith(('py3langid', 'sklearn', 'openpyxl'))"
    code = f"import citizen.app, sys; print([m for m in sys.modules if {heavy}])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@given(st.text())
def test_a_guarded_cell_gives_back_exactly_what_was_put_in(text: str) -> None:
    assert unguarded(guarded(text)) == text


@given(st.text("=+-@\t\r '\"a1＝"))
def test_no_guarded_cell_begins_like_a_formula(text: str) -> None:
    assert not guarded(text).lstrip(" \"").startswith(("=", "+", "-", "@", "\t", "\r", "＝"))


def test_dates_are_read_as_they_are_written_here() -> None:
    assert moment("9.3.2026", None) == moment("2026-03-09", None) == moment("20260309", None)
    assert moment("9.3.2026 14:05", None) == moment("2026-03-09T14:05:00", None)
    assert moment("0001-01-01", None) is None
    assert moment("31.2.2026", None) is None
