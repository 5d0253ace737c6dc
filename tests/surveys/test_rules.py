"""Documents are stored and read back, and answers lead the way."""

from decimal import Decimal

from citizen.surveys.rules.document import as_json, from_json, keys_of, needed_keys
from citizen.surveys.rules.flow import progress, settled, way
from citizen.surveys.rules.tallying import counted
from citizen.surveys.rules.values import Value, answers_as_json, answers_from_json
from tests.surveys.samples import by_code, short, travel


def test_a_document_is_read_back_as_it_was() -> None:
    document, texts = travel()
    assert from_json(as_json(document)) == document
    assert set(needed_keys(document)) <= set(texts) <= set(keys_of(document))


def test_answers_are_read_back_as_they_were() -> None:
    answers = by_code(travel()[0], travel=Value(options=("other",), others={"other": "Med båt"}),
                      distance=Value(number=Decimal("0")), where=Value(text="Her", point=(60.1, 12.2)))
    assert answers_from_json(answers_as_json(answers)) == answers


def codes(answers: dict[str, Value]) -> list[str]:
    return [q.code for step in way(travel()[0], answers) for q in step.questions]


def test_only_the_pages_that_answers_lead_to_are_asked() -> None:
    document = travel()[0]
    assert codes({}) == ["travel", "ease", "avoids", "first", "recommend", "age"]
    by_bus = by_code(document, travel=Value(options=("bus",)))
    assert codes(by_bus)[2:4] == ["bus_is", "bus_wish"]


def test_an_answer_that_is_no_longer_on_the_way_decides_nothing() -> None:
    document = travel()[0]
    answers = by_code(document, travel=Value(options=("car",)), bus_wish=Value(text="Oftare"),
                      leave_car=Value(options=("none",)))
    given, not_shown = settled(document, answers)
    assert {document.question(q).code for q in given} == {"travel", "leave_car"}  # type: ignore[union-attr]
    assert {document.question(q).code for q in not_shown} == {"bus_wish"}  # type: ignore[union-attr]


def test_progress_counts_along_the_way_as_it_is_now() -> None:
    document = travel()[0]
    steps = way(document, by_code(document, travel=Value(options=("bus",))))
    found = [progress(steps, number) for number in range(len(steps))]
    assert [(p.first, p.last, p.of) for p in found][:2] == [(1, 2, 8), (3, 4, 8)]


def test_a_submission_counts_in_what_it_was_asked_and_what_it_answered() -> None:
    document = short()[0]
    answers = by_code(document, swims=Value(options=("yes",)), often=Value(number=Decimal("12.0")))
    found = [(c.question, c.option) for c in counted(document, answers)]
    assert found == [
        ("q2", "*"), ("q2", "+"), ("q2", "o3"), ("q6", "*"), ("q6", "+"), ("q6", "12"), ("q7", "*"),
    ]
