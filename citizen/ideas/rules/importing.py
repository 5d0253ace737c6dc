"""What a row of a file says, told in fields of an idea; and what is wrong with it, in plain English.

Whoever imports reads the command line, so these words are not translated.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from citizen.base.words import clean_line, clean_text, first_sentence, has_words
from citizen.contributions.rules import SECTORS, Source, Visibility
from citizen.ideas.rules import values
from citizen.ideas.rules.columns import NAMES, recognised
from citizen.ideas.rules.tables import Row, Table, UnreadableFile
from citizen.places.rules.points import Point, read_point
from citizen.programmes.rules import nearest_municipality

LONGEST = {"title": 120, "place": 200, "id": 120, "external_id": 120}
# The form takes 5 000; formal proposals and notes from workshops are longer.
LONGEST_TEXT = 20_000
_LONGEST_KEY = 80


@dataclass(frozen=True)
class Town:
    """A municipality of the programme, as far as reading a file needs to know."""

    id: int
    slug: str
    names: tuple[str, ...]
    languages: tuple[str, ...]

    def is_called(self, name: str) -> bool:
        return values.town(name) in {values.town(own) for own in (self.slug, *self.names)}


@dataclass(frozen=True)
class Circumstances:
    """What decides where the file is silent.

    Attributes
    ----------
    towns : the programme's municipalities, the one in charge first.
    now : the moment, in the zone that dates without one are in.
    town : the one to use where a row names none.
    language : the one to use where a row names none and it cannot be told from the text.
    detect : guesses a text's language; one it does not know is none of ours.
    """

    programme: str
    towns: Sequence[Town]
    now: datetime
    detect: Callable[[str], str]
    town: Town | None = None
    language: str | None = None


@dataclass(frozen=True)
class Remark:
    """Something to say of one row."""

    line: int
    field: str
    words: str


@dataclass(frozen=True)
class FoundIdea:
    """A row that can be stored. ``names`` are the ids it has, one of which may be a reference of ours."""

    line: int
    client_key: str
    names: tuple[str, ...]
    title: str
    body: str
    language: str
    municipality_id: int
    source: str
    place: str | None
    sector: str | None
    external_id: str | None
    submitted_at: datetime | None
    point: Point | None


@dataclass
class Findings:
    """A file, checked from its first row to its last."""

    ideas: list[FoundIdea] = field(default_factory=list)
    problems: list[Remark] = field(default_factory=list)
    notices: list[Remark] = field(default_factory=list)
    unread_columns: list[str] = field(default_factory=list)
    withdrawn: int = 0

    @property
    def wrong_rows(self) -> int:
        return len({problem.line for problem in self.problems})

    def grouped_notices(self) -> list[tuple[Remark, int]]:
        """Each notice once, as it first came up, with how many rows it is about."""
        first: dict[tuple[str, str], Remark] = {}
        for notice in self.notices:
            first.setdefault((notice.field, notice.words), notice)
        count = Counter((notice.field, notice.words) for notice in self.notices)
        return [(notice, count[mark]) for mark, notice in first.items()]


def check_file(table: Table, given: Circumstances) -> Findings:
    """Read every row; nothing is decided by the first that is wrong.

    Raises
    ------
    UnreadableFile
        If no column holds the texts.
    """
    columns = recognised(table.columns)
    if "text" not in columns and not all(row.broken for row in table.rows):
        raise UnreadableFile(
            f"no column holds the texts. Found: {', '.join(filter(None, table.columns)) or 'none'}. "
            f"Needed: one named {', '.join(NAMES['text'][:4])} … "
            f"Also read: {', '.join(name for name in NAMES if name != 'text')}"
        )
    findings = Findings(unread_columns=[c for c in table.columns if c and c not in columns.values()])
    reading = _Reading(columns, given, findings)
    for row in table.rows:
        reading.take(row)
    return findings


def sort_out(
    ideas: Sequence[FoundIdea], refs: Collection[str], keys: Collection[str]
) -> tuple[list[FoundIdea], list[FoundIdea]]:
    """Part what is new from what the programme has already, by its references and client keys.

    Returns
    -------
    (new, already here).
    """
    here = [idea for idea in ideas if idea.client_key in keys or any(name in refs for name in idea.names)]
    lines = {idea.line for idea in here}
    return [idea for idea in ideas if idea.line not in lines], here


def client_key(programme: str, name: str) -> str:
    """The key under which an idea from a file is stored once, however often the file comes."""
    key = f"import:{programme}:{name}"
    return key if len(key) <= _LONGEST_KEY else "import:" + hashlib.sha256(key.encode()).hexdigest()


def text_key(programme: str, title: str, body: str, occurrence: int) -> str:
    """The key of an idea that has no id: what it says, and the how manieth to say so."""
    said = "\0".join((programme, title, body, str(occurrence)))
    return "import:" + hashlib.sha256(said.encode()).hexdigest()


class _Reading:
    """Goes through the rows, and remembers what may come only once."""

    def __init__(self, columns: dict[str, str], given: Circumstances, findings: Findings) -> None:
        self.columns, self.given, self.findings = columns, given, findings
        self.lines: dict[str, int] = {}
        self.said: Counter[tuple[str, str]] = Counter()
        self.row = Row(0)

    def take(self, row: Row) -> None:
        self.row = row
        before = len(self.findings.problems)
        if row.broken:
            self.wrong("", row.broken)
            return
        if self.cell("visibility").casefold() == Visibility.WITHDRAWN:
            # Its author took it back; our own export keeps the row and not the text.
            self.findings.withdrawn += 1
            return
        idea = self.idea()
        if len(self.findings.problems) == before:
            self.findings.ideas.append(idea)

    def idea(self) -> FoundIdea:
        body = self.text()
        title = self.title(body)
        language = self.language(body)
        names = tuple(dict.fromkeys(filter(None, (self.line_of("external_id"), self.line_of("id")))))
        return FoundIdea(
            line=self.row.line, client_key=self.key(names, title, body), names=names, title=title, body=body,
            language=language, municipality_id=self.municipality(language), source=self.source(),
            place=self.line_of("place") or None, sector=self.sector(),
            external_id=names[0] if names else None, submitted_at=self.submitted_at(),
            point=self.point(),
        )

    def wrong(self, name: str, words: str) -> None:
        self.findings.problems.append(Remark(self.row.line, name, words))

    def note(self, name: str, words: str) -> None:
        self.findings.notices.append(Remark(self.row.line, name, words))

    def cell(self, name: str) -> str:
        return self.row.cells.get(self.columns.get(name, ""), "").strip()

    def line_of(self, name: str) -> str:
        line = clean_line(self.cell(name))
        if len(line) > LONGEST[name]:
            self.wrong(name, f"has {len(line)} characters, at most {LONGEST[name]} fit")
        return line

    def text(self) -> str:
        text = clean_text(self.cell("text"))
        if not text:
            self.wrong("text", "is empty")
        elif not has_words(text):
            self.wrong("text", "has no letters in it")
        elif len(text) > LONGEST_TEXT:
            self.wrong("text", f"has {len(text)} characters, at most {LONGEST_TEXT} fit")
        return text

    def title(self, body: str) -> str:
        title = self.line_of("title")
        if title and not has_words(title):
            self.wrong("title", "has no letters in it")
        return title or clean_line(first_sentence(body, LONGEST["title"]))

    def key(self, names: tuple[str, ...], title: str, body: str) -> str:
        if not names:
            self.said[title, body] += 1
            return text_key(self.given.programme, title, body, self.said[title, body])
        key = client_key(self.given.programme, names[0])
        first = self.lines.setdefault(key, self.row.line)
        if first != self.row.line:
            self.wrong("id", f"{names[0]!r} is already in line {first}")
        return key

    def language(self, body: str) -> str:
        stated = self.cell("language")
        if values.is_unstated(stated):
            return self._guessed(body)
        found = values.language(stated)
        if found is None:
            self.wrong("language", f"{stated!r} is not one of sv, nb, nn, en (empty: told from the text)")
            return ""
        if "-x-" in stated.lower():
            self.note("language", f"{stated!r} is read as {found}")
        return found

    def _guessed(self, body: str) -> str:
        found = values.language(self.given.detect(body))
        if found:
            return found
        language = self.given.language or self.given.towns[0].languages[0]
        self.note("language", f"cannot be told from the text; {language} is used")
        return language

    def municipality(self, language: str) -> int:
        towns = self.given.towns
        if named := self.cell("municipality"):
            if town := next((t for t in towns if t.is_called(named)), None):
                return town.id
            self.wrong("municipality", f"{named!r} is not one of {', '.join(t.slug for t in towns)}")
            return 0
        if self.given.town or len(towns) == 1:
            return (self.given.town or towns[0]).id
        return self._nearest(language)

    def _nearest(self, language: str) -> int:
        towns = self.given.towns
        if not any(language in town.languages for town in towns):
            if language:
                self.note("municipality", f"none speaks {language}; {towns[0].slug} is used")
            return towns[0].id
        nearest = nearest_municipality(language, [(town.id, town.languages) for town in towns])
        if nearest is None:
            words = f"several speak {language}; name one in a column or with --municipality"
            self.wrong("municipality", words)
        return nearest or 0

    def sector(self) -> str | None:
        stated = clean_line(self.cell("sector"))
        if values.is_unstated(stated):
            return None
        found = values.sector(stated)
        if found is None:
            self.wrong("sector", f"{stated!r} is not one of {', '.join(SECTORS)}")
        return found

    def point(self) -> Point | None:
        stated = [self.cell(name).replace(",", ".") for name in ("latitude", "longitude")]
        if not any(stated):
            return None
        found = read_point(*stated)
        if found is None:
            self.wrong("latitude", f"{' '.join(stated)!r} is no place in the Nordic countries "
                                   "(write 59.912 and 12.345, both or none)")
        return found

    def source(self) -> str:
        stated = self.cell("source").casefold()
        return stated if stated in set(Source) else Source.IMPORT

    def submitted_at(self) -> datetime | None:
        stated = clean_line(self.cell("submitted_at"))
        if not stated:
            return None
        found = values.moment(stated, self.given.now.tzinfo)
        if found is None:
            self.wrong("submitted_at", f"{stated!r} is not a date (write it as 2026-03-09)")
        elif found > self.given.now:
            self.wrong("submitted_at", f"{stated!r} has not come yet")
        return found
