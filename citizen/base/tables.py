"""Rows out of the bytes of a CSV, JSON lines or XLSX file, with the line each begins on."""

import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from citizen.base.cells import unguarded

LARGEST_FILE = 64 * 1024 * 1024
LARGEST_UNPACKED = 256 * 1024 * 1024
MOST_ROWS = 100_000
HAS_FORMULA = "has a formula, not a text"
_DELIMITERS = (";", ",", "\t")


class UnreadableFile(ValueError):
    """The file as a whole cannot be used; the message says why and what to do, in English.

    ``kind`` names the reason for those who say it in other languages, with ``line`` or ``name`` where
    the reason has one.
    """

    def __init__(self, words: str, kind: str = "", **values: object) -> None:
        super().__init__(words)
        self.kind, self.values = kind, values


@dataclass(frozen=True)
class Sought:
    """What a room looks for in a file.

    Attributes
    ----------
    recognised : of some names of columns, which field each one holds; gives field → name.
    sheet : the workbook's sheet to read if it has one of this name, in small letters.
    largest, unpacked : most bytes of a file, and of a workbook when it is unpacked.
    rows : most rows.
    formulas : whether what formulas come to is read; else a row with one is broken.
    """

    recognised: Callable[[Iterable[str]], Mapping[str, str]]
    sheet: str
    largest: int = LARGEST_FILE
    unpacked: int = LARGEST_UNPACKED
    rows: int = MOST_ROWS
    formulas: bool = True


@dataclass(frozen=True)
class Row:
    """One row of a file. ``broken`` says in English why its cells could not be read."""

    line: int
    cells: dict[str, str] = field(default_factory=dict)
    broken: str | None = None


@dataclass(frozen=True)
class Table:
    """A file's columns, in order, and its rows."""

    columns: list[str]
    rows: list[Row]


def read_table(name: str, content: bytes, sought: Sought) -> Table:
    """The rows of a file, by the ending of its name.

    Raises
    ------
    UnreadableFile
        If nothing in it can be trusted.
    """
    readers = {".csv": _read_csv, ".jsonl": _read_jsonl, ".xlsx": _read_xlsx}
    ending = "." + name.lower().rpartition(".")[2]
    if ending not in readers:
        raise UnreadableFile("the name must end in .csv, .jsonl or .xlsx", "ending")
    if not content.strip():
        raise UnreadableFile("the file is empty", "empty")
    if len(content) > sought.largest:
        raise UnreadableFile(f"the file is larger than {sought.largest // 1024**2} MB; divide it", "large")
    table = readers[ending](content, sought)
    if not table.rows:
        raise UnreadableFile("the file has a header but no rows", "no_rows")
    return table


# ---- CSV


def _read_csv(content: bytes, sought: Sought) -> Table:
    text = _decoded(content)
    first, _, rest = text.partition("\n")
    skipped = 0
    if first.strip().lower() in {f"sep={d}" for d in _DELIMITERS}:
        # A line that some spreadsheets put first to name the separator.
        text, skipped = rest, 1
    delimiter = _delimiter(text, sought)
    header: list[str] | None = None
    rows = []
    for line, cells in _csv_rows(text, delimiter):
        if not any(cell.strip() for cell in cells):
            continue
        if header is None:
            header = [cell.strip() for cell in cells]
            _refuse_same_names(header)
        else:
            rows.append(_csv_row(line + skipped, header, cells))
            _refuse_too_many(rows, sought)
    if header is None:
        raise UnreadableFile("the file is empty", "empty")
    return Table(header, rows)


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnreadableFile("the file is UTF-16; save it as UTF-8 (in Excel: CSV UTF-8)", "encoding")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise UnreadableFile(
            f"line {line} is not UTF-8 (it may be Windows-1252, where å, ä, æ and ø would come out "
            "wrong); save the file as UTF-8 (in Excel: CSV UTF-8)",
            "encoding",
        ) from None


def _delimiter(text: str, sought: Sought) -> str:
    """The separator that makes most sense of the header."""

    def sense(delimiter: str) -> tuple[int, int]:
        header = next((cells for _line, cells in _csv_rows(text, delimiter) if any(cells)), [])
        return len(sought.recognised(header)), len(header)

    return max(_DELIMITERS, key=sense)


def _csv_rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    csv.field_size_limit(LARGEST_FILE)
    # Strict: a quote that is never closed would otherwise swallow the rest of the file.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        raise UnreadableFile(
            f"the quotation marks from line {line} on do not match ({error})", "quotes", line=line
        ) from None


def _csv_row(line: int, header: list[str], cells: list[str]) -> Row:
    if any(cell.strip() for cell in cells[len(header) :]):
        return Row(line, broken=f"has {len(cells)} cells, the header has {len(header)} "
                                "(a text with the separator in it must be in quotation marks)")
    return Row(line, {name: unguarded(cell) for name, cell in zip(header, cells, strict=False) if name})


