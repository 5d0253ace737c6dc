"""How a survey is laid before one person: in which order, and what may still change."""

import hashlib
from collections.abc import Iterable, Iterator
from typing import TypeVar

from citizen.surveys.rules.document import (
    Document,
    Kind,
    Option,
    Page,
    Question,
    Row,
    Test,
    choices_of,
    rows_of,
)


def in_order(question: Question, seed: str) -> tuple[Option, ...]:
    """What can be chosen, in one person's order: shuffled where that is asked for, fixed ones last."""
    options = choices_of(question)
    if not question.random or question.kind in {Kind.SCALE, Kind.MATRIX}:
        return options
    free = _shuffled([o for o in options if not o.fixed], question.id + seed)
    return (*free, *(o for o in options if o.fixed))


def rows_in_order(question: Question, seed: str) -> tuple[Row, ...]:
    """The items of a matrix in one person's order."""
    rows = rows_of(question)
    return _shuffled(rows, question.id + seed) if question.random else rows


_Thing = TypeVar("_Thing", Option, Row)


def _shuffled(things: Iterable[_Thing], seed: str) -> tuple[_Thing, ...]:
    return tuple(sorted(things, key=lambda one: hashlib.sha256(f"{seed}{one.id}".encode()).digest()))


def may_change(document: Document, page: Page) -> bool:
    """Whether answers on a page, or after it, decide how many questions there are."""
    decides = {test.question for one in document.pages for test in _tests(one)}
    position = document.pages.index(page)
    return any(q.id in decides for one in document.pages[position:] for q in one.questions)


def _tests(page: Page) -> Iterator[Test]:
    shown = (page.show_if, *(jump.condition for jump in page.jumps), *(q.show_if for q in page.questions))
    return (test for condition in shown if condition for test in condition.tests)
