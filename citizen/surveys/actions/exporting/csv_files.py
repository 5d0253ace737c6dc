"""Wide, long and texts as CSV: UTF-8 with a byte order mark, CRLF, the separator asked for."""

import csv
import hashlib
import io
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import IO, Any

from citizen.base.cells import guarded
from citizen.surveys.actions.exporting.order import Line, Pack
from citizen.surveys.rules.export import naming
from citizen.surveys.rules.export.cells import LongRow
from citizen.surveys.rules.export.columns import FIXED, Asked
from citizen.surveys.rules.export.labels import Labels

_LINE_END = " ¶ "
"""Programs of statistics take a line of a file for a row, in quotation marks too."""


class Csv:
    """Rows to a file of bytes; formulas guarded."""

    def __init__(self, out: IO[bytes], delimiter: str, *, one_line: bool = False) -> None:
        self._out, self._text, self._one_line = out, io.StringIO(newline=""), one_line
        self._writer = csv.writer(self._text, delimiter=delimiter, lineterminator="\r\n")
        # Without the mark, spreadsheets read å and ø as Windows-1252.
        self._text.write("\ufeff")

    def row(self, cells: Sequence[Any]) -> list[str]:
        """Write one row; gives its cells as they were written."""
        written = [self._written(cell) for cell in cells]
        self._writer.writerow(written)
        return written

    def _written(self, cell: Any) -> str:
        if isinstance(cell, str):
            # Most of what is written begins with a letter and is one line.
            if cell[:1].isalnum() and not (self._one_line and "\n" in cell):
                return cell
            return guarded(_LINE_END.join(cell.splitlines()) if self._one_line and "\n" in cell else cell)
        if isinstance(cell, Decimal):
            return f"{cell:f}"
        if isinstance(cell, date):
            return cell.isoformat()
        return "" if cell is None else str(cell)

    def flush(self) -> None:
        """Hand on what has been written."""
        self._out.write(self._text.getvalue().encode("utf-8", errors="replace"))
        self._text.seek(0)
        self._text.truncate()


class Wide:
    """One row per submission. Remembers how wide its words are, for syntax that has to know."""

    def __init__(self, pack: Pack, out: IO[bytes]) -> None:
        self._csv = Csv(out, pack.order.delimiter, one_line=True)
        self._names = (*FIXED, *(column.name for column in pack.columns))
        self._widest = [0] * len(self._names)
        self._csv.row(self._names)

    def write(self, lot: Sequence[Line]) -> None:
        for line in lot:
            written = self._csv.row((*line.fixed, *line.cells))
            for place, cell in enumerate(written):
                if len(cell) > self._widest[place] // 4:
                    self._widest[place] = max(self._widest[place], len(cell.encode()))
        self._csv.flush()

    @property
    def widths(self) -> dict[str, int]:
        """The most bytes in each column."""
        return dict(zip(self._names, self._widest, strict=True))


class Long:
    """One row per answer."""

    def __init__(self, pack: Pack, out: IO[bytes]) -> None:
        self._csv, self._labels = Csv(out, pack.order.delimiter), pack.own_labels
        self._known: dict[tuple[str, str, str], tuple[str, str, str]] = {}
        self._csv.row(["id", "version", "question", "item", "option", "value", "label", "state"])

    def write(self, lot: Sequence[Line]) -> None:
        for line in lot:
            for row in line.long:
                item, option, label = self._told(row)
                self._csv.row([line.fixed[0], line.fixed[1], row.asked.name, item, option, row.value, label,
                               row.state])
        self._csv.flush()

    def _told(self, row: LongRow) -> tuple[str, str, str]:
        key = (row.asked.name, row.row, row.option)
        if key not in self._known:
            self._known[key] = told(row.asked, row.row, row.option, self._labels)
        return self._known[key]


def told(asked: Asked, row: str, option: str, labels: Labels) -> tuple[str, str, str]:
    """(code of the item, code of the option, the option's label)."""
    question = asked.question
    item = next((naming.value(one.code) for one in question.rows if one.id == row), row)
    code = next((naming.value(one.code) for one in question.options if one.id == option), option)
    return item, code, labels.option(asked, option) if option else ""


class Texts:
    """Free texts by themselves, in an order that tells nothing: that of their digests.

    They are sorted on disk, so that memory stays constant.
    """

    def __init__(self, pack: Pack) -> None:
        self._labels = pack.own_labels
        self._kept = sqlite3.connect("")
        self._kept.execute("CREATE TABLE kept (digest, question, option, label, text)")

    def write(self, lot: Sequence[Line]) -> None:
        self._kept.executemany(
            "INSERT INTO kept VALUES (?, ?, ?, ?, ?)", [row for line in lot for row in self._rows(line)]
        )

    def _rows(self, line: Line) -> Iterator[tuple[bytes, str, str, str, str]]:
        for asked, option, text in line.texts:
            _item, code, label = told(asked, "", option, self._labels)
            digest = hashlib.sha256(f"{asked.name}\n{text}".encode("utf-8", errors="replace")).digest()
            yield digest, asked.name, code, label, text.encode("utf-8", errors="replace").decode()

    def rows(self) -> Iterator[tuple[str, ...]]:
        """The header and all texts."""
        yield "question", "option", "label", "text"
        yield from self._kept.execute(
            "SELECT question, option, label, text FROM kept ORDER BY question, digest, option, text"
        )

    def close(self) -> None:
        self._kept.close()