# ---- JSON lines


def _read_jsonl(content: bytes, sought: Sought) -> Table:
    columns: dict[str, None] = {}
    rows = []
    for line, raw in enumerate(content.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        if raw.strip():
            row = _json_row(line, raw, sought)
            columns.update(dict.fromkeys(row.cells))
            rows.append(row)
            _refuse_too_many(rows, sought)
    return Table(list(columns), rows)


def _json_row(line: int, raw: bytes, sought: Sought) -> Row:
    try:
        found = json.loads(raw.decode("utf-8"))
    except UnicodeDecodeError:
        return Row(line, broken="is not UTF-8")
    except (ValueError, RecursionError):
        return Row(line, broken="is not JSON (is the line cut off?)")
    if not isinstance(found, dict):
        return Row(line, broken="is not a JSON object with named fields")
    nested = [name for name, value in found.items() if isinstance(value, dict | list)]
    if used := set(sought.recognised(found).values()).intersection(nested):
        return Row(line, broken=f"has a list or an object in {sorted(used)[0]!r}, not a text")
    return Row(line, {name: _as_text(value) for name, value in found.items() if name not in nested})


# ---- XLSX


def _read_xlsx(content: bytes, sought: Sought) -> Table:
    with _workbook(content, sought) as book:
        sheet = next((s for s in book.worksheets if s.title.casefold() == sought.sheet), book.worksheets[0])
        table = _sheet_table(sheet, sought)
        if table is None:
            raise UnreadableFile(f"the sheet {sheet.title!r} is empty", "empty")
        return table


def read_sheets(content: bytes, names: Iterable[str], sought: Sought) -> dict[str, Table]:
    """Those sheets of a workbook that are named in small letters and have a header.

    Raises
    ------
    UnreadableFile
        If nothing in it can be trusted.
    """
    if len(content) > sought.largest:
        raise UnreadableFile(f"the file is larger than {sought.largest // 1024**2} MB; divide it", "large")
    with _workbook(content, sought) as book:
        found = {sheet.title.strip().casefold(): sheet for sheet in book.worksheets}
        tables = {name: _sheet_table(found[name], sought) for name in names if name in found}
    return {name: table for name, table in tables.items() if table is not None}


@contextmanager
def _workbook(content: bytes, sought: Sought) -> Iterator[Any]:
    # Late: it costs time and memory that only an import pays.
    from openpyxl import load_workbook

    _refuse_bad_zip(content, sought)
    try:
        yield load_workbook(io.BytesIO(content), read_only=True, data_only=sought.formulas)
    except UnreadableFile:
        raise
    except Exception as error:
        # The library raises whatever it trips over; nothing of the file has been used yet.
        raise UnreadableFile(f"the workbook is damaged ({type(error).__name__})", "workbook") from error


def _refuse_bad_zip(content: bytes, sought: Sought) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            unpacked = sum(entry.file_size for entry in packed.infolist())
    except zipfile.BadZipFile:
        raise UnreadableFile(
            "the file is not an Excel workbook (.xlsx), or it is cut off", "workbook"
        ) from None
    if unpacked > sought.unpacked:
        raise UnreadableFile(f"the workbook unpacks to more than {sought.unpacked // 1024**2} MB", "large")


def _sheet_table(sheet: Any, sought: Sought) -> Table | None:
    """The rows of a sheet; None where it has not even a header."""
    from openpyxl.utils.escape import unescape

    # Some programs write dimensions that leave rows out.
    sheet.reset_dimensions()
    header: list[str] | None = None
    rows: list[Row] = []
    for line, found in enumerate(sheet.iter_rows(), start=1):
        cells = [unescape(_as_text(cell.value)) for cell in found]
        broken = None if sought.formulas or not any(cell.data_type in "fe" for cell in found) else HAS_FORMULA
        if not any(cell.strip() for cell in cells):
            continue
        if header is None:
            header = [cell.strip() for cell in cells]
            _refuse_same_names(header)
        else:
            rows.append(Row(line, {n: c for n, c in zip(header, cells, strict=False) if n}, broken))
            _refuse_too_many(rows, sought)
    return None if header is None else Table(header, rows)


# ---- all


def _as_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _refuse_same_names(header: Iterable[str]) -> None:
    seen: set[str] = set()
    for name in header:
        if name and name in seen:
            raise UnreadableFile(f"two columns are named {name!r}", "same_names", name=name)
        seen.add(name)


def _refuse_too_many(rows: list[Row], sought: Sought) -> None:
    if len(rows) > sought.rows:
        raise UnreadableFile(f"the file has more than {sought.rows} rows; divide it", "rows")
