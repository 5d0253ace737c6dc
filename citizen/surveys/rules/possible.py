"""What can be answered to a question, as few answers as conditions tell apart."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import combinations

from citizen.surveys.rules.document import (
    TEXT_KINDS,
    Condition,
    Kind,
    Question,
    Test,
    choices_of,
    rows_of,
)
from citizen.surveys.rules.flow import holds, number_from
from citizen.surveys.rules.values import EMPTY, Photo, Value

MOST_TOLD_APART = 10
"""So many options of one question with several choices."""
NOTHING = 1
"""The bit of no answer, which is the first that stands for others in every question."""


def can_hold(question: Question, test: Test) -> bool:
    """Whether any answer to a question, or none, fulfils a test.

    Even where it must be answered there may be none, from somebody who was not asked.
    """
    found = Possible.to(question, [test])
    return bool((found.full | NOTHING) & found.fulfilling(test, wanted=True))


@dataclass(frozen=True)
class Possible:
    """The answers that stand for all to one question. ``full``: those that somebody who is asked can give."""

    standing: tuple[Value, ...]
    full: int
    is_open: bool = False

    @classmethod
    def to(cls, question: Question, tests: Iterable[Test]) -> "Possible":
        tests = list(tests)
        is_open = len(_told_apart(question, tests)) > MOST_TOLD_APART
        given = [Value(text="?")] if is_open else list(_given(question, tests))
        every = (1 << len(given) + 1) - 1
        must = question.required and bool(given)
        return cls((EMPTY, *given), every & ~NOTHING if must else every, is_open)

    def fulfilling(self, test: Test, *, wanted: bool) -> int:
        """Those for which a test holds, or does not. What is not told apart may do both."""
        found = 0
        for place, value in enumerate(self.standing):
            unknown = self.is_open and place > 0
            if unknown or holds(Condition((test,)), {test.question: value}) is wanted:
                found |= 1 << place
        return found


NOBODY = Possible((EMPTY,), NOTHING)
"""To a question that is not there."""


def _given(question: Question, tests: list[Test]) -> Iterator[Value]:
    """What can be answered, one for each kind of answer that tests tell apart."""
    if question.kind is Kind.STATEMENT:
        return
    if question.kind is Kind.MATRIX:
        options = choices_of(question)
        if options and rows_of(question):
            yield Value(rows={rows_of(question)[0].id: options[0].id})
        return
    yield from (Value(options=(o.id,)) for o in choices_of(question) if o.exclusive or _takes_one(question))
    if question.kind in (Kind.SEVERAL, Kind.RANKING):
        yield from _sets(question, tests)
    elif question.kind is Kind.NUMBER:
        yield from (Value(number=number) for number in _numbers(question, tests))
    elif question.kind is Kind.DATE:
        yield Value(day=date(2000, 1, 1))
    elif question.kind is Kind.PHOTO:
        yield Value(photos=(Photo("?"),))
    elif question.kind in TEXT_KINDS | {Kind.PLACE}:
        yield Value(text="?")


def _takes_one(question: Question) -> bool:
    return question.kind in (Kind.ONE, Kind.SCALE)


def _free(question: Question) -> list[str]:
    """Options that can be chosen beside others."""
    return [o.id for o in choices_of(question) if not o.exclusive]


def _told_apart(question: Question, tests: Iterable[Test]) -> list[str]:
    if question.kind not in (Kind.SEVERAL, Kind.RANKING):
        return []
    named = {test.value for test in tests}
    return [option for option in _free(question) if option in named]


def _sets(question: Question, tests: list[Test]) -> Iterator[Value]:
    """Sets of options: every choice of those that tests name, filled up with others as far as it must be."""
    named = _told_apart(question, tests)
    others = [option for option in _free(question) if option not in named]
    least, most = max(question.least or 1, 1), len(named) + len(others)
    most = most if question.most is None else min(question.most, most)
    for size in range(len(named) + 1):
        # Alone is told apart from together with others.
        sizes = {max(size, least), max(size + 1, least)}
        for chosen in combinations(named, size):
            for whole in sorted(sizes):
                if whole <= most and whole - size <= len(others):
                    yield Value(options=(*chosen, *others[:whole - size]))


def _numbers(question: Question, tests: list[Test]) -> Iterator[Decimal]:
    """Numbers on, just below and just above every bound, as far as they can be written."""
    step = Decimal(1).scaleb(-question.decimals)
    least = None if question.least is None else Decimal(question.least)
    most = None if question.most is None else Decimal(question.most)
    found = {bound for bound in (least, most) if bound is not None} or {Decimal(0)}
    for bound in (number_from(test.value) for test in tests):
        if bound is not None:
            below = (bound / step).to_integral_value(ROUND_FLOOR) * step
            above = (bound / step).to_integral_value(ROUND_CEILING) * step
            found |= {below - step, below, above, above + step}
    for number in sorted(found):
        if (least is None or number >= least) and (most is None or number <= most):
            yield number
