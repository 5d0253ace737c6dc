"""Figures of each kind of question, within one series, with what is told beside them."""

from collections import Counter
from dataclasses import replace
from decimal import Decimal

from citizen.surveys.rules.charts import leading
from citizen.surveys.rules.classes import class_of, classes_of
from citizen.surveys.rules.document import Document, Option
from citizen.surveys.rules.figures import Line, Series, mean_between, mean_places, series_of, summary
from citizen.surveys.rules.outline import from_outline
from citizen.surveys.rules.protection import protect
from citizen.surveys.rules.tallying import counted
from citizen.surveys.rules.values import Value
from tests.surveys.samples import by_code

TEXT = {"sv": "x"}
OPTIONS = [{"name": name, "text": TEXT} for name in ("a", "b", "c")]
DOCUMENT = from_outline({"languages": ["sv"], "title": TEXT, "pages": [{"questions": [
    {"name": "one", "kind": "one", "text": TEXT, "options": OPTIONS, "dont_know": True},
    {"name": "several", "kind": "several", "text": TEXT, "options": OPTIONS},
    {"name": "scale", "kind": "scale", "least": 1, "most": 5, "text": TEXT},
    {"name": "matrix", "kind": "matrix", "text": TEXT, "options": OPTIONS,
     "rows": [{"name": "r", "text": TEXT}, {"name": "s", "text": TEXT}]},
    {"name": "ranking", "kind": "ranking", "text": TEXT, "options": OPTIONS},
    {"name": "number", "kind": "number", "text": TEXT},
    {"name": "long", "kind": "long", "text": TEXT},
]}]})[0]


def found(*people: dict[str, Value], documents: dict[int, Document] | None = None) -> dict[str, Series]:
    """The figures of people's answers, by the question's code."""
    counts: Counter[tuple[str, int, str, str]] = Counter()
    for answers in people:
        counts.update((c.question, c.series, c.row, c.option) for c in counted(DOCUMENT, answers))
    every = series_of(documents or {1: DOCUMENT}, counts)
    return {one.question.code + ("" if one.is_current else "!"): one for one in every}


def answers(**values: Value) -> dict[str, Value]:
    return by_code(DOCUMENT, **values)


def counts(line: Line) -> list[int | None]:
    return [cell.count for cell in line.cells]


def test_each_answer_is_counted_and_so_is_none() -> None:
    figures = found(answers(one=Value(options=("a",))), answers(one=Value(options=("dk",))), {})
    assert (figures["one"].lines[0].asked, counts(figures["one"].lines[0])) == (3, [1, 0, 0, 1, 1])
    assert counts(figures["long"].lines[0]) == [0, 3]


def test_several_answers_of_one_person_are_each_counted() -> None:
    figures = found(answers(several=Value(options=("a", "b"))), answers(several=Value(options=("a",))))
    line = figures["several"].lines[0]
    assert (counts(line), line.adds_up) == ([2, 1, 0, 0], False)


def test_a_matrix_has_a_line_for_each_item() -> None:
    figures = found(answers(matrix=Value(rows={"r": "a"})), answers(matrix=Value(rows={"r": "a", "s": "c"})))
    assert [counts(line) for line in figures["matrix"].lines] == [[2, 0, 0, 0], [0, 0, 1, 1]]


def test_a_ranking_tells_first_places_and_mean_places() -> None:
    whole, partly = Value(options=("a", "b", "c")), Value(options=("b", "a"))
    figures = found(answers(ranking=whole), answers(ranking=partly))
    a, b, c = (option.id for option in figures["ranking"].question.options)
    assert counts(figures["ranking"].lines[0]) == [1, 1, 0, 0]
    assert mean_places(figures["ranking"]) == {a: 1.5, b: 1.5, c: 3.0}


def test_numbers_have_mean_median_and_deviation() -> None:
    figures = found(*(answers(number=Value(number=Decimal(n))) for n in (1, 1, 4, 10)))
    told = summary(figures["number"].numbers)
    assert told is not None
    assert (told.low, told.median, round(told.deviation or 0, 2)) == (4.0, 2.5, 3.67)
    assert [cell.key for cell in figures["number"].lines[0].cells] == ["1..1", "2..4", "5..9", "10..19", "-"]


def test_classes_depend_on_the_question_alone() -> None:
    age = replace(DOCUMENT.questions[5], least=0, most=99)
    assert [class_of(age, Decimal(n)) for n in (0, 9, 10, 99)] == ["0..9", "0..9", "10..19", "90..99"]
    assert classes_of(age, {"10..19": 1, "30..39": 1}) == ["10..19", "20..29", "30..39"]
    assert class_of(DOCUMENT.questions[5], Decimal(-3)) == "..-1"


def test_a_mean_of_protected_figures_is_only_bounded() -> None:
    people = [answers(scale=Value(options=(point,))) for point in "1" * 6 + "2" * 2 + "3" * 4 + "5" * 8]
    series = protect(found(*people)["scale"], 5)
    told = mean_between(series.lines[0])
    assert told is not None
    assert (told.low, round(told.high, 2), series.numbers) == (2.9, 3.2, ())


def test_what_was_asked_in_another_way_is_told_apart() -> None:
    question = DOCUMENT.questions[0]
    changed = replace(DOCUMENT.pages[0], questions=(replace(question, series=2), *DOCUMENT.questions[1:]))
    both = {1: DOCUMENT, 2: replace(DOCUMENT, pages=(changed,))}
    figures = found(answers(one=Value(options=("a",))), documents=both)
    assert (figures["one"].lines[0].asked, figures["one!"].lines[0].asked) == (0, 1)
    assert (figures["one"].version, figures["one!"].version) == (2, 1)


def test_an_option_that_is_no_longer_offered_stays_while_it_has_answers() -> None:
    question = DOCUMENT.questions[0]
    options = (*(replace(o, hidden=o.code != "b") for o in question.options), Option("o99", "d", since=2))
    page = replace(DOCUMENT.pages[0], questions=(replace(question, options=options, since=1),))
    figures = found(answers(one=Value(options=("a",))), documents={2: replace(DOCUMENT, pages=(page,))})
    told = [(cell.is_asked, cell.since) for cell in figures["one"].lines[0].cells]
    assert told == [(False, 0), (True, 0), (True, 2), (True, 0), (True, 0)]


def test_what_most_answered_is_said_only_where_no_hidden_answer_could_be_ahead() -> None:
    people = [answers(one=Value(options=(name,))) for name in "a" * 9 + "b" * 6 + "c" * 2]
    line = found(*people)["one"].lines[0]
    assert [bar.cell.count for bar in leading(line)] == [9]
    assert [bar.cell.count for bar in leading(protect(found(*people)["one"], 5).lines[0])] == [9]
    more = [answers(one=Value(options=(name,))) for name in "a" * 9 + "b" * 8 + "c" * 2]
    assert leading(protect(found(*more)["one"], 5).lines[0]) == ()
