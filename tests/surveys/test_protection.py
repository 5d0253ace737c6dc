"""No figure about fewer than k people is shown, nor can one be reckoned from all that is."""

from collections import Counter
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from citizen.base.protection import hidden_in_choices, hidden_in_line, hidden_in_table
from citizen.surveys.rules.crossing import crossed
from citizen.surveys.rules.figures import Series, series_of
from citizen.surveys.rules.outline import from_outline
from citizen.surveys.rules.protection import protect
from citizen.surveys.rules.release import Released, as_json, from_json, may_follow, release, together
from citizen.surveys.rules.tallying import counted
from citizen.surveys.rules.values import Value
from tests.surveys.attack import MOST, Reader

COUNTS = st.sampled_from([0, 0, 1, 2, 3, 4, 5, 6, 8, 12])
K = st.sampled_from([3, 5])
TABLES = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(COUNTS, min_size=width, max_size=width), min_size=1, max_size=4)
)


@pytest.mark.parametrize(("counts", "hidden"), [
    ([8, 7, 0], set()),
    ([8, 7, 2], {1, 2}),
    ([8, 7, 1, 1, 1], {1, 2, 3, 4}),
    ([8, 7, 2, 3], {2, 3}),
    ([20, 0, 4], {0, 2}),
    ([2, 1, 0], {0, 1, 2}),
    ([0, 0], set()),
])
def test_small_cells_are_hidden_with_so_many_others_that_no_difference_tells(
    counts: list[int], hidden: set[int]
) -> None:
    assert hidden_in_line(counts, 5) == hidden


def test_what_nearly_everybody_chose_is_hidden_as_what_nearly_nobody_did() -> None:
    assert hidden_in_choices([19, 10, 12], 20, 5) == {0, 1}
    assert hidden_in_choices([14, 10, 12], 20, 5) == frozenset()


@given(st.lists(COUNTS, min_size=1, max_size=6), K)
def test_no_cell_of_a_line_can_be_reckoned(counts: list[int], k: int) -> None:
    hidden = hidden_in_line(counts, k)
    shown = [n for place, n in enumerate(counts) if place not in hidden]
    assert not any(0 < n < k for n in shown)
    rest = sum(counts[place] for place in hidden)
    assert not hidden or len(hidden) == len(counts) or (rest >= k and rest > len(hidden) > 1)


@settings(max_examples=40)
@given(TABLES, K)
def test_no_cell_of_a_table_can_be_reckoned_from_its_margins(table: list[list[int]], k: int) -> None:
    hidden = hidden_in_table(table, k)
    height, width, total = len(table), len(table[0]), sum(map(sum, table))
    every = [(i, j) for i in range(height) for j in range(width)]
    reader = Reader()
    for cell in every:
        covered = cell in hidden.cells
        reader.learn({cell: 1}, 0 if covered else table[cell[0]][cell[1]], MOST if covered else None)
    lines = [([(i, j) for j in range(width)], i in hidden.rows, len(hidden.rows) < height)
             for i in range(height)]
    lines += [([(i, j) for i in range(height)], j in hidden.columns, len(hidden.columns) < width)
              for j in range(width)]
    for line, covered, some_are_shown in lines:
        # A hidden margin is known to be about somebody, unless all are hidden.
        least = 1 if some_are_shown else 0
        reader.learn(dict.fromkeys(line, 1), least if covered else sum(table[i][j] for i, j in line),
                     MOST if covered else None)
    if total >= k:
        reader.learn(dict.fromkeys(every, 1), total)
    assert list(reader.pins([{cell: 1} for cell in every], k)) == []


DOCUMENT, _TEXTS = from_outline({
    "languages": ["sv"], "title": {"sv": "Resor"}, "pages": [
        {"questions": [{"name": "travel", "kind": "one", "text": {"sv": "Hur?"}, "options": [
            {"name": name, "text": {"sv": name}} for name in ("bus", "bike", "car")]}]},
        {"show_if": {"question": "travel", "op": "is", "option": "bus"}, "questions": [
            {"name": "good", "kind": "one", "text": {"sv": "Bra?"}, "options": [
                {"name": name, "text": {"sv": name}} for name in ("yes", "no")]}]},
    ],
})
TRAVEL, GOOD = DOCUMENT.questions
PEOPLE = st.tuples(st.sampled_from([*(o.id for o in TRAVEL.options), ""]),
                   st.sampled_from([*(o.id for o in GOOD.options), ""]))
