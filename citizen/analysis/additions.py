"""What a municipality adds to the concept lexicon: its places and programmes, read and checked.

Two forms, the same fields. JSON: ``{"concepts": [{"id": …, "names": {"sv": …}, "stems": […]}]}``
with, if wanted, `area`, `goals` and `los`. CSV: a heading row with `id`, `stems` and, if wanted,
`name_sv`, `name_nb`, `name_nn`, `name_en`, `area`, `goals` and `los`; columns are parted by comma
or semicolon as the heading row is, several stems or goals in a cell by comma, semicolon, bar or
line break. A stem is one word or the beginning, middle or end of one, as `lexicon.read_stem` reads it.

A row whose id the lexicon has adds stems to that concept, any other row is a new concept. The file
is checked whole: `BadAdditions` carries every problem, each with the row, a code that a page can
translate, and the value.
"""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from citizen.analysis.lexicon import GOALS, LOS, MOST_GOALS, OWN_AREA, Addition, Lexicon, read_stem
from citizen.analysis.results import LANGUAGES
from citizen.analysis.stopwords import stop_words

MOST_ROWS = 500
MOST_STEMS = 100
LONGEST_NAME = 80
LONGEST_STEM = 40
SHORTEST_INSIDE = 4
"""Letters of a stem that may lie anywhere in a word: three lie in too many strangers."""

MESSAGES: Mapping[str, str] = {
    "file-unreadable": "the file cannot be read: {value}",
    "file-empty": "the file has no concept",
    "rows-many": f"there are more than {MOST_ROWS} rows; leave out what the lexicon has already",
    "column-missing": "the heading row has no column {value}",
    "column-unknown": "the heading row has a column {value} that means nothing; take it out",
    "shape": "{value} has the wrong form; see the example",
    "id-missing": "give the concept an id, such as storgatan",
    "id-shape": "write the id {value} with small letters a to z, digits and hyphens",
    "id-twice": "the id {value} stands in an earlier row too; put their stems in one row",
    "name-missing": "a new concept needs a name in at least one language",
    "name-long": f"shorten the name {{value}} to {LONGEST_NAME} letters",
    "name-language": "names are for sv, nb, nn and en, not {value}",
    "stem-missing": "give at least one stem",
    "stems-many": f"give at most {MOST_STEMS} stems",
    "stem-words": "a stem is one word, not {value}; give the words as stems of their own",
    "stem-letters": "a stem has letters and hyphens only, not {value}",
    "stem-short": "the stem {value} is too short: put = before it if it is a whole word, or write more of it",
    "stem-long": f"shorten the stem {{value}} to {LONGEST_STEM} letters",
    "stem-common": "the stem {value} hits a word that stands in every text; write more of it",
    "area-unknown": "there is no area {value}; leave it empty for the municipality's own",
    "goal-unknown": "a goal is a number from 1 to 17, not {value}",
    "goals-many": f"give at most {MOST_GOALS} goals",
    "los-unknown": f"a LOS id begins with {LOS}, not {{value}}",
}
"""What to do about each problem, in English, for the command line."""

_NAMES = {f"name_{lang}": lang for lang in LANGUAGES}
_COLUMNS = ("id", "stems", "area", "goals", "los", *_NAMES)
_NEEDED = ("id", "stems")
_SEPARATORS = re.compile(r"[,;|\n]")
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
_STEM = re.compile(r"[=^]?[^\W\d_]+(?:[-'’][^\W\d_]+)*\$?")


class Problem(NamedTuple):
    """What is wrong in one row: a key of `MESSAGES` and the value it speaks of.

    `row` is the number of the concept in JSON, from 1, the line of the file in CSV, and 0 for the
    file as a whole.
    """

    row: int
    code: str
    value: str = ""

    def __str__(self) -> str:
        said = MESSAGES[self.code].format(value=repr(self.value))
        return f"row {self.row}: {said}" if self.row else said


