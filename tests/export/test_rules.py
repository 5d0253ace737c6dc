"""Cells, columns and names of files, from values alone."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citizen.app import ROOT
from citizen.export.rules import cells
from citizen.export.rules.columns import TABLES, Column, columns, documentation
from citizen.export.rules.files import Format, Variant, What, file_name, parts

WORDS = Column("words", "Words.")
PEOPLE = Column("people", "People.", counts_people=True)


def test_every_column_is_documented_as_it_is() -> None:
    page = (Path(ROOT) / "docs" / "export.md").read_text("utf-8")
    assert documentation() in page, "run `flask export columns` and put it into docs/export.md"


def test_names_are_plain_and_come_once() -> None:
    for listed in TABLES.values():
        names = [column.name for column in listed]
        assert len(names) == len(set(names))
        assert all(name.isascii() and name.replace("_", "").islower() for name in names)
        assert all(column.description.endswith(".") for column in listed)


def test_the_public_variant_lacks_what_is_internal() -> None:
    public = {column.name for column in columns(What.IDEAS, Variant.PUBLIC)}
    internal = {column.name for column in columns(What.IDEAS, Variant.INTERNAL)}
    assert internal - public == {"sector", "reason", "has_contact", "text_version"}
    assert "status" not in {column.name for column in columns(What.CANDIDATES, Variant.PUBLIC)}


@pytest.mark.parametrize(("count", "told"), [(0, 0), (1, "<5"), (4, "<5"), (5, 5), (500, 500)])
def test_one_to_four_people_are_not_told_to_the_public(count: int, told: int | str) -> None:
    assert cells.shown(PEOPLE, count, Variant.PUBLIC) == told
    assert cells.shown(PEOPLE, {"business": count}, Variant.PUBLIC) == {"business": told}
    assert cells.shown(PEOPLE, count, Variant.INTERNAL) == count


def test_numbers_stay_numbers_and_words_are_guarded() -> None:
    assert cells.for_csv(WORDS, -5) == "-5"
    assert cells.for_csv(WORDS, "-5") == "'-5"
    assert cells.for_csv(WORDS, ["=1", "b"]) == "'=1; b"
    assert cells.for_csv(WORDS, True) == "yes"
    assert cells.for_csv(WORDS, {"sv": 2, "nn": 1}) == "sv: 2; nn: 1"
    assert cells.for_csv(WORDS, None) == ""
    assert cells.for_xlsx(WORDS, -5) == -5
    assert cells.for_xlsx(WORDS, date(2026, 3, 9)) == date(2026, 3, 9)


@given(st.text())
def test_a_cell_of_a_workbook_holds_what_its_format_allows(text: str) -> None:
    cell = cells.for_xlsx(WORDS, text) or ""
    assert isinstance(cell, str)
    assert not set(cell) & {"\x00", "\x08", "\x0b", "\x1f", "\ufffe", "\uffff"}


@pytest.mark.parametrize("letter", ["å", "😀"])
def test_a_cell_that_is_too_long_is_cut_and_says_so(letter: str) -> None:
    whole = cells.for_xlsx(WORDS, letter * 10_000)
    assert whole == letter * 10_000
    cut = cells.for_xlsx(WORDS, letter * 40_000)
    assert isinstance(cut, str)
    assert len(cut.encode("utf-16-le")) // 2 <= 32_767
    assert cut.endswith("[cut: the whole text is in the CSV and JSON files]")


def test_the_name_of_a_file_cannot_leave_its_folder() -> None:
    day = date(2026, 3, 9)
    name = file_name("../Å b\n", What.IDEAS, Variant.PUBLIC, Format.CSV, day)
    assert name == "b-ideas-public-2026-03-09.csv"
    assert file_name("å", What.EVERYTHING, Variant.INTERNAL, Format.CSV, day) == (
        "programme-everything-internal-2026-03-09.zip"
    )


def test_everything_is_three_tables() -> None:
    assert parts(What.EVERYTHING) == (What.IDEAS, What.THEMES, What.CANDIDATES)
    assert parts(What.THEMES) == (What.THEMES,)
