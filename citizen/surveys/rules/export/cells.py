"""What stands in each cell of one submission."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from citizen.surveys.rules.document import Kind, Question, points
from citizen.surveys.rules.export import naming
from citizen.surveys.rules.export.codes import ANSWERED, FAR, Missing, missing
from citizen.surveys.rules.export.columns import WORDS, Asked, Column, Part, Version
from citizen.surveys.rules.flow import way
from citizen.surveys.rules.values import EMPTY, Answers, Value

Cell = str | int | float | Decimal | date | None


class LongRow(NamedTuple):
    """One line of the long file. ``state`` is 1 where there is an answer, else why there is none."""

    asked: Asked
    row: str
    option: str
    value: Cell
    state: int


@dataclass(frozen=True)
class Reading:
    """How the submissions of one version are read: worked out once, used for each of them."""

    version: Version
    columns: Sequence[Column]
    asked: Sequence[Asked]
    here: dict[str, Question] = field(init=False)
    has: tuple[bool, ...] = field(init=False)

    def __post_init__(self) -> None:
        here = {q.id: q for q in self.version.document.questions if not q.hidden}
        object.__setattr__(self, "here", here)
        object.__setattr__(self, "has", tuple(self._has(column) for column in self.columns))

    def _has(self, column: Column) -> bool:
        question = self.here.get(column.asked.question.id)
        if question is None or question.series != column.asked.question.series:
            return False
        return offers(question, column.row, column.option)

    def shown(self, answers: Answers) -> set[str]:
        """The questions that somebody with these answers was shown."""
        return {question.id for step in way(self.version.document, answers) for question in step.questions}

    def cells(self, answers: Answers, shown: set[str]) -> list[Cell]:
        """A submission's cells, in the order of the columns."""
        return [
            _cell(column, answers.get(column.asked.question.id, EMPTY) if has else EMPTY,
                  has, column.asked.question.id in shown)
            for column, has in zip(self.columns, self.has, strict=True)
        ]

    def long_rows(self, answers: Answers, shown: set[str], *, with_words: bool) -> Iterator[LongRow]:
        """A submission as lines: one per answer, and one per question that has none."""
        for asked in self.asked:
            question = self.here.get(asked.question.id)
            if question is None or question.series != asked.question.series:
                yield LongRow(asked, "", "", None, Missing.NOT_ASKED)
            elif question.id not in shown:
                yield LongRow(asked, "", "", None, Missing.NOT_SHOWN)
            else:
                yield from _long(asked, question, answers.get(question.id, EMPTY), with_words)

    def texts(self, answers: Answers, shown: set[str]) -> Iterator[tuple[Asked, str, str]]:
        """(question, option, text) of all that was written."""
        for asked in self.asked:
            question = self.here.get(asked.question.id)
            if question is None or question.series != asked.question.series or question.id not in shown:
                continue
            value = answers.get(question.id, EMPTY)
            if written := text_of(value):
                yield asked, "", written
            yield from ((asked, option, text) for option, text in value.others.items() if text)


def offers(question: Question, row: str, option: str) -> bool:
    """Whether a question asks an item and offers an option; empty ones always."""
    return (not row or any(r.id == row and not r.hidden for r in question.rows)) and (
        not option or any(o.id == option and not o.hidden for o in question.options)
    )


def option_value(question: Question, option: str) -> str | int:
    """An option as a value: its export code; of a scale, the point."""
    if question.kind is Kind.SCALE:
        return int(option)
    return next((naming.value(known.code) for known in question.options if known.id == option), option)


def values_of(question: Question) -> list[tuple[str, str | int]]:
    """(option id, value) of all that can be chosen, in order; a scale's points too."""
    if question.kind is Kind.SCALE:
        return [(str(point), point) for point in points(question)]
    return [(option.id, naming.value(option.code)) for option in question.options]


def _cell(column: Column, value: Value, has: bool, shown: bool) -> Cell:
    none: int | None = missing(value, column.row)
    if not shown:
        none = Missing.NOT_SHOWN
    if not has:
        none = Missing.NOT_ASKED
    if column.part is Part.ANSWERED:
        return ANSWERED if none is None else int(none)
    if column.part is Part.DAY or column.part in WORDS:
        return None if none is not None else _words(column, value)
    if none is not None:
        return none + FAR if column.is_far else int(none)
    return _answer(column, value)


def _answer(column: Column, value: Value) -> Cell:
    question, option = column.asked.question, (value.options or ("",))[0]
    match column.part:
        case Part.CODE:
            return option_value(question, value.rows[column.row] if column.row else option)
        case Part.FLAG:
            return int(column.option in value.options)
        case Part.RANK:
            return value.options.index(column.option) + 1 if column.option in value.options else 0
        case _:
            return value.number if value.number is not None else int(option)


def _words(column: Column, value: Value) -> Cell:
    match column.part:
        case Part.DAY:
            return value.day
        case Part.TEXT:
            return value.text or None
        case Part.OTHER:
            return value.others.get(column.option) or None
        case Part.PHOTOS:
            return _photos(value)
        case _:
            return value.point[column.part is Part.LONGITUDE] if value.point else None


def _photos(value: Value) -> str | None:
    told = (f"{photo.ref}: {photo.alt}" if photo.alt else photo.ref for photo in value.photos)
    return "; ".join(told) or None


def _long(asked: Asked, question: Question, value: Value, with_words: bool) -> Iterator[LongRow]:
    if question.kind is Kind.MATRIX:
        for row in question.rows:
            if row.hidden:
                continue
            none = missing(value, row.id)
            chosen = None if none is not None else value.rows[row.id]
            yield LongRow(asked, row.id, chosen or "", chosen and option_value(asked.question, chosen),
                          ANSWERED if none is None else none)
        return
    none = missing(value)
    if none is not None:
        yield LongRow(asked, "", "", None, none)
    elif value.options:
        yield from _chosen(asked, value, with_words)
    else:
        plain: Cell = value.number if value.number is not None else value.day
        if plain is None and with_words:
            plain = text_of(value)
        yield LongRow(asked, "", "", plain, ANSWERED)


def _chosen(asked: Asked, value: Value, with_words: bool) -> Iterator[LongRow]:
    for place, option in enumerate(value.options, 1):
        ranked = asked.question.kind is Kind.RANKING
        yield LongRow(asked, "", option, place if ranked else option_value(asked.question, option), ANSWERED)
        if with_words and value.others.get(option):
            yield LongRow(asked, "text", option, value.others[option], ANSWERED)


def text_of(value: Value) -> str | None:
    """What was written, the point, or the photos, in one line of words."""
    parts = [value.text, ", ".join(f"{degree:.3f}" for degree in value.point or ()), _photos(value) or ""]
    return "; ".join(part for part in parts if part) or None
