"""What cannot be published is found, whatever can be answered; proved against every answer there is."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citizen.surveys.rules.branching import problems
from citizen.surveys.rules.document import (
    END,
    Condition,
    Document,
    Jump,
    Kind,
    Op,
    Option,
    Page,
    Question,
    Row,
    choices_of,
)
from citizen.surveys.rules.document import (
    Test as Asked,
)
from citizen.surveys.rules.flow import way
from citizen.surveys.rules.values import EMPTY, Value
from citizen.surveys.rules.ways import explore
from tests.surveys.samples import short, travel


def one(name: str, count: int = 2, **more: object) -> Question:
    """One choice, with options ``<name>a``, ``<name>b`` …"""
    options = tuple(Option(f"{name}{letter}", letter) for letter in "abcdefghijklmnop"[:count])
    return Question(**{"id": name, "code": name, "kind": Kind.ONE, "options": options, **more})  # type: ignore[arg-type]


def when(*tests: tuple[str, Op, str], every: bool = True) -> Condition:
    return Condition(tuple(Asked(*test) for test in tests), every)


def of(*pages: Page) -> Document:
    return Document(("nn",), pages, 99)


def codes(document: Document) -> list[tuple[str, str]]:
    return [(problem.code, problem.where) for problem in problems(document)]


def test_surveys_that_work_have_no_problems() -> None:
    assert problems(travel()[0]) == []
    assert problems(short()[0]) == []


def test_a_survey_that_asks_nothing_is_told() -> None:
    assert codes(of()) == [("empty", "")]
    says = Question("q1", "says", Kind.STATEMENT)
    assert codes(of(Page("p1", (says, one("q2", hidden=True))))) == [("empty", "")]


JUMPS = [("p9", "jump_nowhere"), ("p2", "jump_to_itself"), ("p1", "jump_back")]


@pytest.mark.parametrize(("target", "code"), JUMPS)
def test_a_jump_that_leads_nowhere_or_round_in_a_circle_is_told(target: str, code: str) -> None:
    pages = (Page("p1", (one("q1"),)), Page("p2", (one("q2"),), jumps=(Jump(when(), target),)))
    assert codes(of(*pages)) == [(code, "p2")]


ASKED = [
    ("q9", Op.IS, "q9a", "asks_missing"), ("q2", Op.IS, "q2a", "asks_hidden"),
    ("q3", Op.ANSWERED, "", "asks_statement"), ("q5", Op.IS, "q5a", "asks_same_page"),
    ("q8", Op.IS, "q8a", "asks_later"), ("q1", Op.LESS, "1", "misfit"),
    ("q1", Op.IS, "q2a", "option_missing"),
    ("q1", Op.IS, "dk", "option_missing"), ("q1", Op.IS, "q1h", "option_hidden"),
    ("q4", Op.LESS, "many", "number_missing"), ("q4", Op.LESS, "NaN", "number_missing"),
    ("q4", Op.LESS, "0", "test_never"), ("q4", Op.MORE, "10", "test_never"), ("q4", Op.IS, "4", "misfit"),
    ("q6", Op.IS, "q6a", "misfit"),
    ("q7", Op.HAS, "q7a", "misfit"),
]


@pytest.mark.parametrize(("question", "op", "value", "code"), ASKED)
def test_a_condition_that_asks_wrongly_is_told(question: str, op: Op, value: str, code: str) -> None:
    first = one("q1", required=True)
    first = Question(**{**vars(first), "options": (*first.options, Option("q1h", "h", hidden=True))})
    either = when(("q1", Op.IS, "q1a"), (question, op, value), every=False)
    pages = (
        Page("p1", (first, one("q2", hidden=True), Question("q3", "says", Kind.STATEMENT),
                    Question("q4", "much", Kind.NUMBER, least=0, most=10), one("q6", kind=Kind.SEVERAL),
                    one("q7", kind=Kind.MATRIX, rows=(Row("r1", "r1"),)))),
        Page("p2", (one("q5"), one("q0", show_if=either))),
        Page("p3", (one("q8"),)),
    )
    assert [c for c in codes(of(*pages)) if c[1] == "q0"] == [(code, "q0")]


def test_a_jump_may_ask_about_its_own_page() -> None:
    over = Jump(when(("q1", Op.IS, "q1a")), END)
    pages = (Page("p1", (one("q1"),), jumps=(over,)), Page("p2", (one("q2"),)))
    assert codes(of(*pages)) == []


def test_a_condition_that_contradicts_itself_or_the_way_is_told() -> None:
    first = Page("p1", (one("q1", 3), Question("q2", "much", Kind.NUMBER, least=0, most=10)))
    both = Page("p2", (one("q3"),), show_if=when(("q1", Op.IS, "q1a"), ("q1", Op.IS, "q1b")))
    between = Page("p3", (one("q4"),), show_if=when(("q2", Op.MORE, "4"), ("q2", Op.LESS, "5")))
    assert codes(of(first, both, between)) == [("page_never", "p2"), ("page_never", "p3")]
    # Whoever comes to the third page has not answered the first option.
    away = Page("p1", first.questions, jumps=(Jump(when(("q1", Op.IS, "q1a")), END),))
    again = Page("p2", (one("q3", show_if=when(("q1", Op.IS, "q1a"))),))
    assert codes(of(away, again)) == [("question_never", "q3")]


def test_no_answer_to_a_question_that_must_be_answered_is_that_of_those_who_are_not_asked() -> None:
    must = one("q2", required=True)
    unanswered = Page("p3", (one("q3"),), show_if=when(("q2", Op.NOT_ANSWERED, "")))
    some = Page("p2", (must,), show_if=when(("q1", Op.IS, "q1a")))
    assert codes(of(Page("p1", (one("q1"),)), some, unanswered)) == []
    assert codes(of(Page("p1", (one("q1"),)), Page("p2", (must,)), unanswered)) == [("page_never", "p3")]


def test_a_page_and_a_jump_that_no_way_leads_to_are_told() -> None:
    over = Page("p1", (one("q1"),), jumps=(Jump(when(), "p3"), Jump(when(("q1", Op.IS, "q1a")), "p4")))
    pages = [Page(f"p{n}", (one(f"q{n}"),)) for n in (2, 3, 4)]
    assert codes(of(over, *pages)) == [("jump_never", "p1"), ("page_unreached", "p2")]


@pytest.mark.parametrize(("kind", "code"), [(Kind.PLACE, "places_twice"), (Kind.PHOTO, "photos_twice")])
def test_a_page_has_one_map_and_one_chooser_of_photos(kind: Kind, code: str) -> None:
    first, second, third = (Question(name, name, kind) for name in ("q1", "q2", "q3"))
    assert codes(of(Page("p1", (first, second, third)))) == [(code, "q2"), (code, "q3")]
    assert codes(of(Page("p1", (first, replace(second, hidden=True))), Page("p2", (third,)))) == []
    other = Kind.PHOTO if kind is Kind.PLACE else Kind.PLACE
    assert codes(of(Page("p1", (first, replace(second, kind=other))))) == []


UNANSWERABLE = [
    (one("q1", 0), "no_options"), (one("q1", 0, dont_know=True), "no_options"),
    (one("q1", kind=Kind.MATRIX), "no_rows"), (one("q1", 1, kind=Kind.RANKING), "ranks_one"),
    (one("q1", kind=Kind.SEVERAL, least=3), "least_over_options"),
    (one("q1", kind=Kind.SEVERAL, least=2, most=1), "least_over_most"),
    (one("q1", kind=Kind.SEVERAL, most=0), "most_is_none"),
    (Question("q1", "q1", Kind.NUMBER, least=3, most=2), "least_over_most"),
    (Question("q1", "q1", Kind.SCALE, least=5, most=1), "scale_ends"),
    (Question("q1", "q1", Kind.SCALE, least=10), "scale_ends"),
    (Question("q1", "q1", Kind.LONG, least=30, most=20), "least_over_most"),
]


@pytest.mark.parametrize(("question", "code"), UNANSWERABLE)
def test_a_question_that_nobody_can_answer_is_told(question: Question, code: str) -> None:
    assert codes(of(Page("p1", (question,)))) == [(code, "q1")]


def test_a_code_that_two_things_have_is_told() -> None:
    twice = (one("q1"), one("q2", code="q1"))
    assert codes(of(Page("p1", twice))) == [("code_twice", "q1"), ("code_twice", "q2")]


def entangled(count: int) -> Document:
    """Pairs of questions that all hang together until the last page, which nobody is shown."""
    pages = [Page(f"p{n}", (one(f"q{n}"),)) for n in range(count)]
    pages += [Page(f"s{n}", (one(f"t{n}"),), show_if=when((f"q{n}", Op.IS, f"q{n}a"))) for n in range(count)]
    odd = [when((f"q{n}", Op.IS, f"q{n}b"), (f"t{n}", Op.ANSWERED, "")) for n in range(count)]
    return of(*pages, Page("p99", tuple(one(f"z{n}", show_if=odd[n]) for n in range(count))))


def test_too_many_ways_are_told_and_nothing_is_made_up() -> None:
    exact = codes(entangled(6))
    assert exact == [("question_never", f"z{n}") for n in range(6)]
    found = problems(entangled(6), most=8)
    assert found[0].code == "too_many_ways"
    assert not found[0].stops
    assert {(p.code, p.where) for p in found[1:]} <= set(exact)


def test_many_questions_that_decide_alone_are_not_too_many_ways() -> None:
    pages: list[Page] = []
    for n in range(60):
        pages += [Page(f"p{n}", (one(f"q{n}", 5),)),
                  Page(f"s{n}", (one(f"t{n}"),), show_if=when((f"q{n}", Op.IS, f"q{n}a")))]
    assert problems(of(*pages)) == []


# ---- against every answer there is


def every_answer(question: Question) -> list[Value]:
    """All that can be answered to a small question."""
    found: list[Value] = []
    choices = choices_of(question)
    if question.kind is Kind.ONE or question.kind is Kind.SCALE:
        found = [Value(options=(o.id,)) for o in choices]
    elif question.kind is Kind.SEVERAL:
        free = [o.id for o in choices if not o.exclusive]
        least = max(question.least or 1, 1)
        sizes = range(least, min(question.most or len(free), len(free)) + 1)
        found = [Value(options=chosen) for size in sizes for chosen in combinations(free, size)]
        found += [Value(options=(o.id,)) for o in choices if o.exclusive]
    elif question.kind is Kind.NUMBER:
        assert question.least is not None
        assert question.most is not None
        scale = 10 ** question.decimals
        found = [Value(number=Decimal(n) / scale)
                 for n in range(question.least * scale, question.most * scale + 1)]
        found += [Value(options=(o.id,)) for o in choices]
    elif question.kind is Kind.LONG:
        found = [Value(text="ja")]
    return found if question.required and found else [EMPTY, *found]


@st.composite
def questions(draw: st.DrawFn, name: str) -> Question:
    kind = draw(st.sampled_from([Kind.ONE, Kind.ONE, Kind.SEVERAL, Kind.SEVERAL, Kind.NUMBER, Kind.SCALE,
                                 Kind.LONG]))
    flags = {"required": draw(st.booleans()), "dont_know": draw(st.integers(0, 3)) == 0}
    if kind is Kind.NUMBER:
        return Question(name, name, kind, least=0, most=draw(st.integers(1, 3)),
                        decimals=draw(st.sampled_from([0, 0, 1])), **flags)
    if kind is Kind.SCALE:
        return Question(name, name, kind, least=1, most=draw(st.integers(2, 4)), **flags)
    if kind is Kind.LONG:
        return Question(name, name, kind, **flags)
    made = one(name, draw(st.integers(2, 3)), kind=kind, **flags)
    if kind is Kind.SEVERAL:
        alone = draw(st.booleans())
        options = (*made.options[:-1], Option(made.options[-1].id, "x", exclusive=alone))
        least = draw(st.sampled_from([None, None, 1, 2]))
        most = draw(st.sampled_from([None, None, 2]))
        made = Question(**{**vars(made), "options": options, "least": least, "most": most})
    return made


@st.composite
def asked_tests(draw: st.DrawFn, question: Question) -> Asked:
    ops = [Op.ANSWERED, Op.NOT_ANSWERED]
    if question.kind in (Kind.ONE, Kind.SCALE):
        ops += [Op.IS, Op.IS_NOT] * 3
    if question.kind is Kind.SEVERAL:
        ops += [Op.HAS, Op.HAS_NOT] * 3 + [Op.IS, Op.IS_NOT]
    if question.kind in (Kind.NUMBER, Kind.SCALE):
        ops += [Op.LESS, Op.MORE] * 3
    op = draw(st.sampled_from(ops))
    if op in (Op.ANSWERED, Op.NOT_ANSWERED):
        return Asked(question.id, op)
    if op in (Op.LESS, Op.MORE):
        return Asked(question.id, op, draw(st.sampled_from(["0", "0.5", "1", "2", "2.55", "3"])))
    return Asked(question.id, op, draw(st.sampled_from([*(o.id for o in choices_of(question)), "dk"])))


@st.composite
def conditions(draw: st.DrawFn, before: list[Question]) -> Condition | None:
    if not before or draw(st.integers(0, 2)) == 0:
        return None
    tests = [draw(asked_tests(draw(st.sampled_from(before)))) for _ in range(draw(st.integers(1, 3)))]
    return Condition(tuple(tests), draw(st.booleans()))


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """A few small pages that jump forwards alone."""
    before: list[Question] = []
    pages: list[Page] = []
    count = draw(st.integers(2, 5))
    for n in range(count):
        show_if = draw(conditions(before))
        here = []
        for m in range(draw(st.integers(1, 2)) if len(before) < 5 else 1):
            made = draw(questions(f"q{n}{m}"))
            here.append(Question(**{**vars(made), "show_if": draw(conditions(before))}))
        before = [*before, *here]
        jumps = []
        for _ in range(draw(st.integers(0, 2)) if n < count - 1 else 0):
            target = draw(st.sampled_from([END, *(f"p{k}" for k in range(n + 1, count))]))
            jumps.append(Jump(draw(conditions(before)) or Condition(()), target))
        pages.append(Page(f"p{n}", tuple(here), show_if, tuple(jumps)))
    return of(*pages)


def all_answers(document: Document) -> Iterator[dict[str, Value]]:
    names = [question.id for question in document.questions]
    for values in product(*(every_answer(question) for question in document.questions)):
        yield dict(zip(names, values, strict=True))


def few_enough(document: Document) -> bool:
    size = 1
    for question in document.questions:
        size *= len(every_answer(question))
    return size <= 20_000


@settings(max_examples=150)
@given(documents().filter(few_enough))
def test_what_is_never_shown_is_what_no_answers_lead_to(document: Document) -> None:
    pages: set[str] = set()
    asked: set[str] = set()
    for answers in all_answers(document):
        for step in way(document, answers):
            pages.add(step.page.id)
            asked |= {question.id for question in step.questions}
    ways = explore(document)
    assert ways.is_whole
    assert ways.asked == asked
    assert {page.id for page in document.pages
            if page.id in ways.shown and {q.id for q in page.questions} & ways.asked} == pages
    told = {p.where for p in problems(document) if p.code in ("page_unreached", "page_never")}
    assert told == {page.id for page in document.pages} - ways.shown


@settings(max_examples=60)
@given(documents().filter(few_enough))
def test_with_too_few_boxes_nothing_that_can_be_reached_is_called_unreached(document: Document) -> None:
    exact, rough = explore(document), explore(document, most=1)
    assert exact.shown <= rough.shown
    assert exact.asked <= rough.asked
    assert exact.taken <= rough.taken


