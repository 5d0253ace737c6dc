"""Tables as CSV: UTF-8 with a byte order mark, CRLF, one file per table."""

import csv
import io
import zipfile
from collections.abc import Sequence
from typing import IO

from citizen.base import clock
from citizen.export.queries import Collection
from citizen.export.rules import cells
from citizen.export.rules.columns import columns
from citizen.export.rules.files import What


def write_csv(out: IO[bytes], found: Collection, tables: Sequence[What], delimiter: str) -> None:
    """One table as it is, several as an archive."""
    if len(tables) == 1:
        _write_table(out, found, tables[0], delimiter)
        return
    with zipfile.ZipFile(out, "w") as archive:
        for table in tables:
            entry = zipfile.ZipInfo(f"{table}.csv", clock.now().astimezone(clock.LOCAL).timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(entry, "w") as member:
                _write_table(member, found, table, delimiter)


def _write_table(out: IO[bytes], found: Collection, table: What, delimiter: str) -> None:
    # Without the mark, spreadsheets read å and ø as Windows-1252.
    text = io.TextIOWrapper(out, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    listed = columns(table, found.variant)
    writer.writerow([column.name for column in listed])
    for row in found.table(table):
        writer.writerow([
            cells.for_csv(column, cells.shown(column, row.get(column.name), found.variant))
            for column in listed
        ])
    text.flush()
    text.detach()
