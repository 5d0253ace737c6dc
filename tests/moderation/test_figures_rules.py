"""What everybody may know of moderation tells of no fewer than five, nor lets it be reckoned."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citizen.contributions.rules import Visibility
from citizen.moderation.rules import figures
from citizen.moderation.rules.figures import NOT_PUBLIC, Counted, Duration, Told, rounded, told

ZONE = ZoneInfo("Europe/Stockholm")
EVERY = (Visibility.PUBLISHED, *NOT_PUBLIC)
COUNTS = st.sampled_from([0, 0, 1, 2, 3, 4, 5, 6, 8, 12, 40])


def counted(published: int = 0, *, corrected: int = 0, duration: Duration | None = None,
            reasons: dict[str, dict[str, int]] | None = None, **states: int) -> Counted:
    return Counted({"published": published, **states}, corrected, reasons or {}, duration)


def test_large_figures_are_all_shown() -> None:
    reasons = {"returned": {"personal_data": 8}, "rejected": {"off_topic": 12}}
    found = told(counted(120, submitted=9, returned=8, rejected=12, withdrawn=6, corrected=20,
                         reasons=reasons))
    assert found.received == 155
    assert found.states[Visibility.REJECTED] == 12
    assert found.states[Visibility.HIDDEN] == 0
    assert (found.as_sent, found.corrected) == (100, 20)
    assert found.is_whole


def test_a_figure_below_five_is_hidden_together_with_another() -> None:
    found = told(counted(120, submitted=9, returned=8, rejected=3))
    assert found.states[Visibility.REJECTED] is None
    assert found.states[Visibility.RETURNED] is None
    assert found.states[Visibility.SUBMITTED] == 9
    assert found.received == 140


def test_what_is_published_is_no_cover_for_what_is_not() -> None:
    """Everybody can count the published ideas: subtracted from all, they would tell the rest."""
    found = told(counted(120, rejected=3))
    assert found.states[Visibility.PUBLISHED] == 120
    assert found.received is None
    assert {found.states[state] for state in NOT_PUBLIC} == {None}


def test_reasons_are_hidden_where_they_would_tell_of_few() -> None:
    reasons = {"rejected": {"personal_data": 7, "off_topic": 6, "hate": 2}}
    found = told(counted(50, rejected=15, reasons=reasons))
    assert found.reasons == {"rejected": {"personal_data": 7, "hate": None, "off_topic": None}}


def test_five_reasons_of_five_are_not_even_named() -> None:
    reasons = {"rejected": dict.fromkeys(("personal_data", "hate", "threat", "advert", "off_topic"), 1)}
    found = told(counted(50, rejected=5, reasons=reasons))
    assert found.states[Visibility.REJECTED] == 5
    assert found.reasons == {}
    assert not found.is_whole


def test_reasons_go_with_the_sum_of_them() -> None:
    reasons = {"rejected": {"personal_data": 9}, "returned": {"off_topic": 3}}
    found = told(counted(50, rejected=9, returned=3, reasons=reasons))
    assert found.reasons == {}


@pytest.mark.parametrize(("decided", "shown"), [(4, None), (5, 30)])
def test_how_long_it_took_is_told_from_five_decisions_on(decided: int, shown: int | None) -> None:
    found = told(counted(50, duration=Duration(decided, 29.6, 80.2)))
    assert found.median_hours == shown


@given(st.lists(COUNTS, min_size=len(EVERY), max_size=len(EVERY)), st.integers(0, 40),
       st.lists(COUNTS, min_size=4, max_size=4))
def test_nothing_below_five_can_be_reckoned_from_all_that_is_shown(
    counts: list[int], corrected: int, given_for: list[int]
) -> None:
    states = dict(zip(EVERY, counts, strict=True))
    states[Visibility.REJECTED] = sum(given_for)
    reasons = dict(zip(("personal_data", "hate", "advert", "off_topic"), given_for, strict=True))
    true = Counted(states, min(corrected, states[Visibility.PUBLISHED]), {"rejected": reasons}, None)
    found = told(true)
    for state, count in found.states.items():
        assert count is None or count == 0 or count >= 5
        assert count in (None, states[state])
    _refuse_small_rest(found, states)
    _refuse_small_parts([found.as_sent, found.corrected])
    shown = found.reasons.get("rejected", {})
    assert all(count is None or count >= 5 for count in shown.values())
    rest = states[Visibility.REJECTED] - sum(count or 0 for count in shown.values()) if shown else 0
    hidden = [reason for reason, count in shown.items() if count is None]
    assert not hidden or (len(hidden) >= 2 and rest >= 5 and rest > len(hidden))


def _refuse_small_rest(found: Told, states: dict[Visibility, int]) -> None:
    """Whoever counts the published ideas knows the sum of the others, where all are told."""
    if found.received is None:
        return
    assert found.received == sum(states.values())
    hidden = [states[state] for state in NOT_PUBLIC if found.states[state] is None]
    assert not hidden or (len(hidden) >= 2 and sum(hidden) >= 5) or found.states[Visibility.PUBLISHED] is None
    assert len(hidden) != 1 or hidden[0] >= 5


def _refuse_small_parts(parts: list[int | None]) -> None:
    assert parts == [None, None] or not any(0 < (part or 0) < 5 for part in parts)


@given(st.lists(COUNTS, min_size=len(EVERY), max_size=len(EVERY)), st.sampled_from(EVERY))
def test_one_decision_more_moves_no_figure_or_moves_it_by_five(
    counts: list[int], state: Visibility
) -> None:
    before = dict(zip(EVERY, counts, strict=True))
    after = before | {state: before[state] + 1}
    first, second = (rounded(told(Counted(states, 0, {}, None))) for states in (before, after))
    for one, other in [(first.received, second.received),
                       *((first.states[each], second.states[each]) for each in EVERY)]:
        assert one is None or one % 5 == 0
        assert one is None or other is None or abs(one - other) in (0, 5)


def test_what_is_shown_is_rounded_to_the_nearest_five_and_nothing_becomes_none() -> None:
    reasons = {"rejected": {"off_topic": 7, "advert": 13}}
    found = rounded(told(counted(122, rejected=20, corrected=8, reasons=reasons)))
    assert (found.received, found.states[Visibility.PUBLISHED]) == (140, 120)
    assert (found.as_sent, found.corrected) == (115, 10)
    assert found.reasons == {"rejected": {"advert": 15, "off_topic": 5}}
    assert found.states[Visibility.HIDDEN] == 0


def test_a_year_lasts_from_midnight_to_midnight_where_people_live() -> None:
    since, until = figures.span_of_year(2026, ZONE)
    assert since == datetime(2025, 12, 31, 23, tzinfo=UTC)
    assert until == datetime(2026, 12, 31, 23, tzinfo=UTC)
    assert figures.year_of(datetime(2025, 12, 31, 23, 30, tzinfo=UTC), ZONE) == 2026


def test_weeks_begin_on_monday() -> None:
    assert figures.mondays(date(2026, 11, 27), 2) == [date(2026, 11, 23), date(2026, 11, 16)]
