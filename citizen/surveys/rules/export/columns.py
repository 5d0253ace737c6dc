"""Which columns answers have, over one version or several.

A question has its columns once per series: ``travel``, and ``travel_s2`` once its meaning has changed. Names
come from the export code that it had when it was first published, so that later versions rename nothing.
"""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from enum import StrEnum

from citizen.surveys.rules.document import Document, Kind, Option, Question, Row, Texts
from citizen.surveys.rules.export import naming
from citizen.surveys.rules.export.codes import is_far

Written = tuple[str, int, str]
"""Where something is written: question, series, and the option it stands beside, if any."""
_WRITTEN = {Kind.SHORT, Kind.LONG, Kind.PLACE, Kind.PHOTO}
FIXED = ("id", "version", "language", "channel", "place", "municipality", "sector", "day")
"""What stands before the answers."""


@dataclass(frozen=True)
class Version:
    """A published version: what it asked, in which words."""

    number: int
    document: Document
    texts: Texts


class Part(StrEnum):
    """What of an answer a column holds."""

    CODE = "code"
    NUMBER = "number"
    FLAG = "flag"
    RANK = "rank"
    ANSWERED = "answered"
    DAY = "day"
    TEXT = "text"
    OTHER = "other"
    LATITUDE = "latitude"
    LONGITUDE = "longitude"
    PHOTOS = "photos"


WORDS = {Part.TEXT, Part.OTHER, Part.LATITUDE, Part.LONGITUDE, Part.PHOTOS}
"""What somebody could be known by: kept away from what tells who answers, where that is asked for."""


@dataclass(frozen=True)
class Asked:
    """One question within one series, as all versions together have it."""

    question: Question
    name: str
    versions: tuple[int, ...]


@dataclass(frozen=True)
class Column:
    """One column of the wide files."""

    name: str
    asked: Asked
    part: Part
    row: str = ""
    option: str = ""

    @property
    def is_far(self) -> bool:
        return is_far(self.asked.question)


def asked_in(versions: Sequence[Version]) -> tuple[Asked, ...]:
    """Every question and series that the versions have, in the order of the newest."""
    found: dict[tuple[str, int], list[tuple[int, Question]]] = {}
    places: dict[str, int] = {}
    for version in versions:
        questions = [q for q in version.document.questions if q.kind is not Kind.STATEMENT]
        for place, question in enumerate(questions):
            places[question.id] = place
            if not question.hidden or (question.id, question.series) in found:
                found.setdefault((question.id, question.series), []).append((version.number, question))
    taken = set(FIXED)
    named = {key: _named(key, defined, taken) for key, defined in found.items()}
    return tuple(named[key] for key in sorted(named, key=lambda key: (places[key[0]], key)))


def _named(key: tuple[str, int], defined: list[tuple[int, Question]], taken: set[str]) -> Asked:
    _first_number, first = defined[0]
    name = naming.variable(first.code) + (f"_s{key[1]}" if key[1] > 1 else "")
    asked = tuple(number for number, question in defined if not question.hidden)
    return Asked(_merged([question for _number, question in defined]), naming.unlike(name, taken), asked)


def _merged(defined: list[Question]) -> Question:
    """The newest definition, with what older ones had besides and the codes that came first."""
    options: dict[str, Option] = {}
    rows: dict[str, Row] = {}
    for question in reversed(defined):
        for option in question.options:
            options[option.id] = replace(options.get(option.id, option), code=option.code)
        for row in question.rows:
            rows[row.id] = replace(rows.get(row.id, row), code=row.code)
    ends = [question.least for question in defined]
    return replace(
        defined[-1], code=defined[0].code, options=tuple(options.values()), rows=tuple(rows.values()),
        least=None if None in ends else min(end for end in ends if end is not None),
        most=max((q.most for q in defined if q.most is not None), default=None),
        dont_know=any(q.dont_know for q in defined), not_say=any(q.not_say for q in defined),
    )


def without_few(asked: Sequence[Asked], few: Set[Written]) -> tuple[Asked, ...]:
    """Questions but those of text that so few answered that whoever did would be known by having done so."""
    return tuple(
        one for one in asked
        if one.question.kind not in _WRITTEN or (one.question.id, one.question.series, "") not in few
    )


def columns_of(asked: Sequence[Asked], *, with_words: bool) -> tuple[Column, ...]:
    """The columns of the wide files; without words, what somebody could be known by is left out."""
    taken = {*FIXED, *(one.name for one in asked)}
    return tuple(
        column if column.name == one.name else replace(column, name=naming.unlike(column.name, taken))
        for one in asked for column in _columns(one) if with_words or column.part not in WORDS
    )


def _columns(asked: Asked) -> Iterator[Column]:
    question, name = asked.question, asked.name
    if question.kind in (Kind.ONE, Kind.SCALE, Kind.NUMBER):
        yield Column(name, asked, Part.CODE if question.kind is Kind.ONE else Part.NUMBER)
    elif question.kind in (Kind.SEVERAL, Kind.RANKING):
        part = Part.FLAG if question.kind is Kind.SEVERAL else Part.RANK
        for option in question.options:
            yield Column(f"{name}_{naming.variable(option.code).removeprefix('q_')}", asked, part,
                         option=option.id)
    elif question.kind is Kind.MATRIX:
        for row in question.rows:
            yield Column(f"{name}_{naming.variable(row.code).removeprefix('q_')}", asked, Part.CODE, row.id)
    else:
        yield Column(f"{name}_answered", asked, Part.ANSWERED)
        yield from _words(asked)
    for option in question.options:
        if option.writes and question.kind in (Kind.ONE, Kind.SEVERAL):
            yield Column(f"{name}_{naming.variable(option.code).removeprefix('q_')}_text", asked, Part.OTHER,
                         option=option.id)


def _words(asked: Asked) -> Iterator[Column]:
    kind, name = asked.question.kind, asked.name
    if kind is Kind.PHOTO:
        yield Column(name, asked, Part.PHOTOS)
        return
    yield Column(name, asked, Part.DAY if kind is Kind.DATE else Part.TEXT)
    if kind is Kind.PLACE:
        yield Column(f"{name}_latitude", asked, Part.LATITUDE)
        yield Column(f"{name}_longitude", asked, Part.LONGITUDE)
