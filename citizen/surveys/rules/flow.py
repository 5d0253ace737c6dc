"""Which way somebody takes through a survey, from their answers alone.

Only answers to questions that are on the way count: an answer on a page that is no longer reached
decides nothing. A jump back is no way (it is refused when a survey is published) and ends the walk.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from citizen.surveys.rules.document import END, Condition, Document, Kind, Op, Page, Question, Test, asked
from citizen.surveys.rules.values import EMPTY, Answers, Value


@dataclass(frozen=True)
class Step:
    """A page on the way, with the questions it asks this person."""

    page: Page
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Progress:
    """Where somebody is: the numbers of the first and last question of their page, of so many."""

    first: int
    last: int
    of: int


def way(document: Document, answers: Answers) -> tuple[Step, ...]:
    """The pages somebody with these answers goes through, in order.

    A page that asks nothing of them is passed over; its jumps hold all the same.
    """
    steps: list[Step] = []
    live: dict[str, Value] = {}
    seen: set[int] = set()
    position: int | None = 0
    while position is not None and position < len(document.pages) and position not in seen:
        seen.add(position)
        page = document.pages[position]
        if page.show_if is not None and not holds(page.show_if, live):
            position += 1
            continue
        questions = tuple(q for q in asked(page) if q.show_if is None or holds(q.show_if, live))
        live |= {q.id: answers[q.id] for q in questions if q.id in answers}
        if questions:
            steps.append(Step(page, questions))
        position = _after(document, position, live)
    return tuple(steps)


def _after(document: Document, position: int, live: Mapping[str, Value]) -> int | None:
    for jump in document.pages[position].jumps:
        if holds(jump.condition, live):
            numbers = {page.id: number for number, page in enumerate(document.pages)}
            return None if jump.target == END else numbers.get(jump.target)
    return position + 1


def holds(condition: Condition, answers: Answers) -> bool:
    """Whether a condition holds; one without tests always does."""
    results = [_test_holds(test, answers.get(test.question, EMPTY)) for test in condition.tests]
    return not results or (all(results) if condition.every else any(results))


def _test_holds(test: Test, value: Value) -> bool:
    order = _compared(number_in(value), number_from(test.value))
    return {
        Op.ANSWERED: not value.is_empty,
        Op.NOT_ANSWERED: value.is_empty,
        Op.IS: value.options == (test.value,),
        Op.IS_NOT: value.options != (test.value,),
        Op.HAS: test.value in value.options,
        Op.HAS_NOT: test.value not in value.options,
        Op.LESS: order < 0,
        Op.MORE: order > 0,
    }[test.op]


def _compared(number: Decimal | None, bound: Decimal | None) -> int:
    """-1, 0 or 1; what is no number is neither less nor more."""
    if number is None or bound is None:
        return 0
    return (number > bound) - (number < bound)


def number_in(value: Value) -> Decimal | None:
    """The number of an answer: the one written, or the point of a scale."""
    if value.number is not None or len(value.options) != 1:
        return value.number
    return number_from(value.options[0])


def number_from(text: str) -> Decimal | None:
    """The number a text is; None where it is none that can be compared."""
    try:
        found = Decimal(text)
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def step_of(steps: tuple[Step, ...], page_id: str) -> int | None:
    """The place of a page on the way; None where the way does not go there."""
    return next((number for number, step in enumerate(steps) if step.page.id == page_id), None)


def progress(steps: tuple[Step, ...], number: int) -> Progress:
    """Which questions a page has, counted along the way as it is now. Statements are no questions."""
    counts = [sum(q.kind is not Kind.STATEMENT for q in step.questions) for step in steps]
    before = sum(counts[:number])
    return Progress(before + 1, before + counts[number], sum(counts))


def settled(document: Document, answers: Answers) -> tuple[dict[str, Value], dict[str, Value]]:
    """Answers apart: those to what is asked on the way, and those to what is no longer shown."""
    on_the_way = {question.id for step in way(document, answers) for question in step.questions}
    given = {q: value for q, value in answers.items() if not value.is_empty}
    return (
        {q: value for q, value in given.items() if q in on_the_way},
        {q: value for q, value in given.items() if q not in on_the_way},
    )