BATCHES = st.lists(st.lists(PEOPLE, min_size=1, max_size=14), min_size=1, max_size=4)


def figures_of(people: list[tuple[str, str]]) -> list[Series]:
    """The true figures of people who answered so."""
    found: Counter[tuple[str, int, str, str]] = Counter()
    for travel, good in people:
        answers = {q.id: Value(options=(o,)) for q, o in ((TRAVEL, travel), (GOOD, good)) if o}
        found.update((c.question, c.series, c.row, c.option) for c in counted(DOCUMENT, answers))
    return list(series_of({1: DOCUMENT}, found))


def history(batches: list[list[tuple[str, str]]], k: int) -> list[dict[str, Released]]:
    """Everything that was told while people came in batches."""
    told: list[dict[str, Released]] = [{}]
    people: list[tuple[str, str]] = []
    latest = 0
    for batch in batches:
        people += batch
        if len(people) - latest >= k:
            latest = len(people)
            told.append(release(told[-1], figures_of(people), {1: DOCUMENT}, latest, k))
    return told[1:]


def reader_of(told: list[dict[str, Released]]) -> tuple[Reader, list[dict[object, int]]]:
    """A reader who has kept every release; and every cell and every change that there is to find out."""
    reader, sums, times = Reader(), [], sorted({one.submissions for step in told for one in step.values()})
    shapes = [(q.id, [*(o.id for o in q.options), "-"]) for q in (TRAVEL, GOOD)]
    for question, cells in shapes:
        for cell in cells:
            for time in times:
                reader.learn({(question, cell, time): 1}, 0, MOST)
            sums += [{(question, cell, time): 1} for time in times]
            for before, after in combinations(times, 2):
                change: dict[object, int] = {(question, cell, after): 1, (question, cell, before): -1}
                reader.learn(change, 0, MOST)
                sums.append(change)
    bus = TRAVEL.options[0].id
    for time in times:
        reader.learn({(TRAVEL.id, cell, time): 1 for cell in shapes[0][1]}, time)
        reader.learn({**{(GOOD.id, cell, time): 1 for cell in shapes[1][1]}, (TRAVEL.id, bus, time): -1}, 0)
    for one in {(key, one.submissions): one for step in told for key, one in step.items()}.values():
        line = one.series.lines[0]
        # Nobody is hidden alone: a hidden cell has somebody in it, unless the whole line is hidden.
        least = 1 if any(cell.count is not None for cell in line.cells) else 0
        names = {cell.key: (one.series.question.id, cell.key, one.submissions) for cell in line.cells}
        reader.learn(dict.fromkeys(names.values(), 1), line.asked or 0)
        for cell in line.cells:
            reader.learn({names[cell.key]: 1}, cell.count if cell.count is not None else least,
                         MOST if cell.count is None else None)
    return reader, sums


@settings(max_examples=40)
@given(BATCHES, K)
@example([[("", "")] * 3], 3)
def test_nothing_small_can_be_reckoned_from_all_that_was_ever_told(
    batches: list[list[tuple[str, str]]], k: int
) -> None:
    told = history(batches, k)
    reader, sums = reader_of(told)
    if reader.names:
        assert list(reader.pins(sums, k)) == []


def test_a_question_that_hangs_on_a_hidden_answer_is_not_told() -> None:
    bus, bike, car = (o.id for o in TRAVEL.options)
    yes = GOOD.options[0].id
    people = [(bus, yes)] * 8 + [(bike, "")] * 3 + [(car, "")] * 20
    assert list(history([people], 5)[0]) == [f"{TRAVEL.id}.1"]
    assert len(history([[*people, (bike, ""), (bike, "")]], 5)[0]) == 2


