"""Each change is told, alone, with what it does to answers already given."""

from dataclasses import replace

import pytest

from citizen.surveys.rules.differences import Change, Effect, Reworded, changes, must_be_confirmed
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
    Texts,
    as_json,
    from_json,
)
from citizen.surveys.rules.document import Test as Asked
from citizen.surveys.rules.keeping import losses, marked, put_back

OPTIONS = (Option("o1", "yes"), Option("o2", "no"), Option("o3", "gone", hidden=True))
ONE = Question("q1", "one", Kind.ONE, options=OPTIONS)
GRID = Question("q2", "grid", Kind.MATRIX, options=OPTIONS[:2], rows=(Row("r1", "a"), Row("r2", "b")))
SCALE = Question("q3", "scale", Kind.SCALE, least=1, most=5)
MUCH = Question("q4", "much", Kind.NUMBER, least=0, most=9)
OLD = Question("q5", "old", Kind.LONG, hidden=True)
BEFORE = Document(("nn", "sv"), (Page("p1", (ONE, GRID)), Page("p2", (SCALE, MUCH, OLD))), 20)
TEXTS: Texts = {
    key: {"nn": key, "sv": f"{key} på svenska"}
    for key in ("title", "p1.title", "q1.text", "q1.o1", "q1.o2", "q2.text", "q2.r1", "q2.r2", "q3.text",
                "q3.1", "q4.text", "q4.unit", "q5.text")
}
YES = Condition((Asked("q1", Op.IS, "o1"),))


def after(**questions: Question) -> Document:
    return replace(BEFORE, pages=tuple(
        replace(page, questions=tuple(questions.get(q.id, q) for q in page.questions))
        for page in BEFORE.pages
    ))


def found(document: Document, texts: Texts = TEXTS, meant: frozenset[str] = frozenset()) -> list[Change]:
    return changes(BEFORE, TEXTS, document, texts, meant)


def told(document: Document, texts: Texts = TEXTS) -> list[tuple[str, str, str, str]]:
    return [(c.code, c.effect.value, c.where, c.part) for c in found(document, texts)]


def option(number: int, **values: object) -> Question:
    options = list(OPTIONS)
    options[number] = replace(options[number], **values)  # type: ignore[arg-type]
    return replace(ONE, options=tuple(options))


QUESTIONS = [
    (replace(ONE, required=True), ("required", "same", "q1", "")),
    (replace(ONE, hidden=True), ("question_hidden", "hidden", "q1", "")),
    (replace(OLD, hidden=False), ("question_again", "same", "q5", "")),
    (replace(ONE, kind=Kind.SEVERAL), ("kind", "series", "q1", "")),
    (replace(SCALE, most=7), ("scale_ends", "series", "q3", "")),
    (replace(MUCH, most=99), ("limits", "same", "q4", "")),
    (replace(MUCH, decimals=1), ("limits", "same", "q4", "")),
    (replace(ONE, background=True), ("background", "same", "q1", "")),
    (replace(ONE, contributes=True), ("contributes", "none", "q1", "")),
    (replace(MUCH, show_if=YES), ("branching", "same", "q4", "")),
    (replace(ONE, random=True), ("option_order", "same", "q1", "")),
    (replace(ONE, options=OPTIONS[::-1]), ("option_order", "same", "q1", "")),
    (replace(GRID, rows=GRID.rows[::-1]), ("option_order", "same", "q2", "")),
    (replace(ONE, dont_know=True), ("option_new", "since", "q1", "dk")),
    (replace(ONE, options=(*OPTIONS, Option("o9", "new"))), ("option_new", "since", "q1", "o9")),
    (option(0, hidden=True), ("option_hidden", "hidden", "q1", "o1")),
    (option(2, hidden=False), ("option_again", "same", "q1", "o3")),
    (option(0, writes=True), ("writes", "same", "q1", "o1")),
    (option(0, exclusive=True), ("alone", "same", "q1", "o1")),
    (option(0, fixed=True), ("option_order", "same", "q1", "")),
    (replace(GRID, rows=(*GRID.rows, Row("r9", "c"))), ("row_new", "since", "q2", "r9")),
    (replace(GRID, rows=(GRID.rows[0], replace(GRID.rows[1], hidden=True))),
     ("row_hidden", "hidden", "q2", "r2")),
]


@pytest.mark.parametrize(("question", "change"), QUESTIONS)
def test_a_changed_question_is_told_alone(question: Question, change: tuple[str, str, str, str]) -> None:
    document = after(**{question.id: question})
    assert told(document) == [change]
    assert must_be_confirmed(BEFORE, document) == ({question.id} if change[1] == "series" else set())


def test_nothing_is_told_where_nothing_has_changed() -> None:
    assert told(BEFORE) == []
    assert told(after(q5=replace(OLD, required=True))) == []


