"""Months by the calendar, and words taken out of texts."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citizen.records.rules import Eraser, find_words, months_after, months_before

DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))


@pytest.mark.parametrize(("day", "months", "then"), [
    (date(2024, 1, 31), 1, date(2024, 2, 29)),
    (date(2023, 1, 31), 1, date(2023, 2, 28)),
    (date(2026, 11, 26), 60, date(2031, 11, 26)),
    (date(2026, 12, 1), 1, date(2027, 1, 1)),
])
def test_a_month_ends_on_the_same_day_or_the_last_one_there_is(day: date, months: int, then: date) -> None:
    assert months_after(day, months) == then


@given(DAYS, st.integers(1, 1200))
def test_what_counts_from_the_day_found_is_due_and_the_next_day_is_not(day: date, months: int) -> None:
    found = months_before(day, months)
    assert months_after(found, months) <= day < months_after(found + timedelta(days=1), months)


def test_words_go_whole_whatever_their_capitals_and_spaces() -> None:
    text = "Per Hansen og PER  HANSEN bur her. Personal og Pers hus blir."
    erased = "[x] og [x] bur her. Personal og Pers hus blir."
    assert Eraser(find_words("Per\nper hansen"), "[x]")(text) == (erased, 2)


def test_what_looks_like_a_pattern_is_only_words() -> None:
    words = find_words("(+47) 22 22 22 22.")
    assert Eraser(words, "[x]")("Ring (+47) 22 22 22 22. Takk") == ("Ring [x] Takk", 1)


@given(st.text(), st.lists(st.text(min_size=1), max_size=4))
def test_no_text_or_word_breaks_it(text: str, words: list[str]) -> None:
    erased, count = Eraser(find_words("\n".join(words)), "[x]")(text)
    assert count or erased == text
