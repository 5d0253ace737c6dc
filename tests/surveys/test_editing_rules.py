"""A draft is changed step by step: ids are given once, what was published stays, order is kept."""

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from citizen.surveys.rules import editing
from citizen.surveys.rules.document import Document, Kind, as_json, from_json
from tests.surveys.samples import short, travel

STEPS = ("add_page", "add_question", "add_options", "add_rows", "move_page", "move_question", "to_page",
         "remove_page", "remove_question", "bring_back", "move_part", "remove_part", "bring_back_part")


def published(document: Document) -> Document:
    """As if it had been published as version 1."""
    return replace(document, pages=tuple(
        replace(page, questions=tuple(
            replace(q, since=1, options=tuple(replace(o, since=1) for o in q.options),
                    rows=tuple(replace(r, since=1) for r in q.rows))
            for q in page.questions
        )) for page in document.pages
    ))


def ids(document: Document, *, since: bool = False) -> list[str]:
    """Every id there is; or of what has been published alone."""
    found: list[str] = [] if since else [page.id for page in document.pages]
    for question in document.questions:
        things = (question, *question.options, *question.rows)
        found += [thing.id for thing in things if not since or thing.since]
    return found


def stepped(document: Document, step: str, pick: int, by: int) -> Document:
    """One step somewhere."""
    page = document.pages[pick % len(document.pages)].id if document.pages else ""
    question = document.questions[pick % len(document.questions)] if document.questions else None
    of, name = (question.id, "") if question else ("", "")
    parts = (*question.options, *question.rows) if question else ()
    name = parts[pick % len(parts)].id if parts else ""
    steps: dict[str, Any] = {
        "add_page": lambda: editing.add_page(document)[0],
        "add_question": lambda: editing.add_question(document, page, Kind.ONE, f"code{pick}")[0],
        "add_options": lambda: editing.add_parts(document, of, "o", ["a", "b"])[0],
        "add_rows": lambda: editing.add_parts(document, of, "r", ["a"])[0],
        "move_page": lambda: editing.move_page(document, page, by),
        "move_question": lambda: editing.move_question(document, of, by),
        "to_page": lambda: editing.move_to_page(document, of, page),
        "remove_page": lambda: editing.remove_page(document, page),
        "remove_question": lambda: editing.remove_question(document, of),
        "bring_back": lambda: editing.bring_back_question(document, of),
        "move_part": lambda: editing.move_part(document, of, name, by),
        "remove_part": lambda: editing.remove_part(document, of, name),
        "bring_back_part": lambda: editing.bring_back_part(document, of, name),
    }
    found: Document = steps[step]()
    return found


EDITS = st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 40), st.sampled_from([-1, 1])), max_size=30)


@given(EDITS)
def test_no_id_is_given_twice_and_nothing_published_is_lost(edits: list[tuple[str, int, int]]) -> None:
    document = published(travel()[0])
    kept, known = set(ids(document, since=True)), set(ids(document))
    gone: set[str] = set()
    for step, pick, by in edits:
        document = stepped(document, step, pick, by)
        now = ids(document)
        assert len(now) == len(set(now))
        assert kept <= set(now)
        gone |= known - set(now)
        assert not gone & set(now)
        known |= set(now)
    assert from_json(as_json(document)) == document


@given(EDITS)
def test_only_what_is_moved_changes_places(edits: list[tuple[str, int, int]]) -> None:
    document = published(travel()[0])
    for step, pick, by in edits:
        before, document = document, stepped(document, step, pick, by)
        if step.startswith(("move", "to_")):
            assert sorted(ids(document)) == sorted(ids(before))
        else:
            stayed = set(ids(before)) & set(ids(document))
            assert [i for i in ids(document) if i in stayed] == [i for i in ids(before) if i in stayed]


