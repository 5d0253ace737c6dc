"""What people type is kept whole, visible and without tricks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citizen.base.words import clean_line, clean_text, first_sentence, has_words


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Gate\x00lys", "Gatelys"),
        ("abc\u202egnp.exe", "abcgnp.exe"),
        ("\ufeffIdé", "Idé"),
        ("Ide\u0301", "Idé"),
        ("  Hei \r\n", "Hei"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("a\n\n\n\n\nb", "a\n\nb"),
        ("half \ud83d of a pair", "half  of a pair"),
        ("👩‍👧 leikeplass", "👩‍👧 leikeplass"),
        (None, ""),
    ],
)
def test_what_cannot_be_seen_is_taken_out_and_the_rest_is_kept(typed: str | None, kept: str) -> None:
    assert clean_text(typed) == kept


def test_a_line_has_no_line_ends_and_single_spaces() -> None:
    assert clean_line(" Ny\tlekplats \n vid  ån ") == "Ny lekplats vid ån"


@given(st.text())
def test_cleaning_twice_is_cleaning_once(typed: str) -> None:
    assert clean_text(clean_text(typed)) == clean_text(typed)
    assert clean_line(clean_line(typed)) == clean_line(typed)


@given(st.text())
def test_what_is_cleaned_can_be_stored_anywhere(typed: str) -> None:
    assert "\x00" not in clean_text(typed)
    clean_text(typed).encode("utf-8")


@pytest.mark.parametrize(("typed", "is_text"), [
    ("🚲🚲", False), ("!!! 112", False), ("", False), ("Ljus", True), ("Дом", True), ("å", True),
])
def test_words_are_letters_in_any_script(typed: str, *, is_text: bool) -> None:
    assert has_words(typed) is is_text


def test_the_first_sentence_ends_at_its_mark() -> None:
    assert first_sentence("Bussen går for sjeldan. Eg ventar lenge.") == "Bussen går for sjeldan."


@given(st.text(), st.integers(min_value=10, max_value=200))
def test_a_first_sentence_is_never_longer_than_asked(text: str, longest: int) -> None:
    assert len(first_sentence(text, longest)) <= longest
