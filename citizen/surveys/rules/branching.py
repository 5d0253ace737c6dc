"""What must be mended before a survey can be published, and what is worth a look.

A problem has a code, where it is (a page's or question's id; empty: the whole survey) and values for the
sentence that tells it: ids of what it is about, or numbers.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from citizen.surveys.rules.document import (
    DONT_KNOW,
    END,
    NOT_SAY,
    OPTION_KINDS,
    TEXT_KINDS,
    Condition,
    Document,
    Kind,
    Op,
    Page,
    Question,
    Test,
    Texts,
    asked,
    choices_of,
    question_keys,
    rows_of,
)
from citizen.surveys.rules.flow import number_from
from citizen.surveys.rules.piping import piped_questions
from citizen.surveys.rules.possible import can_hold
from citizen.surveys.rules.ways import MOST_BOXES, explore

_WHETHER = {Op.ANSWERED, Op.NOT_ANSWERED}
_WHICH = {Op.IS, Op.IS_NOT, Op.HAS, Op.HAS_NOT}
_HOW_MUCH = {Op.LESS, Op.MORE}
_FITTING = {
    Kind.ONE: _WHICH | _WHETHER,
    # One of several "is" nothing by itself.
    Kind.SEVERAL: {Op.HAS, Op.HAS_NOT} | _WHETHER,
    Kind.RANKING: {Op.HAS, Op.HAS_NOT} | _WHETHER,
    Kind.SCALE: _WHICH | _HOW_MUCH | _WHETHER,
    Kind.NUMBER: _HOW_MUCH | _WHETHER,
}
"""What can be asked of an answer; of all others, whether there is one."""


@dataclass(frozen=True)
class Problem:
    """Something is wrong at a place. ``stops``: it cannot be published like that."""

    code: str
    where: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    stops: bool = True


def problems(document: Document, most: int = MOST_BOXES) -> list[Problem]:
    """Everything wrong with what a survey asks and where it leads."""
    found = [*_of_all(document), *_in_conditions(document), *_in_questions(document)]
    broken = {problem.where for problem in found}
    found += _in_ways(document, broken, most)
    return in_order(document, found)


def in_order(document: Document, found: Iterable[Problem]) -> list[Problem]:
    """Problems in the order of the survey, what concerns all of it first."""
    places: dict[str, int] = {}
    for page in document.pages:
        for one in (page.id, *(question.id for question in page.questions)):
            places.setdefault(one, len(places) + 1)
    return sorted(found, key=lambda problem: places.get(problem.where, 0))


def piping_problems(document: Document, texts: Texts) -> list[Problem]:
    """Texts that repeat an answer which nobody can have given before they read it."""
    found: list[Problem] = []
    asked_before: set[str] = set()
    for page in document.pages:
        for where, keys in ((page.id, (f"{page.id}.title", f"{page.id}.text")),
                            *((q.id, question_keys(q)) for q in asked(page))):
            said = " ".join(text for key in keys for text in texts.get(key, {}).values())
            for name in sorted(piped_questions(said)):
                if name not in asked_before:
                    found.append(Problem("pipes_unknown", where, {"question": name}))
        asked_before |= {q.id for q in asked(page) if q.kind is not Kind.STATEMENT}
    return found


def _of_all(document: Document) -> Iterator[Problem]:
    if all(q.hidden or q.kind is Kind.STATEMENT for q in document.questions):
        yield Problem("empty")
    codes = Counter(question.code for question in document.questions)
    yield from (Problem("code_twice", q.id, {"code": q.code}) for q in document.questions
                if codes[q.code] > 1)


# ---- jumps and conditions


def _in_conditions(document: Document) -> Iterator[Problem]:
    numbers = {page.id: number for number, page in enumerate(document.pages)}
    earlier: set[str] = set()
    for page in document.pages:
        here = {question.id for question in page.questions}
        if page.show_if:
            yield from _in_tests(document, page.id, page.show_if, earlier, here)
        for question in asked(page):
            if question.show_if:
                yield from _in_tests(document, question.id, question.show_if, earlier, here)
        for jump in page.jumps:
            yield from _in_tests(document, page.id, jump.condition, earlier | here, set())
            yield from _in_target(page, jump.target, numbers)
        earlier |= here


def _in_target(page: Page, target: str, numbers: Mapping[str, int]) -> Iterator[Problem]:
    if target == END:
        return
    if target not in numbers:
        yield Problem("jump_nowhere", page.id)
    elif target == page.id:
        yield Problem("jump_to_itself", page.id)
    elif numbers[target] < numbers[page.id]:
        yield Problem("jump_back", page.id, {"page": target})


def _in_tests(
    document: Document, where: str, condition: Condition, earlier: set[str], here: set[str]
) -> Iterator[Problem]:
    for test in condition.tests:
        if code := _wrong_with(document, test, earlier, here):
            yield Problem(code, where, {"question": test.question, "value": test.value})


def _wrong_with(document: Document, test: Test, earlier: set[str], here: set[str]) -> str | None:
    question = document.question(test.question)
    if question is None:
        return "asks_missing"
    if question.hidden:
        return "asks_hidden"
    if question.kind is Kind.STATEMENT:
        return "asks_statement"
    if question.id not in earlier:
        return "asks_same_page" if question.id in here else "asks_later"
    return _misfit(question, test) or (None if can_hold(question, test) else "test_never")


def _misfit(question: Question, test: Test) -> str | None:
    """What is wrong with an operation, or with what it compares with."""
    beside = {DONT_KNOW: question.dont_know, NOT_SAY: question.not_say}
    if test.op in _WHICH and test.value in beside and question.kind is not Kind.MATRIX:
        return None if beside[test.value] else "option_missing"
    if test.op not in _FITTING.get(question.kind, _WHETHER):
        return "misfit"
    if test.op in _HOW_MUCH:
        return None if number_from(test.value) is not None else "number_missing"
    if test.op in _WHICH:
        if test.value not in {option.id for option in choices_of(question, hidden=True)}:
            return "option_missing"
        if test.value not in {option.id for option in choices_of(question)}:
            return "option_hidden"
    return None


# ---- questions that nobody can answer


def _in_questions(document: Document) -> Iterator[Problem]:
    for page in document.pages:
        for question in asked(page):
            yield from _unanswerable(question)
            for thing in (question.options, question.rows):
                counts = Counter(one.code for one in thing)
                yield from (Problem("code_twice", question.id, {"code": code})
                            for code, count in counts.items() if count > 1)
        yield from (Problem(code, second.id) for code, second in _crowded(page))
        if not page.questions:
            yield Problem("page_empty", page.id, stops=False)


def _crowded(page: Page) -> Iterator[tuple[str, Question]]:
    """What a page of a phone has only one of: a map, and a chooser of photos."""
    for code, kind in (("places_twice", Kind.PLACE), ("photos_twice", Kind.PHOTO)):
        yield from ((code, second) for second in [q for q in asked(page) if q.kind is kind][1:])


def _unanswerable(question: Question) -> Iterator[Problem]:
    shown = [option for option in question.options if not option.hidden]
    if question.kind in OPTION_KINDS and not shown:
        yield Problem("no_options", question.id)
        return
    if question.kind is Kind.MATRIX and not rows_of(question):
        yield Problem("no_rows", question.id)
    if question.kind is Kind.RANKING and len(shown) < 2:
        yield Problem("ranks_one", question.id)
    yield from _bounds(question, sum(not option.exclusive for option in shown))


def _bounds(question: Question, free: int) -> Iterator[Problem]:
    least, most = question.least, question.most
    if question.kind is Kind.SCALE:
        # What a scale without ends has: 0 to 10.
        if (least or 0) >= (10 if most is None else most):
            yield Problem("scale_ends", question.id)
        return
    counted = question.kind in (Kind.SEVERAL, Kind.RANKING) or question.kind in TEXT_KINDS
    if counted and most is not None and most < 1:
        yield Problem("most_is_none", question.id)
    elif least is not None and most is not None and least > most and (
        counted or question.kind is Kind.NUMBER
    ):
        yield Problem("least_over_most", question.id, {"least": str(least), "most": str(most)})
    elif question.kind in (Kind.SEVERAL, Kind.RANKING) and least is not None and least > free:
        yield Problem("least_over_options", question.id, {"least": str(least), "options": str(free)})


# ---- ways


def _in_ways(document: Document, broken: Iterable[str], most: int) -> Iterator[Problem]:
    """What no answers lead to. Where a condition is wrong in itself, that is told instead."""
    ways = explore(document, most)
    told = set(broken)
    if not ways.is_whole:
        yield Problem("too_many_ways", stops=False)
    for page in document.pages:
        if page.id not in ways.arrived:
            yield Problem("page_unreached", page.id)
            continue
        if page.id not in ways.shown:
            yield Problem("page_never", page.id)
            continue
        yield from (Problem("question_never", question.id) for question in asked(page)
                    if question.id not in ways.asked and question.id not in told)
        yield from (Problem("jump_never", page.id, {"page": jump.target})
                    for place, jump in enumerate(page.jumps)
                    if (page.id, place) not in ways.taken and page.id not in told)
