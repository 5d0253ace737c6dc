"""What changes when one set of themes takes the place of another."""

from hypothesis import given
from hypothesis import strategies as st

from citizen.analysis.difference import Change, Moved, difference

TEXTS = [f"t{number:02}" for number in range(12)]
states = st.dictionaries(st.sampled_from(TEXTS), st.sampled_from([None, "a", "b", "c"]))


def test_a_state_and_itself_do_not_differ():
    found = difference({"x": "a", "y": None}, {"x": "a", "y": None})
    assert found.is_nothing
    assert found.same == (Change("a", 1, 1, (), ()),)
    assert (found.unsorted_before, found.unsorted_after, found.moved_share) == (1, 1, 0.0)


def test_themes_come_go_and_change():
    before = {"u": "a", "v": "a", "w": "b", "x": "b", "y": None, "z": "c"}
    after = {"u": "a", "v": "new", "w": "a", "x": "a", "y": "new", "z": "c"}
    found = difference(before, after)
    assert found.new == (Change("new", 0, 2, ("v", "y"), ()),)
    assert found.gone == (Change("b", 2, 0, (), ("w", "x")),)
    assert found.changed == (Change("a", 2, 3, ("w", "x"), ("v",)),)
    assert found.same == (Change("c", 1, 1, (), ()),)


def test_texts_move_are_placed_and_fall_out():
    before = {"v": "a", "w": "a", "x": None, "z": "a"}
    after = {"v": "b", "w": None, "x": "a", "y": "b", "z": "a"}
    found = difference(before, after)
    assert found.moved == (Moved("v", "a", "b"),)
    assert found.unsorted == (Moved("w", "a", None),)
    assert found.placed == (Moved("x", None, "a"), Moved("y", None, "b"))
    assert found.moved_share == 2 / 3


def test_a_text_that_is_gone_is_no_change():
    assert difference({"x": "a", "y": "a"}, {"x": "a"}).is_nothing


def test_nothing_before_is_no_share():
    assert difference({}, {"x": "a"}).moved_share == 0.0


@given(states, states)
def test_every_text_is_counted_once(before, after):
    found = difference(before, after)
    told = [step.text for step in (*found.moved, *found.placed, *found.unsorted)]
    assert len(told) == len(set(told))
    assert set(told) == {text for text in after if before.get(text) != after[text]}
    themes = [change.theme for change in (*found.new, *found.gone, *found.changed, *found.same)]
    assert len(themes) == len(set(themes))
    assert sum(change.after for change in (*found.new, *found.changed, *found.same)) == len(
        [text for text in after if after[text] is not None]
    )


@given(states, states)
def test_there_and_back_are_opposites(before, after):
    both = {text: before[text] for text in before if text in after}
    there, back = difference(both, {t: after[t] for t in both}), difference({t: after[t] for t in both}, both)
    assert [change.theme for change in there.new] == [change.theme for change in back.gone]
    assert {step.text for step in there.placed} == {step.text for step in back.unsorted}
