"""What a file with translations would do to the texts there are, and what is wrong with its rows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from citizen.base.tables import HAS_FORMULA, Row, Table
from citizen.base.words import clean_text
from citizen.surveys.rules import TextState
from citizen.surveys.rules.document import Document
from citizen.surveys.rules.translating import Change, Flaw, Spot, Stored, by_key, flaw, spots, state_of
from citizen.surveys.rules.translation_files import KEY, KIND, STATE, WHERE, plain, source_column

_LONGEST_SHOWN = 40


class Trouble(StrEnum):
    """Why a file or a row of it cannot be used."""

    NO_KEY_COLUMN = "no_key_column"
    NO_SOURCE_COLUMN = "no_source_column"
    NO_LANGUAGE_COLUMN = "no_language_column"
    NO_KEY = "no_key"
    UNKNOWN = "unknown"
    RENAMED = "renamed"
    MOVED = "moved"
    TWICE = "twice"
    FORMULA = "formula"
    BROKEN = "broken"
    NO_SOURCE = "no_source"


@dataclass(frozen=True)
class Problem:
    """Something wrong in a row; row 0 is the file. ``language`` is the column's, where it is about one."""

    row: int
    code: Trouble | Flaw
    value: str = ""
    language: str = ""


@dataclass
class Judged:
    """What taking in a file would do.

    Attributes
    ----------
    checked : texts that are as they were, and now reviewed.
    same : how many would stay as they are, with the state they have.
    kept : how many a person has reviewed, so that no machine may change them.
    stale : how many changes were made from a source that says something else now.
    passed_over : columns that mean nothing here.
    """

    new: list[Change] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    checked: list[Change] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    same: int = 0
    kept: int = 0
    stale: int = 0
    passed_over: list[str] = field(default_factory=list)

    @property
    def changes(self) -> list[Change]:
        return [*self.new, *self.changed, *self.checked]


def judged(
    document: Document, rows: Iterable[Stored], table: Table, state: TextState, *, confirms: bool = False
) -> Judged:
    """What a file would do to the texts there are, if its own count as being in a state.

    Parameters
    ----------
    confirms : whether a text that is unchanged has been looked at, and so is reviewed from now on. Else a
        file that is only sent back would say so of everything.
    """
    return _Judge(document, list(rows), table, state, confirms).found


class _Judge:
    """Goes through a file once."""

    def __init__(
        self, document: Document, rows: list[Stored], table: Table, state: TextState, confirms: bool
    ) -> None:
        self.found, self.state, self.confirms = Judged(), state, confirms
        self.spots = {spot.key: spot for spot in spots(document)}
        self.sources = {key: row.text for key, row in by_key(rows, document.languages[0]).items()}
        self.own = {language: by_key(rows, language) for language in document.languages[1:]}
        self.columns = {plain(name): name for name in table.columns}
        self.source = self.columns.get(source_column(document), "")
        self.languages = [code for code in document.languages[1:] if code in self.columns]
        known = {KEY, WHERE, KIND, STATE, source_column(document), *self.languages}
        self.found.passed_over = [n for called, n in self.columns.items() if n and called not in known]
        if self._has_columns(document):
            self._read(table)

    def _has_columns(self, document: Document) -> bool:
        missing = [
            Problem(0, code, value) for code, value, there in (
                (Trouble.NO_KEY_COLUMN, "", KEY in self.columns),
                (Trouble.NO_SOURCE_COLUMN, source_column(document), self.source),
                (Trouble.NO_LANGUAGE_COLUMN, ", ".join(document.languages[1:]), self.languages),
            ) if not there
        ]
        self.found.problems += missing
        return not missing

    def _read(self, table: Table) -> None:
        lines: dict[str, list[int]] = {}
        for row in table.rows:
            lines.setdefault(self._key(row), []).append(row.line)
        self.told = {self._key(row): clean_text(row.cells.get(self.source)) for row in table.rows}
        for row in table.rows:
            problem = self._row_problem(row, lines)
            if problem:
                self.found.problems.append(problem)
            else:
                self._take(row)

    def _key(self, row: Row) -> str:
        return row.cells.get(self.columns[KEY], "").strip().lower()

    def _row_problem(self, row: Row, lines: Mapping[str, list[int]]) -> Problem | None:
        key = self._key(row)
        if row.broken:
            return Problem(row.line, Trouble.FORMULA if row.broken == HAS_FORMULA else Trouble.BROKEN)
        if not key:
            return Problem(row.line, Trouble.NO_KEY)
        told = clean_text(row.cells.get(self.source))
        if key not in self.spots:
            meant = self._keys_of(told)
            return Problem(row.line, Trouble.RENAMED, meant[0]) if meant else \
                Problem(row.line, Trouble.UNKNOWN, key[:_LONGEST_SHOWN])
        if len(lines[key]) > 1:
            return Problem(row.line, Trouble.TWICE, str(next(n for n in lines[key] if n != row.line)))
        if told != clean_text(self.sources.get(key)) and (meant := self._keys_of(told)):
            return Problem(row.line, Trouble.MOVED, meant[0])
        return None

    def _keys_of(self, told: str) -> list[str]:
        """The keys that have a source text which the file tells of another."""
        return [key for key, text in self.sources.items() if key in self.spots
                and clean_text(text) == told and self.told.get(key) != told]

    def _take(self, row: Row) -> None:
        spot = self.spots[self._key(row)]
        for language in self.languages:
            text = spot.tidy(row.cells.get(self.columns[language]))
            # An empty cell takes nothing away: who fills in one language leaves the others alone.
            if text:
                self._take_text(row, spot, language, text)

    def _take_text(self, row: Row, spot: Spot, language: str, text: str) -> None:
        found, own = self.found, self.own[language].get(spot.key)
        now, source = self.sources.get(spot.key, ""), clean_text(row.cells.get(self.source))
        before = state_of(own, now)
        if own is not None and spot.tidy(own.text) == text and not self._confirms(before, source, now):
            found.same += 1
            return
        if not now:
            found.problems.append(Problem(row.line, Trouble.NO_SOURCE, "", language))
        elif wrong := flaw(spot, now, text):
            found.problems.append(Problem(row.line, *wrong, language))
        elif self.state is TextState.MACHINE and before in (TextState.REVIEWED, TextState.STALE):
            found.kept += 1
        else:
            change = Change(spot.key, language, text, own.text if own else "", source, self.state)
            found.stale += source != clean_text(now)
            same = own is not None and spot.tidy(own.text) == text
            (found.new if own is None else found.checked if same else found.changed).append(change)

    def _confirms(self, before: TextState, source: str, now: str) -> bool:
        """Whether the same text once more says that somebody has looked at it."""
        return (self.confirms and self.state is TextState.REVIEWED and source == clean_text(now)
                and before in (TextState.MACHINE, TextState.STALE))
