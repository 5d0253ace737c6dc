"""What somebody asked for, worked out before the first answer is read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from citizen.base import clock
from citizen.surveys import queries
from citizen.surveys.actions.exporting.words import words_in
from citizen.surveys.models import Survey
from citizen.surveys.queries.exporting import Received, Released
from citizen.surveys.rules import Level
from citizen.surveys.rules.export import naming
from citizen.surveys.rules.export.cells import Cell, LongRow, Reading
from citizen.surveys.rules.export.columns import (
    Asked,
    Column,
    Written,
    asked_in,
    columns_of,
    without_few,
)
from citizen.surveys.rules.export.labels import Labels
from citizen.surveys.rules.rows import values_from


class Words(StrEnum):
    """Where free text goes: beside the other answers, in a file and an order of its own, or nowhere."""

    BESIDE = "beside"
    APART = "apart"
    WITHOUT = "without"


def words_allowed(survey: Survey) -> tuple[Words, ...]:
    """What may be chosen, the usual first. Where answers are anonymous, no text lies beside them."""
    if survey.level == Level.NAMED:
        return Words.BESIDE, Words.APART, Words.WITHOUT
    if survey.level == Level.CONFIDENTIAL:
        return Words.APART, Words.WITHOUT, Words.BESIDE
    return Words.APART, Words.WITHOUT


@dataclass(frozen=True)
class Order:
    """What to take out. ``version``: one alone; None: all."""

    language: str
    delimiter: str
    words: Words
    version: int | None = None


class Line(NamedTuple):
    """One submission as every file needs it."""

    fixed: tuple[str | int | date, ...]
    cells: list[Cell]
    long: list[LongRow]
    texts: list[tuple[Asked, str, str]]


@dataclass(frozen=True)
class Pack:
    """An order with the columns and labels it leads to."""

    survey: Survey
    order: Order
    released: tuple[Released, ...]
    asked: tuple[Asked, ...]
    few: frozenset[Written]
    small: frozenset[tuple[str, str, str]]
    columns: tuple[Column, ...]
    labels: tuple[Labels, ...]
    submissions: int
    some_wait: bool
    day: date

    @property
    def own_labels(self) -> Labels:
        """Those in the language of whoever asked."""
        return self.labels[0]

    def lots(self) -> Iterator[list[Line]]:
        """Every submission, in lots."""
        beside = self.order.words is Words.BESIDE
        versions = [one.version for one in self.released]
        readings = {one.number: Reading(one, self.columns, self.asked) for one in versions}
        for lot in queries.exporting.received(self.survey.id, self.order.version):
            yield [_line(readings[one.version], self._fixed(one), one, self.few, beside=beside)
                   for one in lot]

    def _fixed(self, one: Received) -> tuple[str | int | date, ...]:
        """What is known of a submission beside its answers."""
        group = (one.language, one.channel, one.municipality)
        language, channel, town = ("", "", "") if group in self.small else group
        return (naming.submission(one.id), one.version, language, channel, one.place, town, one.sector,
                one.day)


def _line(
    reading: Reading, fixed: tuple[str | int | date, ...], one: Received, few: frozenset[Written], *,
    beside: bool,
) -> Line:
    answers = values_from(reading.version.document, one.rows)
    shown = reading.shown(answers)
    return Line(
        fixed, reading.cells(answers, shown), list(reading.long_rows(answers, shown, with_words=beside)),
        [] if beside else [
            (asked, option, text) for asked, option, text in reading.texts(answers, shown)
            if (asked.question.id, asked.question.series, option) not in few
        ],
    )


def prepared(survey: Survey, order: Order) -> Pack:
    """Everything about a pack but the answers."""
    released = queries.exporting.versions(survey.id, order.version)
    few = _few(survey, order)
    asked = without_few(asked_in([one.version for one in released]), few)
    return Pack(
        survey, order, released, asked, few, _small(survey, order),
        columns_of(asked, with_words=order.words is Words.BESIDE), _labels(released, order.language),
        queries.exporting.submission_count(survey.id, order.version),
        queries.some_wait(survey.id, order.version), clock.today(),
    )


def _few(survey: Survey, order: Order) -> frozenset[Written]:
    """In an anonymous survey, where fewer wrote something than a figure may be about.

    Staff read such a text elsewhere too; a single row that has it would tell the writer's other answers.
    """
    if survey.level != Level.ANONYMOUS:
        return frozenset()
    counts = queries.exporting.writers(survey.id, order.version)
    return frozenset(where for where, count in counts.items() if count < survey.k)


def _small(survey: Survey, order: Order) -> frozenset[tuple[str, str, str]]:
    """In an anonymous survey, the groups of fewer than a figure may be about.

    Whoever asked people to answer knows who is alone in a language and a municipality.
    """
    if survey.level != Level.ANONYMOUS:
        return frozenset()
    counts = queries.exporting.groups(survey.id, order.version)
    return frozenset(group for group, count in counts.items() if count < survey.k)


def _labels(released: Sequence[Released], language: str) -> tuple[Labels, ...]:
    """The language of whoever asks first, then those of the survey."""
    texts = {one.version.number: one.version.texts for one in released}
    order = tuple(dict.fromkeys(
        known for one in reversed(released) for known in one.version.document.languages
    ))
    return tuple(Labels(one, texts, order, words_in(one)) for one in dict.fromkeys((language, *order)))
