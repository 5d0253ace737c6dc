"""When a digest is due."""

from datetime import date, datetime

import pytest

from citizen.moderation.rules.digests import first_day, last_due, next_day

MONDAY, FRIDAY = date(2026, 11, 23), date(2026, 11, 27)


@pytest.mark.parametrize(("rhythm", "weekday", "after", "due"), [
    ("daily", None, MONDAY, date(2026, 11, 24)),
    ("daily", None, FRIDAY, date(2026, 11, 30)),
    ("weekly", 0, MONDAY, date(2026, 11, 30)),
    ("weekly", 3, MONDAY, date(2026, 11, 26)),
    ("weekly", 0, FRIDAY, date(2026, 11, 30)),
])
def test_the_next_digest_comes_on_a_working_day(
    rhythm: str, weekday: int | None, after: date, due: date
) -> None:
    assert next_day(rhythm, weekday, after) == due


@pytest.mark.parametrize(("hour", "due"), [(6, MONDAY), (7, date(2026, 11, 24)), (23, date(2026, 11, 24))])
def test_who_chooses_before_the_hour_gets_the_first_on_the_same_day(hour: int, due: date) -> None:
    assert first_day("daily", None, datetime(2026, 11, 23, hour)) == due


def test_a_digest_is_not_due_before_its_hour() -> None:
    assert last_due(datetime(2026, 11, 23, 6, 59)) < MONDAY
    assert last_due(datetime(2026, 11, 23, 7)) == MONDAY
