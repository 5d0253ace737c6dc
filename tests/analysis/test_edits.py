"""A log of what people did, and what it amounts to."""

from hypothesis import given
from hypothesis import strategies as st

from citizen.analysis.edits import Edit, Standing, replay

THEMES = ["a", "b", "c", "d"]
TEXTS = ["t1", "t2", "t3"]


def log(*edits: Edit) -> Standing:
    return replay(edits)


def test_nothing_done_is_nothing_to_respect():
    assert replay([]) == Standing()


def test_a_name_stands_until_it_is_given_up():
    named = Edit(1, "rename", target="a", name="Lys")
    assert log(named).names == {"a": "Lys"}
    assert log(named, Edit(2, "rename", target="a", name=None)).names == {}


def test_a_text_is_where_it_was_put_last():
    first = Edit(1, "move", source="a", target="b", texts=("t1", "t2"))
    assert log(first, Edit(2, "move", source="b", target=None, texts=("t1",))).pins == {"t1": None, "t2": "b"}


def test_pins_follow_a_merge():
    put = Edit(1, "move", target="a", texts=("t1",))
    standing = log(put, Edit(2, "merge", source="a", target="b"), Edit(3, "merge", source="b", target="c"))
    assert standing.pins == {"t1": "c"}
    assert standing.end("a") == "c"
    assert standing.took_in == {"c"}


def test_a_split_names_a_theme_and_pins_its_texts():
    standing = log(Edit(1, "split", source="a", target="b", texts=("t1",), name="Eiga"))
    assert standing.pins == {"t1": "b"}
    assert standing.names == {"b": "Eiga"}


def test_an_own_theme_keeps_its_examples_until_it_is_closed_or_merged():
    own = Edit(1, "own", target="a", name="Lys", examples=("Mer ljus",))
    assert log(own).own == {"a": ("Mer ljus",)}
    other = Edit(2, "own", target="a", examples=("Lampor",))
    assert (log(own, other).own, log(own, other).names) == ({"a": ("Lampor",)}, {"a": "Lys"})
    assert log(own, Edit(2, "close", target="a")).own == {}
    assert log(own, Edit(2, "merge", source="a", target="b")).own == {}


def test_a_closed_theme_takes_in_nothing_but_what_a_person_puts_there():
    closed = Edit(1, "close", target="a")
    standing = log(closed)
    assert standing.receiver("a") is None
    assert standing.receiver("b") == "b"
    put = Edit(2, "move", target="a", texts=("t1",))
    assert log(closed, put).receiver("a") == "a"


def test_what_is_merged_into_a_closed_theme_goes_nowhere():
    standing = log(Edit(1, "merge", source="a", target="b"), Edit(2, "close", target="b"))
    assert standing.receiver("a") is None


def test_pins_win_over_what_an_analysis_says():
    standing = log(Edit(1, "move", target="a", texts=("t1",)), Edit(2, "move", target=None, texts=("t2",)))
    assert [standing.place(text, "b") for text in TEXTS] == ["a", None, "b"]
    assert standing.place("t3", None) is None


def test_what_is_taken_back_counts_as_never_done():
    first = Edit(1, "move", target="a", texts=("t1",))
    second = Edit(2, "move", target="b", texts=("t1",))
    assert log(first, second, Edit(3, "move", undoes=2)).pins == {"t1": "a"}
    closing = Edit(4, "close", target="a")
    assert log(closing, Edit(5, "close", undoes=4)).closed == frozenset()


def test_a_circle_of_merges_has_an_end():
    standing = log(Edit(1, "merge", source="a", target="b"), Edit(2, "merge", source="b", target="a"))
    assert standing.end("a") in {"a", "b"}


edits = st.lists(
    st.builds(
        Edit, number=st.just(0), kind=st.sampled_from(["rename", "move", "merge", "split", "own", "close"]),
        target=st.sampled_from(THEMES), source=st.sampled_from(THEMES),
        texts=st.lists(st.sampled_from(TEXTS), max_size=3).map(tuple),
        name=st.sampled_from([None, "Lys", "Veg"]), examples=st.just(("x",)),
    ),
    max_size=12,
).map(lambda found: [Edit(**{**vars(edit), "number": number}) for number, edit in enumerate(found)])


@given(edits, st.randoms())
def test_a_log_is_read_in_the_order_of_its_numbers(found, chance):
    shuffled = list(found)
    chance.shuffle(shuffled)
    assert replay(shuffled) == replay(found)


@given(edits, edits)
def test_taking_back_an_edit_leaves_what_the_others_amount_to(found, more):
    every = [*found, *(Edit(**{**vars(edit), "number": edit.number + len(found)}) for edit in more)]
    for edit in every:
        undone = [*every, Edit(len(every), edit.kind, undoes=edit.number)]
        assert replay(undone) == replay([other for other in every if other is not edit])


@given(edits)
def test_no_pin_points_at_a_theme_that_has_been_merged_before(found):
    standing = replay(found)
    last = {edit.source: edit.number for edit in found if edit.kind == "merge"}
    put = {text: edit.number for edit in found if edit.kind in ("move", "split") for text in edit.texts}
    for text, theme in standing.pins.items():
        if theme in last and last[theme] > put[text]:
            assert any(e.kind == "merge" and e.target == theme and e.number >= last[theme] for e in found)