@given(EDITS)
def test_no_condition_asks_about_what_is_gone(edits: list[tuple[str, int, int]]) -> None:
    document = travel()[0]
    for step, pick, by in edits:
        document = stepped(document, step, pick, by)
    known = {question.id for question in document.questions}
    pages = {page.id for page in document.pages} | {"end"}
    conditions = [page.show_if for page in document.pages] + [q.show_if for q in document.questions]
    conditions += [jump.condition for page in document.pages for jump in page.jumps]
    assert {test.question for c in conditions if c for test in c.tests} <= known
    assert {jump.target for page in document.pages for jump in page.jumps} <= pages


def test_a_published_question_is_hidden_and_can_be_brought_back() -> None:
    document = published(short()[0])
    without = editing.remove_question(document, "q2")
    hidden = without.question("q2")
    assert hidden is not None
    assert hidden.hidden
    assert editing.bring_back_question(without, "q2") == document


def test_a_new_question_is_removed_with_the_conditions_about_it() -> None:
    document = editing.remove_question(short()[0], "q2")
    assert document.question("q2") is None
    assert document.pages[1].show_if is None


def test_a_question_at_the_edge_of_its_page_moves_onto_the_next() -> None:
    document = editing.move_question(short()[0], "q2", 1)
    assert [[q.id for q in page.questions] for page in document.pages] == [[], ["q2", "q6", "q7"]]
    back = editing.move_question(document, "q2", -1)
    assert back == short()[0]
    assert editing.move_question(back, "q2", -1) == back


def test_moving_passes_what_is_no_longer_asked() -> None:
    document = published(short()[0])
    page = document.pages[1]
    document, new = editing.add_question(document, page.id, Kind.LONG, "more")
    document = editing.remove_question(document, "q7")
    assert [q.id for q in editing.move_question(document, new, -1).pages[1].questions] == [new, "q6", "q7"]


def test_new_options_come_before_those_that_stay_last() -> None:
    document = travel()[0]
    question = document.questions[0]
    document, (made,) = editing.add_parts(document, question.id, "o", ["train"])
    changed = document.question(question.id)
    assert changed is not None
    assert [option.code for option in changed.options][-2:] == ["train", "other"]
    assert made not in ids(travel()[0])


def test_a_page_with_something_published_stays_and_asks_nothing() -> None:
    document = editing.remove_page(published(short()[0]), "p1")
    assert [page.id for page in document.pages] == ["p1", "p5"]
    assert all(question.hidden for question in document.pages[0].questions)
    assert [page.id for page in editing.remove_page(short()[0], "p1").pages] == ["p5"]


def test_a_copy_leaves_out_what_is_no_longer_asked() -> None:
    document = published(short()[0])
    document = editing.remove_part(editing.remove_question(document, "q6"), "q2", "o4")
    copy = editing.fresh(document)
    assert [(q.id, q.since, len(q.options)) for q in copy.questions] == [("q2", 0, 1), ("q7", 0, 0)]
    assert copy.next_id == document.next_id


def test_codes_are_made_of_words_and_like_no_other() -> None:
    assert editing.code_from("Kor ofte går du på tur?", (), fallback="q") == "kor_ofte_gar_du"
    assert editing.code_from("Bus", {"bus", "bus_2"}, fallback="q") == "bus_3"
    assert editing.code_from("18–24 år", (), fallback="option") == "option_18_24_ar"
    assert editing.code_from("ÆØÅ", (), fallback="q") == "aeoa"
    assert editing.code_from("…", (), fallback="q") == "q"


def test_new_options_come_before_the_one_for_other_answers() -> None:
    document, page = editing.add_page(Document(("nn",)))
    document, made = editing.add_question(document, page, Kind.SEVERAL, "does")
    document, (_plays, other) = editing.add_parts(document, made, "o", ["plays", "other"])
    (question,) = document.questions
    options = tuple(replace(o, writes=o.id == other) for o in question.options)
    document = editing.put_question(document, replace(question, options=options))
    document, _walks = editing.add_parts(document, made, "o", ["walks"])
    assert [o.code for o in document.questions[0].options] == ["plays", "walks", "other"]