def test_a_statement_has_nothing_to_do_with_answers() -> None:
    says = Question("q9", "says", Kind.STATEMENT)
    with_it = replace(BEFORE, pages=(*BEFORE.pages, Page("p2", (says,))))
    assert told(with_it)[-1:] == [("statement_new", "none", "q9", "")]
    texts = reworded("q9.text", nn="Les dette")
    other = changes(with_it, TEXTS, with_it, texts, {"q9"})
    assert [(c.code, c.effect.value, c.where) for c in other] == [("worded", "none", "q9")]
    hidden = replace(with_it, pages=(*BEFORE.pages, Page("p2", (replace(says, hidden=True),))))
    assert [(c.code, c.effect.value) for c in changes(with_it, TEXTS, hidden, TEXTS)] == [
        ("statement_hidden", "none")]


FIRST, SECOND = BEFORE.pages
PAGES = [
    ((SECOND, FIRST), [("order", "same", "", "")]),
    ((replace(FIRST, questions=(ONE,)), replace(SECOND, questions=(GRID, SCALE, MUCH, OLD))),
     [("order", "same", "", "")]),
    ((FIRST, replace(SECOND, show_if=YES)), [("branching", "same", "p2", "")]),
    ((replace(FIRST, jumps=(Jump(YES, END),)), SECOND), [("branching", "same", "p1", "")]),
    ((FIRST, SECOND, Page("p9", (Question("q9", "new", Kind.LONG),))),
     [("page_new", "none", "p9", ""), ("question_new", "since", "q9", "")]),
    ((Page("p1", (*FIRST.questions, *SECOND.questions)),),
     [("order", "same", "", ""), ("page_gone", "none", "p2", "")]),
]


@pytest.mark.parametrize(("pages", "expected"), PAGES)
def test_changed_pages_are_told(pages: tuple[Page, ...], expected: list[tuple[str, str, str, str]]) -> None:
    assert told(replace(BEFORE, pages=pages)) == expected


def reworded(key: str, **languages: str) -> Texts:
    return {**TEXTS, key: {**TEXTS.get(key, {}), **languages}}


@pytest.mark.parametrize(("key", "where", "part"), [
    ("title", "", "title"), ("p1.title", "p1", "title"), ("q1.text", "q1", "text"), ("q1.o1", "q1", "o1"),
    ("q2.r1", "q2", "r1"), ("q3.1", "q3", "1"), ("q4.unit", "q4", "unit"), ("q1.help", "q1", "help"),
])
def test_other_words_are_told_with_what_they_were(key: str, where: str, part: str) -> None:
    texts = reworded(key, nn="Nye ord")
    was = TEXTS.get(key, {}).get("nn", "")
    assert found(BEFORE, texts) == [
        Change("worded", Effect.SAME, where, part, (Reworded("nn", was, "Nye ord"),))
    ]


def test_words_that_mean_something_else_begin_a_series_for_their_question_alone() -> None:
    texts = reworded("q1.text", nn="Noko anna") | {"q4.text": {"nn": "Meir"}}
    marked_as = [(c.code, c.effect.value, c.where) for c in found(BEFORE, texts, frozenset({"q1"}))]
    assert marked_as == [("meaning", "series", "q1"), ("worded", "series", "q1"), ("worded", "same", "q4")]


def test_a_translation_that_was_missing_is_no_new_wording() -> None:
    before = {**TEXTS, "q1.text": {"nn": "q1.text"}, "q1.o1": {"nn": "q1.o1"}}
    found_changes = changes(BEFORE, before, BEFORE, TEXTS)
    assert [(c.code, c.values) for c in found_changes] == [("translated", {"language": "sv", "count": "2"})]


def test_languages_that_come_and_go_are_told_and_their_texts_are_not() -> None:
    document = replace(BEFORE, languages=("nn", "nb"))
    texts = {key: {"nn": said["nn"], "nb": "bokmål"} for key, said in TEXTS.items()}
    assert [(c.code, c.effect.value, c.values["language"]) for c in found(document, texts)] == [
        ("language_new", "same", "nb"), ("language_gone", "none", "sv"),
    ]


def test_what_a_draft_has_lost_is_found_and_put_back_hidden() -> None:
    lost = replace(BEFORE, next_id=3, pages=(
        replace(FIRST, questions=(replace(GRID, code="net", rows=GRID.rows[:1], options=()),)),
    ))
    assert [(p.code, p.where) for p in losses(BEFORE, lost)] == [
        ("question_lost", ""), ("code_lost", "q2"), ("option_lost", "q2"), ("option_lost", "q2"),
        ("row_lost", "q2"), ("question_lost", ""), ("question_lost", ""), ("question_lost", ""),
    ]
    back = put_back(BEFORE, lost)
    assert losses(BEFORE, back) == []
    assert [q.id for q in back.questions if not q.hidden] == ["q2"]
    assert [page.id for page in back.pages] == ["p1", "p2"]
    assert back.next_id == 20
    assert put_back(BEFORE, BEFORE) == BEFORE


def test_a_question_begins_anew_only_when_told_so_and_never_twice_in_one_version() -> None:
    first = marked(BEFORE, None, 1, set())
    assert {(q.since, q.series) for q in first.questions} == {(1, 1)}
    second = marked(after(q1=replace(ONE, series=7, since=7)), first, 2, {"q1"})
    assert [(q.since, q.series) for q in second.questions][:2] == [(1, 2), (1, 1)]


def test_a_bound_at_zero_is_kept() -> None:
    document = after(q4=replace(MUCH, least=-30, most=0))
    assert from_json(as_json(document)) == document
