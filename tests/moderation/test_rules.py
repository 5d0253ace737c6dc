"""Decisions from values alone."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citizen.moderation.rules import Piece, days_waited, difference, read_chosen, spellings


@given(st.text(max_size=60), st.text(max_size=60))
def test_a_difference_holds_both_texts_whole(before: str, after: str) -> None:
    pieces = difference(before, after)
    assert "".join(p.text for p in pieces if p.kind != "added") == before
    assert "".join(p.text for p in pieces if p.kind != "removed") == after


def test_a_difference_shows_the_words_that_changed() -> None:
    assert difference("Kari går i mørket.", "Vi går i mørket.") == [
        Piece("removed", "Kari"), Piece("added", "Vi"), Piece("same", " går i mørket."),
    ]


def test_words_changed_in_a_row_are_one_change() -> None:
    assert difference("Kari i Elvevegen 4 går der.", "Alle barna går der.") == [
        Piece("removed", "Kari i Elvevegen 4"), Piece("added", "Alle barna"), Piece("same", " går der."),
    ]


@pytest.mark.parametrize(
    ("since", "days"),
    [
        (datetime(2026, 3, 9, 12, tzinfo=UTC), 0),
        # Half past eleven in the evening in UTC is the next day where people live.
        (datetime(2026, 3, 8, 23, 30, tzinfo=UTC), 0),
        (datetime(2026, 3, 8, 12, tzinfo=UTC), 1),
        (datetime(2026, 2, 9, 12, tzinfo=UTC), 28),
        (datetime(2026, 3, 10, 12, tzinfo=UTC), 0),
    ],
)
def test_waiting_is_counted_in_days_of_the_calendar(since: datetime, days: int) -> None:
    assert days_waited(since, date(2026, 3, 9), ZoneInfo("Europe/Stockholm")) == days


def test_what_was_chosen_is_read_with_its_version_and_the_rest_left_out() -> None:
    assert read_chosen(["I-7K2M9QXT:3", "odd", "I-7K2M9QXT", "I-1:x", "A-4:12", "I-1:9999999999"]) == {
        "I-7K2M9QXT": 3, "A-4": 12
    }


def test_no_more_are_chosen_than_a_page_can_confirm() -> None:
    assert len(read_chosen(f"I-{n}:1" for n in range(500))) == 100


def test_a_word_is_looked_for_however_its_letters_were_lowered() -> None:
    assert spellings("Älg") == {"älg", "Älg", "ÄlG".lower().replace("ä", "Ä")}
    assert spellings("vei") == {"vei"}
