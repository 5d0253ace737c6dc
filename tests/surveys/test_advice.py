"""Advice in time: what is too long, too wide, too much, or leaves somebody without an answer."""

from dataclasses import replace

import pytest

from citizen.surveys.rules import editing
from citizen.surveys.rules.advice import Concern, Finding, advice
from citizen.surveys.rules.branching import problems
from citizen.surveys.rules.document import Condition, Document, Kind, Op, Question
from citizen.surveys.rules.document import Test as Asked
from citizen.surveys.rules.minutes import at_most
from tests.surveys.samples import short, travel


def asking(*questions: Question) -> Document:
    """One page with these questions."""
    document, page_id = editing.add_page(Document(("nn",)))
    page = document.page(page_id)
    assert page is not None
    return editing.put_page(document, replace(page, questions=questions))


def with_parts(question: Question, options: int, rows: int = 0) -> Document:
    document = asking(question)
    document, _made = editing.add_parts(document, question.id, "o", [f"o{n}" for n in range(options)])
    return editing.add_parts(document, question.id, "r", [f"r{n}" for n in range(rows)])[0]


def concerns(document: Document, **said: str) -> list[Concern]:
    return [f.concern for f in advice(document, {k.replace("_", "."): text for k, text in said.items()})]


def test_a_draft_that_asks_nothing_is_told_so() -> None:
    assert concerns(Document(("nn",))) == [Concern.NOTHING_ASKED]
    assert concerns(asking(Question("q2", "hello", Kind.STATEMENT))) == [Concern.NOTHING_ASKED]


def test_the_demo_needs_little_advice_and_takes_a_few_minutes() -> None:
    document, texts = travel()
    said = {key: by_language["nn"] for key, by_language in texts.items() if "nn" in by_language}
    assert {f.concern for f in advice(document, said)} <= {Concern.OPEN, Concern.NO_DONT_KNOW}
    assert 3 <= at_most(document, said) <= 8


def test_too_many_open_questions() -> None:
    open_ones = [Question(f"q{n}", f"c{n}", Kind.LONG) for n in range(2, 6)]
    assert Finding(Concern.OPEN, count=4) in advice(asking(*open_ones), {})
    assert concerns(asking(*open_ones[:3])) == []


def test_a_long_list_is_shortened_or_mixed() -> None:
    question = Question("q2", "q", Kind.ONE)
    assert concerns(with_parts(question, 9)) == [Concern.LONG_LIST]
    assert concerns(with_parts(question, 8)) == []
    assert concerns(with_parts(replace(question, random=True), 9)) == []


def test_a_question_with_options_needs_two_and_a_matrix_needs_items() -> None:
    assert concerns(with_parts(Question("q2", "q", Kind.ONE), 1)) == [Concern.FEW_OPTIONS]
    matrix = Question("q2", "q", Kind.MATRIX, dont_know=True)
    assert concerns(with_parts(matrix, 2)) == [Concern.NO_ITEMS]


def test_a_matrix_that_is_too_wide_or_too_tall() -> None:
    matrix = Question("q2", "q", Kind.MATRIX, dont_know=True)
    assert concerns(with_parts(matrix, 6, 8)) == [Concern.WIDE, Concern.TALL]
    assert concerns(with_parts(matrix, 5, 7)) == []


def test_nobody_is_made_to_say_what_they_do_not_know_or_want() -> None:
    assert concerns(asking(Question("q2", "q", Kind.SCALE))) == [Concern.NO_DONT_KNOW]
    assert concerns(asking(Question("q2", "q", Kind.SCALE, dont_know=True))) == []
    assert concerns(with_parts(Question("q2", "q", Kind.ONE, required=True), 2)) == [Concern.NO_DONT_KNOW]
    assert concerns(asking(Question("q2", "q", Kind.NUMBER, background=True))) == [Concern.NO_NOT_SAY]
    assert concerns(asking(Question("q2", "q", Kind.NUMBER, background=True, not_say=True))) == []


def test_long_sentences_are_counted_in_words() -> None:
    document = asking(Question("q2", "q", Kind.NUMBER))
    assert concerns(document, q2_text="ord " * 26, q2_help="ord " * 61) == [
        Concern.LONG_QUESTION, Concern.LONG_HELP
    ]
    assert concerns(document, q2_text="ord " * 25, q2_help="ord " * 60) == []


def test_a_page_holds_four_and_what_is_hidden_does_not_count() -> None:
    numbers = [Question(f"q{n}", f"c{n}", Kind.NUMBER) for n in range(2, 7)]
    assert concerns(asking(*numbers)) == [Concern.FULL_PAGE]
    assert concerns(asking(*numbers[:4], replace(numbers[4], hidden=True))) == []


def test_more_than_ten_minutes_is_told() -> None:
    photos = [Question(f"q{n}", f"c{n}", Kind.PHOTO) for n in range(21)]
    assert Finding(Concern.MINUTES, count=11) in advice(asking(*photos), {})


def test_a_condition_about_what_comes_later_is_told() -> None:
    document = short()[0]
    later = Condition((Asked("q6", Op.ANSWERED),))
    page = replace(document.pages[0], show_if=later)
    assert Finding(Concern.LATER, "p1") in advice(editing.put_page(document, page), {})


def test_words_that_are_no_longer_shown_take_no_time() -> None:
    document = with_parts(Question("q2", "q", Kind.ONE, since=1), 2)
    option = document.questions[0].options[0]
    said = {f"q2.{option.id}": "ord " * 400}
    assert at_most(document, said) == 3
    gone = replace(document.questions[0], options=(replace(option, hidden=True),))
    assert at_most(editing.put_question(document, gone), said) == 1


@pytest.mark.parametrize("document", [
    Document(("nn",)), with_parts(Question("q2", "q", Kind.SEVERAL), 0),
    with_parts(Question("q2", "q", Kind.MATRIX), 2),
])
def test_what_a_survey_cannot_be_published_with_is_more_than_advice(document: Document) -> None:
    assert next(f.stops for f in advice(document, {}))
    assert any(problem.stops for problem in problems(document))
    whole = with_parts(Question("q2", "q", Kind.MATRIX), 2, 2)
    assert [f.stops for f in advice(whole, {})] == [False]
    assert not any(problem.stops for problem in problems(whole))
