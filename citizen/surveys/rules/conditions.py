"""Conditions as an editor makes them: what of an earlier answer, how it is compared, with which number.

``what`` is ``question`` or ``question:option``. The operations are fewer than `Op` has: whether one or
several options can be chosen is known from the question.
"""

from dataclasses import dataclass

from citizen.surveys.rules.document import (
    Condition,
    Document,
    Kind,
    Op,
    Question,
    Test,
    choices_of,
)

CHOSEN, NOT_CHOSEN, LESS, MORE = "chosen", "not_chosen", "less", "more"
ANSWERED, NOT_ANSWERED = "answered", "not_answered"
OPERATIONS = (CHOSEN, NOT_CHOSEN, LESS, MORE, ANSWERED, NOT_ANSWERED)
MOST_TESTS = 5

_MANY = {Kind.SEVERAL, Kind.RANKING}
_WITH_NUMBER = {Kind.NUMBER, Kind.SCALE}
_TO_CHOOSE = {Kind.ONE, Kind.SEVERAL, Kind.SCALE, Kind.RANKING}
_SAID = {
    Op.IS: CHOSEN, Op.HAS: CHOSEN, Op.IS_NOT: NOT_CHOSEN, Op.HAS_NOT: NOT_CHOSEN, Op.LESS: LESS,
    Op.MORE: MORE, Op.ANSWERED: ANSWERED, Op.NOT_ANSWERED: NOT_ANSWERED,
}


@dataclass(frozen=True)
class Told:
    """A test as its three fields show it."""

    what: str
    operation: str
    number: str = ""


def earlier(document: Document, page_id: str, *, with_page: bool = False) -> tuple[Question, ...]:
    """What can be asked about on a page: the questions of the pages before it, and with jumps its own.

    What is no longer asked has no answer to ask about.
    """
    found: list[Question] = []
    for page in document.pages:
        if page.id == page_id and not with_page:
            break
        found += [q for q in page.questions if q.kind is not Kind.STATEMENT and not q.hidden]
        if page.id == page_id:
            break
    return tuple(found)


def options_to_ask(question: Question) -> tuple[str, ...]:
    """The options that a condition can ask for; of a matrix and of what is written, none."""
    if question.kind not in _TO_CHOOSE:
        return ()
    return tuple(option.id for option in choices_of(question, hidden=True))


def told(test: Test) -> Told:
    """The fields of a test."""
    is_number = test.op in (Op.LESS, Op.MORE)
    what = test.question if is_number or not test.value else f"{test.question}:{test.value}"
    return Told(what, _SAID[test.op], test.value if is_number else "")


def problem_of(document: Document, said: Told) -> str | None:
    """Why three fields make no test: ``option``, ``number`` or ``operation``; None where they do."""
    question_id, _, option = said.what.partition(":")
    question = document.question(question_id)
    if question is None or said.operation not in OPERATIONS:
        return "operation"
    if said.operation in (CHOSEN, NOT_CHOSEN) and option not in options_to_ask(question):
        return "option"
    if said.operation in (LESS, MORE) and question.kind not in _WITH_NUMBER:
        return "operation"
    if said.operation in (LESS, MORE) and not _is_number(said.number):
        return "number"
    return None


def test_from(document: Document, said: Told) -> Test:
    """The test of three fields that have no problem."""
    question_id, _, option = said.what.partition(":")
    question = document.question(question_id)
    many = question is not None and question.kind in _MANY
    if said.operation == CHOSEN:
        return Test(question_id, Op.HAS if many else Op.IS, option)
    if said.operation == NOT_CHOSEN:
        return Test(question_id, Op.HAS_NOT if many else Op.IS_NOT, option)
    if said.operation in (LESS, MORE):
        return Test(question_id, Op(said.operation), said.number.replace(",", "."))
    return Test(question_id, Op(said.operation))


def asks_about_later(document: Document) -> tuple[str, ...]:
    """Ids of the questions and pages whose condition asks about what does not come before them."""
    found: list[str] = []
    for page in document.pages:
        before = {q.id for q in earlier(document, page.id)}
        with_page = {q.id for q in earlier(document, page.id, with_page=True)}
        own = [page.show_if] if page.show_if else []
        if _asks_beyond(own, before) or _asks_beyond([j.condition for j in page.jumps], with_page):
            found.append(page.id)
        found += [q.id for q in page.questions if q.show_if and _asks_beyond([q.show_if], before)]
    return tuple(found)


def _asks_beyond(conditions: list[Condition], known: set[str]) -> bool:
    return any(test.question not in known for condition in conditions for test in condition.tests)


def _is_number(text: str) -> bool:
    whole, _, part = text.replace(",", ".").removeprefix("-").partition(".")
    return len(text) < 20 and whole.isascii() and whole.isdecimal() and (not part or part.isdecimal())
