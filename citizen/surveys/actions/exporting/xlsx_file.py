"""Answers as a workbook: data, code book, and texts where they lie apart in a workbook of their own."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import IO, Any

import xlsxwriter

from citizen.base.cells import legal_in_xlsx
from citizen.surveys.actions.exporting.order import Line, Pack
from citizen.surveys.rules.export.columns import FIXED
from citizen.surveys.rules.export.labels import code_book

_OPTIONS = {
    # A row leaves memory as soon as the next begins.
    "constant_memory": True,
    # What people write is text, whatever it begins with.
    "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
}  # fmt: skip
_MOST_ROWS = 1_000_000
"""In one sheet; what is more goes into the next."""


class Book:
    """A workbook with sheets written row by row."""

    def __init__(self, out: IO[bytes], made_on: date) -> None:
        self._book = xlsxwriter.Workbook(out, _OPTIONS)
        # The same answers make the same file.
        self._book.set_properties({"created": datetime.combine(made_on, time())})
        self._head = self._book.add_format({"bold": True, "bottom": 1})
        self._day = self._book.add_format({"num_format": "yyyy-mm-dd"})
        self._sheet: Any = None
        self._row = 0

    def sheet(self, name: str, header: Sequence[str]) -> None:
        """Begin a sheet."""
        self._sheet, self._row = self._book.add_worksheet(name), 1
        self._sheet.freeze_panes(1, 0)
        self._sheet.set_column(0, len(header) - 1, 14)
        for place, title in enumerate(header):
            self._sheet.write_string(0, place, title, self._head)

    @property
    def is_full(self) -> bool:
        return self._row > _MOST_ROWS

    def row(self, cells: Iterable[Any]) -> None:
        """Write the next row; words are always words."""
        for place, cell in enumerate(cells):
            if isinstance(cell, str):
                if cell:
                    self._sheet.write_string(self._row, place, legal_in_xlsx(cell))
            elif isinstance(cell, date):
                self._sheet.write_datetime(self._row, place, cell, self._day)
            elif cell is not None:
                self._sheet.write_number(self._row, place, float(cell) if isinstance(cell, Decimal) else cell)
        self._row += 1

    def close(self) -> None:
        self._book.close()


class Workbook:
    """The data sheets, written with everything else, and then the code book."""

    def __init__(self, pack: Pack, out: IO[bytes]) -> None:
        self._pack, self._book, self._sheets = pack, Book(out, pack.day), 0
        self._names = (*FIXED, *(column.name for column in pack.columns))
        self._begin()

    def _begin(self) -> None:
        self._sheets += 1
        self._book.sheet("data" if self._sheets == 1 else f"data {self._sheets}", self._names)

    def write(self, lot: Sequence[Line]) -> None:
        if self._book.is_full:
            self._begin()
        for line in lot:
            self._book.row((*line.fixed, *line.cells))

    def finish(self) -> None:
        header, *rows = code_book(self._pack.columns, self._pack.labels)
        self._book.sheet("codebook", [str(name) for name in header])
        for row in rows:
            self._book.row(row)
        self._book.close()


def write_texts(out: IO[bytes], rows: Iterable[Sequence[str]], made_on: date) -> None:
    """Texts by themselves."""
    book = Book(out, made_on)
    lines = iter(rows)
    book.sheet("texts", next(lines))
    for row in lines:
        book.row(row)
    book.close()
