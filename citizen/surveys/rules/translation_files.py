"""A survey's translations as a file: a row per text, a column per language."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum

from citizen.base import tables
from citizen.base.cells import guarded
from citizen.base.tables import Sought, Table, UnreadableFile
from citizen.surveys.rules.document import Document
from citizen.surveys.rules.translating import Change, flaw, spots

KEY, WHERE, KIND, STATE = "key", "where", "kind", "state"
SHEET = "translation"
LARGEST_FILE = 1024 * 1024
MOST_ROWS = 5000


class Format(StrEnum):
    XLSX = "xlsx"
    CSV = "csv"


MIME_TYPES = {
    Format.CSV: "text/csv; charset=utf-8",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


# ---- in


def source_column(document: Document) -> str:
    """The name of the column with what is translated."""
    return f"source:{document.languages[0]}"


def read_file(name: str, content: bytes, document: Document) -> Table:
    """The rows of a file, by the ending of its name.

    Raises
    ------
    UnreadableFile
        If it is no file of this kind.
    """
    if not name.lower().endswith((".xlsx", ".csv")):
        raise UnreadableFile("the name must end in .xlsx or .csv", "ending")
    known = {KEY, WHERE, KIND, STATE, source_column(document), *document.languages[1:]}

    def recognised(names: Iterable[str]) -> Mapping[str, str]:
        return {called: name for name in names if (called := plain(name)) in known}

    sought = Sought(recognised, SHEET, largest=LARGEST_FILE, unpacked=16 * LARGEST_FILE, rows=MOST_ROWS,
                    formulas=False)
    return tables.read_table(name, content, sought)


def plain(name: str) -> str:
    """A column's name however somebody has written it."""
    return name.strip().casefold()


# ---- between the look and the storing


def as_json(changes: Iterable[Change]) -> str:
    """Changes as they travel with a form."""
    return json.dumps([asdict(change) for change in changes], ensure_ascii=False)


def from_json(text: str, document: Document, sources: Mapping[str, str]) -> list[Change]:
    """Changes that travelled with a form; ``sources`` is what the source says now.

    Raises
    ------
    ValueError
        If they are not what was sent out.
    """
    try:
        found = [Change(**{name: str(value) for name, value in one.items()}) for one in json.loads(text)]
    except (TypeError, AttributeError, RecursionError) as error:
        raise ValueError("these are no changes") from error
    places = {spot.key: spot for spot in spots(document)}
    for one in found:
        known = one.key in places and one.language in document.languages[1:]
        if not known or one.state not in ("reviewed", "machine") or not one.text \
                or flaw(places[one.key], sources.get(one.key, ""), one.text):
            raise ValueError(f"{one.key} in {one.language} is no text of this survey")
    return found


# ---- out


@dataclass(frozen=True)
class Line:
    """One text with its translations, as a row of a file."""

    key: str
    where: str
    kind: str
    source: str
    texts: Sequence[str]
    state: str

    def cells(self) -> Iterator[str]:
        yield from (self.key, self.where, self.kind, self.source, *self.texts, self.state)


def header(document: Document) -> list[str]:
    """The names of the columns; they are the same in every language, so that any file can be read."""
    return [KEY, WHERE, KIND, source_column(document), *document.languages[1:], STATE]


def as_csv(document: Document, lines: Iterable[Line], delimiter: str) -> bytes:
    """A file for any spreadsheet; with the mark that tells it to read å and ø as what they are."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(header(document))
    writer.writerows([guarded(cell) for cell in line.cells()] for line in lines)
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(document: Document, lines: Iterable[Line], about: Sequence[tuple[str, str]]) -> bytes:
    """A workbook: what is to be filled in, and a sheet that says what each column is."""
    # Late: only who asks for a workbook pays for the library.
    import xlsxwriter

    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, options) as book:
        head = book.add_format({"bold": True, "bottom": 1, "valign": "top"})
        fixed = book.add_format({"bg_color": "#E8EAED", "text_wrap": True, "valign": "top"})
        free = book.add_format({"text_wrap": True, "valign": "top"})
        sheet, names = book.add_worksheet(SHEET), header(document)
        own = range(4, 4 + len(document.languages) - 1)
        for place, width in enumerate((14, 30, 20, 50, *(50 for _place in own), 34)):
            sheet.set_column(place, place, width)
        sheet.freeze_panes(1, 1)
        for place, name in enumerate(names):
            sheet.write_string(0, place, name, head)
        for number, line in enumerate(lines, 1):
            for place, cell in enumerate(line.cells()):
                # As words, whatever they begin with.
                sheet.write_string(number, place, cell, free if place in own else fixed)
        notes = book.add_worksheet("about")
        notes.set_column(0, 0, 18)
        notes.set_column(1, 1, 100)
        for number, (name, words) in enumerate(about):
            notes.write_string(number, 0, name, head)
            notes.write_string(number, 1, words, free)
    return out.getvalue()