def test_a_figure_stays_until_it_has_changed_enough() -> None:
    bus, bike, car = (o.id for o in TRAVEL.options)
    first = [(bus, "")] * 6 + [(bike, "")] * 9
    then = [[(bus, "")] * 5 + [(bike, "")] * 2, [(bike, "")] * 5, [(car, "")] * 3 + [(bus, "")] * 5]
    told = history([first, *then], 5)
    travel = f"{TRAVEL.id}.1"
    assert [step[travel].submissions for step in told] == [15, 15, 27, 27]


def test_what_is_stored_holds_nothing_that_is_hidden() -> None:
    bus, bike, car = (o.id for o in TRAVEL.options)
    people = [(bus, "")] * 8 + [(bike, "")] * 3 + [(car, "")] * 20
    stored = as_json(history([people], 5)[0])
    line = stored[f"{TRAVEL.id}.1"]["lines"][0]
    assert dict(line["cells"]) == {bus: None, bike: None, car: 20, "-": 0}
    skeletons = list(series_of({1: DOCUMENT}, {}))
    assert as_json(from_json(stored, skeletons)) == stored


def test_of_a_question_that_too_few_were_asked_nothing_is_left() -> None:
    shown = protect(figures_of([(TRAVEL.options[0].id, "")] * 4)[0], 5)
    assert shown.lines[0].asked is None
    assert {cell.count for cell in shown.lines[0].cells} == {None}


def test_figures_beside_each_other_tell_nothing_of_a_hidden_answer() -> None:
    """How many were asked the second question is how many gave the answer that leads to it."""
    bus, bike, car = (o.id for o in TRAVEL.options)
    yes = GOOD.options[0].id
    figures = figures_of([(bus, yes)] * 8 + [(bike, "")] * 3 + [(car, "")] * 20)
    travel, good = together(figures, {1: DOCUMENT}, 31, 5)
    assert [cell.count for cell in travel.lines[0].cells] == [None, None, 20, 0]
    assert good.lines[0].asked is None


@settings(max_examples=40)
@given(st.lists(st.tuples(st.sampled_from(["o3", "o4", "o5", ""]), st.sampled_from(["o3", "o4", "o5", ""])),
                max_size=60), K)
def test_no_cell_of_two_questions_can_be_reckoned_from_their_own_figures(
    people: list[tuple[str, str]], k: int
) -> None:
    """Asked of everybody: the table's margins are the figures of each question by itself."""
    options = [o.id for o in TRAVEL.options]
    true = [figures_of([(person[place], "") for person in people])[0] for place in (0, 1)]
    shown = [protect(one, k) for one in true]
    pairs = Counter(person for person in people if all(person))
    table = crossed((true[0], shown[0]), (true[1], shown[1]), pairs, len(people), k)
    names = [*options, "-"]
    reader = Reader()
    for option, cells, whole in table.rows:
        for column, count in zip(names, cells, strict=True):
            reader.learn({(option, column): 1}, count or 0, MOST if count is None else None)
        if whole is not None:
            reader.learn({(option, column): 1 for column in names}, whole)
    for place, one in enumerate(shown):
        for cell in one.lines[0].cells:
            if cell.count is not None:
                line = [(cell.key, n) if place == 0 else (n, cell.key) for n in names]
                reader.learn(dict.fromkeys(line, 1), cell.count)
    if len(people) >= k:
        reader.learn({(a, b): 1 for a in names for b in names}, len(people))
    assert list(reader.pins([{(a, b): 1} for a in names for b in names], k)) == []


def test_an_option_that_nobody_chose_and_is_gone_holds_nothing_back() -> None:
    bus, _bike, car = (o.id for o in TRAVEL.options)
    before = protect(figures_of([(bus, "")] * 8)[0], 5)
    after = protect(figures_of([(bus, "")] * 14)[0], 5)
    line = after.lines[0]
    gone = replace(after, lines=(replace(line, cells=tuple(c for c in line.cells if c.key != car)),))
    assert may_follow(before, gone, 5)
