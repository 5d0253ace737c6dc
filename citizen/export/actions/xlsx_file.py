"""Tables as a workbook: one sheet each, and one that tells what the others are."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import IO, Any

import xlsxwriter

from citizen.base import clock, locale
from citizen.export.queries import Collection
from citizen.export.rules import cells
from citizen.export.rules.columns import Column, columns
from citizen.export.rules.files import What

_OPTIONS = {
    # A row leaves memory as soon as the next begins.
    "constant_memory": True,
    # What people write is text, whatever it begins with.
    "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
}  # fmt: skip
_LABEL_WIDTH, _VALUE_WIDTH, _WORDS_WIDTH = 16, 24, 110


def write_xlsx(out: IO[bytes], found: Collection, tables: Sequence[What]) -> None:
    """A workbook with a sheet per table and a last one about them."""
    with xlsxwriter.Workbook(out, _OPTIONS) as book:
        looks = _Looks(book)
        for table in tables:
            _write_sheet(book, looks, found, table)
        _write_about(book, looks, found, tables)


class _Looks:
    """The formats of a workbook."""

    def __init__(self, book: Any) -> None:
        self.head = book.add_format({"bold": True, "valign": "top", "bottom": 1})
        self.words = book.add_format({"text_wrap": True, "valign": "top"})
        self.day = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"})
        self.moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss", "valign": "top"})

    def of(self, value: Any) -> Any:
        if isinstance(value, datetime):
            return self.moment
        return self.day if isinstance(value, date) else self.words


def _write_sheet(book: Any, looks: _Looks, found: Collection, table: What) -> None:
    sheet = book.add_worksheet(table.capitalize())
    listed = columns(table, found.variant)
    for place, column in enumerate(listed):
        sheet.set_column(place, place, column.width)
    sheet.freeze_panes(1, 0)
    _write_row(sheet, 0, [(column.name, looks.head) for column in listed])
    number = 0
    for number, row in enumerate(found.table(table), start=1):
        _write_row(sheet, number, _cells(listed, row, found, looks))
    sheet.autofilter(0, 0, number, len(listed) - 1)


def _cells(listed: Sequence[Column], row: Any, found: Collection, looks: _Looks) -> list[tuple[Any, Any]]:
    values = [
        cells.for_xlsx(column, cells.shown(column, row.get(column.name), found.variant)) for column in listed
    ]
    return [(value, looks.of(value)) for value in values]


def _write_row(sheet: Any, number: int, written: Sequence[tuple[Any, Any]]) -> None:
    for place, (value, look) in enumerate(written):
        if isinstance(value, str):
            sheet.write_string(number, place, value, look)
        elif isinstance(value, date):
            sheet.write_datetime(number, place, value, look)
        elif value is not None:
            sheet.write_number(number, place, value, look)


def _write_about(book: Any, looks: _Looks, found: Collection, tables: Sequence[What]) -> None:
    sheet = book.add_worksheet("About")
    for place, width in enumerate((_LABEL_WIDTH, _VALUE_WIDTH, _WORDS_WIDTH)):
        sheet.set_column(place, place, width)
    lines: list[tuple[Any, ...]] = [*_facts(found), (), ("sheet", "column", "holds")]
    lines += [
        (table.capitalize(), column.name, column.description)
        for table in tables
        for column in columns(table, found.variant)
    ]
    for number, line in enumerate(lines):
        _write_row(sheet, number, [(value, looks.of(value)) for value in line])


def _facts(found: Collection) -> list[tuple[Any, ...]]:
    title, _language = locale.in_language(found.programme.titles, found.language)
    facts: list[tuple[Any, ...]] = [
        ("programme", found.programme.slug, title),
        ("variant", found.variant.value),
        ("exported at", clock.now().astimezone(clock.LOCAL).replace(tzinfo=None)),
    ]
    if found.run is None:
        return [*facts, ("themes found at", "never")]
    return [
        *facts, ("themes found at", found.run.at.replace(tzinfo=None)), ("seed", found.run.seed),
        ("input hash", found.run.input_hash),
    ]
