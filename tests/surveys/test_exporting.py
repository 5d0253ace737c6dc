"""A pack has every answer in every format, the same each time.

The files in ``golden`` are what a pack of `packs.a_golden_survey` holds. After a change that is meant:
``GOLDEN=write python -m pytest tests/surveys/test_exporting.py``, then read what has changed in them.
"""

import csv
import io
import json
import os
from pathlib import Path

import pytest
from flask import Flask
from openpyxl import load_workbook

from citizen.base import clock
from citizen.base.audit import AuditRow
from citizen.base.db import session
from citizen.surveys.actions.exporting import Words
from citizen.surveys.rules import Level
from citizen.surveys.rules.values import Value
from tests.pages import Browser
from tests.surveys.packs import EXPORTED, REF, a_golden_survey, change, pack, store
from tests.world import World

GOLDEN = Path(__file__).parent / "golden"


def rows(content: bytes, delimiter: str = ";") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=delimiter))


def sheet(content: bytes, name: str) -> list[list[object]]:
    book = load_workbook(io.BytesIO(content), read_only=True)
    return [list(row) for row in book[name].iter_rows(values_only=True)]


def compare(files: dict[str, bytes], folder: Path) -> None:
    """Each file as it was, to the byte; a workbook by its cells, since its writer may be a newer one."""
    files = {name: content for name, content in files.items() if not name.endswith(".xlsx")} | {
        f"{name}.{part}.txt": "".join(f"{row}\n" for row in sheet(files[name], part)).encode()
        for name in files if name.endswith(".xlsx")
        for part in load_workbook(io.BytesIO(files[name])).sheetnames
    }
    if os.environ.get("GOLDEN") == "write":
        folder.mkdir(exist_ok=True)
        for name, content in files.items():
            (folder / name).write_bytes(content)
    assert files == {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_pack_is_as_it_was(app: Flask, world: World) -> None:
    a_golden_survey(app, world)
    compare(pack(app), GOLDEN / "first")


def test_a_pack_of_an_old_version_stays_the_same_when_the_survey_goes_on(app: Flask, world: World) -> None:
    a_golden_survey(app, world)
    before = pack(app, version=1)
    change(app, world)
    assert pack(app, version=1) == before


def test_all_versions_together_are_as_they_were(app: Flask, world: World) -> None:
    a_golden_survey(app, world)
    change(app, world)
    compare(pack(app, words=Words.APART, language="sv", delimiter=","), GOLDEN / "both")


def test_a_later_version_renames_no_column(app: Flask, world: World) -> None:
    a_golden_survey(app, world)
    before = rows(pack(app)["data.csv"])
    change(app, world)
    after = {row["id"]: row for row in rows(pack(app)["data.csv"])}
    for row in before:
        assert row.items() <= after[row["id"]].items()
    newest = next(row for row in after.values() if row["version"] == "2")
    assert (newest["travel"], newest["ease"], newest["ease_s2"], newest["km"]) == ("boat", "-3", "9", "-3")


def test_why_there_is_no_answer_is_told_apart(app: Flask, world: World) -> None:
    a_golden_survey(app, world)
    by_bus, on_foot, silent = rows(pack(app)["data.csv"])
    assert (by_bus["bus_is_times"], by_bus["bus_is_price"]) == ("good", "-8")
    assert (on_foot["bus_is_times"], on_foot["bus_is_price"]) == ("-2", "-2")
    assert (silent["travel"], silent["leave_more"], on_foot["leave_more"]) == ("-9", "-1", "-8")
    assert (silent["km"], silent["wish"], silent["wish_answered"]) == ("-1", "", "-1")


def test_a_number_that_can_be_below_zero_is_no_code(app: Flask, world: World) -> None:
    a_golden_survey(app, world)
    by_bus, on_foot, silent = rows(pack(app)["data.csv"])
    assert (by_bus["warm"], on_foot["warm"], silent["warm"]) == ("-1.5", "-99999908", "-99999901")


def test_what_is_no_longer_shown_is_in_no_file(app: Flask, world: World) -> None:
    a_golden_survey(app, world)
    store(app, world, 11, {"travel": Value(options=("foot",)), "wish": Value(text="Her")})
    files = pack(app)
    told = rows(files["long.csv"])
    row = next(row for row in told if row["id"].endswith("7") and row["question"] == "bus_is")
    assert (row["option"], row["state"]) == ("", "-2")
    submissions = json.loads(files["data.json"])["submissions"]
    assert next(one for one in submissions if one["id"].endswith("7"))["bus_is_times"] == -2


def test_words_that_a_spreadsheet_could_run_are_guarded(app: Flask, world: World) -> None:
    a_golden_survey(app, world)
    files = pack(app)
    row = rows(files["data.csv"])[0]
    assert (row["leave_other_text"], row["q_by"], row["place"]) == ("'=1+1", "'-1", "'=torget")
    header, first, *_rest = sheet(files["data.xlsx"], "data")
    assert first[header.index("leave_other_text")] == "=1+1"


def test_apart_texts_stand_in_no_order_of_the_answers(app: Flask, world: World) -> None:
    a_golden_survey(app, world)
    for number in range(20, 40):
        store(app, world, number, {"wish": Value(text=f"Ønske {number}")})
    files = pack(app, words=Words.APART)
    assert "wish" not in rows(files["data.csv"])[0]
    assert "where_latitude" not in rows(files["data.csv"])[0]
    told = rows(files["texts.csv"])
    assert set(told[0]) == {"question", "option", "label", "text"}
    wishes = [row["text"] for row in told if row["question"] == "wish"]
    assert len(wishes) == 21
    assert wishes[:20] != sorted(wishes[:20])
    rest = [content for name, content in files.items() if not name.startswith(("texts", "data.json"))]
    assert all("Ønske".encode() not in content for content in rest)
    document = json.loads(files["data.json"])
    assert all("Ønske" not in json.dumps(one, ensure_ascii=False) for one in document["submissions"])
    assert sorted(one["text"] for one in document["texts"]) == sorted(
        str(row[3] or "") for row in sheet(files["texts.xlsx"], "texts")[1:])


def test_without_texts_nothing_that_was_written_is_in_any_file(app: Flask, world: World) -> None:
    a_golden_survey(app, world)
    files = pack(app, words=Words.WITHOUT)
    assert not {name for name in files if name.startswith("texts")}
    for content in files.values():
        assert b'ei" til' not in content
        assert b'ei \\"til' not in content
        assert "På ski".encode() not in content


def test_the_code_book_is_in_all_languages(app: Flask, world: World) -> None:
    a_golden_survey(app, world)
    header, *told = sheet(pack(app, language="en")["data.xlsx"], "codebook")
    assert header[6:] == ["label_en", "label_nn", "label_sv"]
    assert ["travel", "travel", "one", 1, "1", "bus", "Bus (nn)", "Bus (nn)", "Bus (sv)"] in told


def test_a_pack_is_downloaded_and_noted(app: Flask, world: World) -> None:
    a_golden_survey(app, world)
    facilitator = Browser(app, world.facilitator)
    page = facilitator.get(f"/sv/surveys/{REF}/export")
    assert page.status == 200
    with clock.stopped_at(EXPORTED):
        answer = facilitator.post(f"/sv/surveys/{REF}/export",
                                  {"version": "1", "words": "apart", "separator": "comma"})
    assert answer.response.mimetype == "application/zip"
    assert answer.response.data == b"".join(_again(app))
    with app.app_context():
        row = session.query(AuditRow).filter_by(action="surveys.download").one()
        assert row.details == {"words": "apart", "version": 1}


def _again(app: Flask) -> list[bytes]:
    from citizen.surveys.actions import exporting
    from citizen.surveys.actions.exporting import Order
    from tests.surveys.samples import load

    with app.app_context(), clock.stopped_at(EXPORTED):
        return list(exporting.packed(load(REF).id, Order("sv", ",", Words.APART, 1)))


def test_in_an_anonymous_survey_texts_cannot_stand_beside_answers(app: Flask, world: World) -> None:
    a_golden_survey(app, world, level=Level.ANONYMOUS)
    facilitator = Browser(app, world.facilitator)
    asked = {"version": "all", "words": "beside", "separator": "comma"}
    page = facilitator.post(f"/sv/surveys/{REF}/export", asked)
    assert page.status == 422
    assert "Choose one option" in page.text


def test_in_an_anonymous_survey_nobody_is_known_by_being_one_of_few_who_wrote(
    app: Flask, world: World
) -> None:
    a_golden_survey(app, world, level=Level.ANONYMOUS)
    for number in range(20, 24):
        store(app, world, number, {"wish": Value(text=f"Ønske {number}"), "q_by": Value(text="x")})
    files = pack(app, words=Words.APART)
    row = rows(files["data.csv"])[0]
    assert "wish_answered" in row
    assert "where_answered" not in row
    assert {one["question"] for one in rows(files["texts.csv"])} == {"wish"}
    assert "where" not in {one["question"] for one in rows(files["long.csv"])}
    assert "På ski".encode() not in files["data.json"]
    assert "fewer than 5 people wrote" in files["README.txt"].decode()


def test_in_an_anonymous_survey_nobody_is_known_by_being_alone_in_a_language_and_a_place(
    app: Flask, world: World
) -> None:
    a_golden_survey(app, world, level=Level.ANONYMOUS)
    for number in range(20, 25):
        store(app, world, number, {"wish": Value(text=f"Ønske {number}")})
    store(app, world, 25, {"wish": Value(text="Färja")}, language="sv")
    files = pack(app, words=Words.APART)
    groups = [(one["language"], one["channel"], one["municipality"]) for one in rows(files["data.csv"])]
    shown = {group: groups.count(group) for group in set(groups) - {("", "", "")}}
    assert len(shown) == 1
    assert min(shown.values()) >= 5
    assert groups.count(("", "", "")) == 1
    assert "fewer than 5 answers share them" in files["README.txt"].decode()


@pytest.mark.parametrize(("who", "status"), [("moderator", 403), ("stranger", 404), (None, 302)])
def test_only_those_who_may_read_results_take_a_pack_out(
    app: Flask, world: World, who: str | None, status: int
) -> None:
    a_golden_survey(app, world)
    browser = Browser(app, getattr(world, who) if who else None)
    assert browser.get(f"/sv/surveys/{REF}/export").status == status
    if who:
        assert browser.post(f"/sv/surveys/{REF}/export", {"words": "apart"}).status == status


def test_a_survey_that_has_not_been_published_has_no_pack(app: Flask, world: World) -> None:
    from tests.surveys.samples import a_survey

    ref = a_survey(app, world, publish=False)
    assert Browser(app, world.facilitator).get(f"/sv/surveys/{ref}/export").status == 404