class BadAdditions(ValueError):
    """Raised when additions cannot be used; `problems` has all of them, in the order of the rows."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class _Row(NamedTuple):
    """One concept as written: names, stems and goals not yet checked."""

    number: int
    id: str
    names: Mapping[str, str]
    stems: Sequence[str]
    area: str
    goals: Sequence[str]
    los: str


def read_json(text: str, lexicon: Lexicon) -> tuple[Addition, ...]:
    """Read additions from their JSON form.

    Raises
    ------
    BadAdditions
        If anything is wrong with them.
    """
    try:
        raw = json.loads(text)
    except ValueError as error:
        raise BadAdditions([Problem(0, "file-unreadable", str(error))]) from error
    entries = raw.get("concepts") if isinstance(raw, dict) else None
    if not isinstance(entries, list):
        raise BadAdditions([Problem(0, "shape", "concepts")])
    wrong = [
        Problem(number, "shape", field)
        for number, entry in enumerate(entries, start=1)
        for field in _misshapen(entry)
    ]
    if wrong:
        raise BadAdditions(wrong)
    return _checked([_json_row(number, one) for number, one in enumerate(entries, start=1)], lexicon)


def _misshapen(entry: Any) -> Iterator[str]:
    """Yield the fields of a JSON concept that are of another kind than they must be."""
    if not isinstance(entry, dict):
        yield "concept"
        return
    for field in ("id", "area", "los"):
        if not isinstance(entry.get(field) or "", str):
            yield field
    names = entry.get("names") or {}
    if not isinstance(names, dict) or not all(isinstance(name, str) for name in names.values()):
        yield "names"
    stems = entry.get("stems") or []
    if not isinstance(stems, list) or not all(isinstance(stem, str) for stem in stems):
        yield "stems"
    if not isinstance(entry.get("goals") or [], list):
        yield "goals"


def _json_row(number: int, entry: Mapping[str, Any]) -> _Row:
    return _Row(
        number,
        (entry.get("id") or "").strip(),
        {lang: name.strip() for lang, name in (entry.get("names") or {}).items()},
        [stem.strip() for stem in entry.get("stems") or ()],
        (entry.get("area") or "").strip(),
        [str(goal) for goal in entry.get("goals") or ()],
        (entry.get("los") or "").strip(),
    )


def read_csv(text: str, lexicon: Lexicon) -> tuple[Addition, ...]:
    """Read additions from their CSV form.

    Raises
    ------
    BadAdditions
        If anything is wrong with them.
    """
    heading = text.lstrip("\ufeff").partition("\n")[0]
    delimiter = ";" if heading.count(";") > heading.count(",") else ","
    reader = csv.DictReader(io.StringIO(text.lstrip("\ufeff"), newline=""), delimiter=delimiter, strict=True)
    try:
        columns = [(name or "").strip().lower() for name in reader.fieldnames or ()]
        reader.fieldnames = columns
        lines = [(reader.line_num, line) for line in reader]
    except csv.Error as error:
        raise BadAdditions([Problem(reader.reader.line_num, "file-unreadable", str(error))]) from error
    wrong = [Problem(1, "column-missing", name) for name in _NEEDED if name not in columns]
    wrong += [Problem(1, "column-unknown", name) for name in columns if name not in _COLUMNS]
    wrong += [
        Problem(number, "shape", "row") for number, line in lines if None in line or None in line.values()
    ]
    if wrong:
        raise BadAdditions(wrong)
    return _checked([_csv_row(number, line) for number, line in lines if any(line.values())], lexicon)


def _csv_row(number: int, line: Mapping[str, str]) -> _Row:
    cells = {name: line.get(name, "").strip() for name in _COLUMNS}
    return _Row(
        number,
        cells["id"],
        {lang: cells[name] for name, lang in _NAMES.items() if cells[name]},
        _parts(cells["stems"]),
        cells["area"],
        _parts(cells["goals"]),
        cells["los"],
    )


def _parts(cell: str) -> list[str]:
    return [part.strip() for part in _SEPARATORS.split(cell) if part.strip()]


def _checked(rows: Sequence[_Row], lexicon: Lexicon) -> tuple[Addition, ...]:
    if not rows:
        raise BadAdditions([Problem(0, "file-empty")])
    if len(rows) > MOST_ROWS:
        raise BadAdditions([Problem(0, "rows-many")])
    known = {concept.id for concept in lexicon.concepts}
    problems: list[Problem] = []
    seen: set[str] = set()
    for row in rows:
        problems += [Problem(row.number, code, value) for code, value in _wrong(row, known, seen, lexicon)]
        seen.add(row.id)
    if problems:
        raise BadAdditions(problems)
    return tuple(_addition(row) for row in rows)


def _wrong(
    row: _Row, known: Iterable[str], seen: Iterable[str], lexicon: Lexicon
) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a row: code and value."""
    if not row.id:
        yield "id-missing", ""
    elif not _ID.fullmatch(row.id):
        yield "id-shape", row.id
    elif row.id in seen:
        yield "id-twice", row.id
    elif row.id not in known:
        yield from _wrong_concept(row, lexicon)
    if not row.stems:
        yield "stem-missing", ""
    if len(row.stems) > MOST_STEMS:
        yield "stems-many", str(len(row.stems))
    for stem in row.stems[:MOST_STEMS]:
        code = _wrong_stem(stem)
        if code:
            yield code, stem


def _wrong_concept(row: _Row, lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the fields that only a new concept has."""
    if not any(row.names.values()):
        yield "name-missing", ""
    for lang, name in row.names.items():
        if lang not in LANGUAGES:
            yield "name-language", lang
        if len(name) > LONGEST_NAME:
            yield "name-long", name
    if row.area and row.area not in lexicon.areas:
        yield "area-unknown", row.area
    for goal in row.goals:
        if not (goal.isdecimal() and int(goal) in GOALS):
            yield "goal-unknown", goal
    if len(row.goals) > MOST_GOALS:
        yield "goals-many", str(len(row.goals))
    if row.los and not row.los.startswith(LOS):
        yield "los-unknown", row.los


def _wrong_stem(stem: str) -> str | None:
    """Return what is wrong with a stem, if anything."""
    if any(letter.isspace() for letter in stem):
        return "stem-words"
    if not _STEM.fullmatch(stem):
        return "stem-letters"
    try:
        pattern = read_stem(stem)
    except ValueError:
        return "stem-short"
    if not (pattern.start or pattern.end) and len(pattern.letters) < SHORTEST_INSIDE:
        return "stem-short"
    if len(stem) > LONGEST_STEM:
        return "stem-long"
    return "stem-common" if _hits_stop_word(stem) else None


def _hits_stop_word(stem: str) -> bool:
    alone = Lexicon("", (), [[stem]])
    return any(alone.find(word) for lang in LANGUAGES for word in stop_words(lang))


def _addition(row: _Row) -> Addition:
    return Addition(
        id=row.id,
        stems=tuple(dict.fromkeys(row.stems)),
        names={lang: name for lang, name in row.names.items() if name},
        area=row.area or OWN_AREA,
        goals=tuple(int(goal) for goal in row.goals),
        los=row.los or None,
    )
