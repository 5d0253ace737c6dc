"""A municipality's own words as a file, in and out. docs/own-words.md tells the format.

What the rows say is read by the text analysis, for the web, the command line and workers alike; here
a file's bytes become what it reads.
"""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

from citizen.analysis.additions import BadAdditions, Problem, read_csv, read_json
from citizen.analysis.lexicon import OWN_AREA, Addition, Lexicon
from citizen.analysis.results import LANGUAGES
from citizen.base import tables
from citizen.base.cells import guarded
from citizen.base.tables import Sought, Table, UnreadableFile
from citizen.programmes.rules.words import MOST_ENTRIES, Entry

COLUMNS = ("id", *(f"name_{lang}" for lang in LANGUAGES), "stems", "area", "goals", "los")
SHEET = "words"
LARGEST_FILE = 1024 * 1024


class Format(StrEnum):
    XLSX = "xlsx"
    CSV = "csv"
    JSON = "json"


MIME_TYPES = {
    Format.CSV: "text/csv; charset=utf-8",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.JSON: "application/json",
}


def read_file(name: str, content: bytes, lexicon: Lexicon) -> tuple[Addition, ...]:
    """What a file adds, by the ending of its name.

    Raises
    ------
    UnreadableFile
        If it is no file of this kind.
    BadAdditions
        If anything is wrong with its rows; a row has the number it has in the file.
    """
    if len(content) > LARGEST_FILE:
        raise UnreadableFile(f"the file is larger than {LARGEST_FILE // 1024**2} MB; divide it", "large")
    if name.lower().endswith(".json"):
        return read_concepts(_decoded(content), lexicon)
    table = tables.read_table(name, content, _SOUGHT)
    if broken := [row.line for row in table.rows if row.broken]:
        raise BadAdditions(Problem(line, "shape", "row") for line in broken)
    try:
        return read_csv(_as_csv(table), lexicon)
    except BadAdditions as bad:
        raise BadAdditions(
            problem._replace(row=_line(table, problem.row)) for problem in bad.problems
        ) from bad


def read_concepts(text: str, lexicon: Lexicon) -> tuple[Addition, ...]:
    """What a list of concepts in JSON adds.

    Raises
    ------
    BadAdditions
        If anything is wrong with it.
    """
    try:
        return read_json(text, lexicon)
    except RecursionError as error:
        raise BadAdditions([Problem(0, "file-unreadable", "nested too deep")]) from error


def recognised(names: Iterable[str]) -> Mapping[str, str]:
    """Column → the file's own way to write it."""
    return {plain: name for name in names if (plain := name.strip().casefold()) in COLUMNS}


_SOUGHT = Sought(
    recognised, SHEET, largest=LARGEST_FILE, unpacked=16 * LARGEST_FILE, rows=MOST_ENTRIES
)


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableFile("the file is not UTF-8", "encoding") from error


def _as_csv(table: Table) -> str:
    """A table with each row on one line."""
    columns = [name for name in table.columns if name]
    rows = [[" ; ".join(row.cells.get(name, "").splitlines()) for name in columns] for row in table.rows]
    return _csv([columns, *rows], ",")


def _line(table: Table, number: int) -> int:
    """The line of the file behind a line of `_as_csv`; the heading is line 1."""
    return table.rows[number - 2].line if number >= 2 else number


# ---- out


def written(entries: Sequence[Entry], chosen: Format, delimiter: str = ";") -> bytes:
    """The entries as a file that can be read in again; ``delimiter`` is for CSV."""
    if chosen is Format.JSON:
        listed = {"concepts": [entry.as_concept() for entry in entries]}
        return (json.dumps(listed, ensure_ascii=False, indent=1) + "\n").encode()
    rows = [list(COLUMNS), *(_row(entry) for entry in entries)]
    if chosen is Format.XLSX:
        return _xlsx(rows)
    # With the mark, spreadsheets read å and ø as what they are.
    return _csv([[guarded(cell) for cell in row] for row in rows], delimiter).encode("utf-8-sig")


def _row(entry: Entry) -> list[str]:
    area = "" if entry.extends or entry.area == OWN_AREA else entry.area
    return [entry.key, *(entry.names.get(lang, "") for lang in LANGUAGES), ", ".join(entry.stems), area,
            ", ".join(str(goal) for goal in entry.goals), entry.los or ""]


def _csv(rows: Iterable[Sequence[str]], delimiter: str) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return text.getvalue()


def _xlsx(rows: Sequence[Sequence[str]]) -> bytes:
    # Late: only who asks for a workbook pays for the library.
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet(SHEET)
        head, plain = book.add_format({"bold": True, "bottom": 1}), book.add_format({"valign": "top"})
        sheet.set_column(0, len(COLUMNS) - 1, 18)
        sheet.set_column(COLUMNS.index("stems"), COLUMNS.index("stems"), 60)
        sheet.freeze_panes(1, 0)
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                # As words, whatever they begin with.
                sheet.write_string(number, place, cell, plain if number else head)
    return out.getvalue()
