"""Marks around what is to be removed, from values alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citizen.moderation.rules.redacting import (
    NotOnlyMarked,
    Stretch,
    UnevenMarks,
    brackets,
    joined,
    marked,
    proposed,
    read_marks,
    redacted,
)

PAIR = ("[[", "]]")
TEXT = "Ring Kari på 0701 23 45 67 i kveld."


def test_marks_are_read_where_they_were_put() -> None:
    found = read_marks("Ring [[Kari]] på 0701 23 45 67 i kveld.", TEXT, PAIR)
    assert [TEXT[start:end] for start, end in found] == ["Kari"]


def test_the_text_reads_with_the_mark_instead() -> None:
    found = read_marks("Ring [[Kari]] på [[0701 23 45 67]] i kveld.", TEXT, PAIR)
    assert redacted(TEXT, found, "[fjerna av kommunen]") == (
        "Ring [fjerna av kommunen] på [fjerna av kommunen] i kveld."
    )


@pytest.mark.parametrize("typed", ["Ring [[Kari]] i kveld.", "Ring [[Kåre]] på 0701 23 45 67 i kveld.", ""])
def test_words_that_were_changed_are_not_taken(typed: str) -> None:
    with pytest.raises(NotOnlyMarked):
        read_marks(typed, TEXT, PAIR)


@pytest.mark.parametrize("typed", ["Ring [[Kari", "Ring Kari]]", "Ring [[[[Kari]]", "[[Ring [[Kari]] ]]"])
def test_a_mark_without_its_other_half_is_not_taken(typed: str) -> None:
    text = typed.replace("[[", "").replace("]]", "")
    with pytest.raises(UnevenMarks):
        read_marks(typed, text, PAIR)


def test_brackets_of_the_text_itself_stay_within_the_marks() -> None:
    text = "Sjå [1]"
    assert read_marks("Sjå [[[1]]]", text, PAIR) == [Stretch(4, 7)]


def test_a_text_that_has_the_marks_is_marked_otherwise() -> None:
    assert brackets(["Sjå [[wiki]]"]) == ("{{", "}}")
    assert brackets(["[[", "{{ <<"]) == ("⟦", "⟧")


def test_marks_beside_each_other_become_one() -> None:
    assert joined("Kari Nordmann bur her", [Stretch(5, 13), Stretch(0, 5)]) == [Stretch(0, 13)]
    assert joined("Kari, Ola", [Stretch(0, 4), Stretch(6, 9)]) == [Stretch(0, 4), Stretch(6, 9)]


def test_white_space_is_no_part_of_a_mark_and_nothing_is_no_mark() -> None:
    assert joined("a  b  c", [Stretch(1, 5), Stretch(5, 6)]) == [Stretch(3, 4)]


def test_what_the_detectors_find_is_proposed() -> None:
    assert [TEXT[start:end] for start, end in proposed(TEXT)] == ["0701 23 45 67"]


@given(st.text(alphabet="ab [](){}\n", max_size=40), st.data())
def test_marks_come_back_as_they_were_written(text: str, data: st.DataObject) -> None:
    ends = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=6)))
    stretches = joined(text, [Stretch(a, b) for a, b in zip(ends[::2], ends[1::2], strict=False)])
    pair = brackets([text])
    typed = marked(text, stretches, pair)
    # A bracket of the text's own may lie beside a mark: it is then within it, never lost.
    found = read_marks(typed, text, pair)
    for start, end in stretches:
        assert any(a <= start and end <= b for a, b in found) or pair[0][0] in text
