"""What one submission adds to the figures."""

from collections.abc import Iterator
from dataclasses import dataclass

from citizen.surveys.rules.document import Document, Kind, Question, rows_of
from citizen.surveys.rules.flow import way
from citizen.surveys.rules.values import EMPTY, Answers, Value

ASKED, ANSWERED = "*", "+"
"""In place of an option: how many were asked, and how many answered."""
LONGEST_NUMBER = 24


@dataclass(frozen=True)
class Counted:
    """One thing that a submission has once."""

    question: str
    series: int
    row: str
    option: str


def counted(document: Document, answers: Answers) -> Iterator[Counted]:
    """Everything a submission counts in.

    A ranking counts each option under its place (``row`` "1", "2" …), a matrix under its items, a number by
    how it is written. Texts, days, places and photos count as answered alone.
    """
    for step in way(document, answers):
        for question in step.questions:
            if question.kind is not Kind.STATEMENT:
                yield from _of(question, answers.get(question.id, EMPTY))


def _of(question: Question, value: Value) -> Iterator[Counted]:
    def one(row: str, option: str) -> Counted:
        return Counted(question.id, question.series, row, option)

    if question.kind is Kind.MATRIX:
        for item in rows_of(question):
            yield one(item.id, ASKED)
            if item.id in value.rows:
                yield one(item.id, ANSWERED)
                yield one(item.id, value.rows[item.id])
        return
    yield one("", ASKED)
    if value.is_empty:
        return
    yield one("", ANSWERED)
    for place, option in enumerate(value.options, 1):
        yield one(str(place) if question.kind is Kind.RANKING else "", option)
    if value.number is not None:
        yield one("", f"{value.number.normalize():f}"[:LONGEST_NUMBER])
