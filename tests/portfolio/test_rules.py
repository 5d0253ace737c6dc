"""Decisions about candidates, without a database."""

from dataclasses import dataclass
from typing import Any

import pytest

from citizen.contributions.rules import SECTORS, Handling
from citizen.portfolio import rules
from citizen.portfolio.forms import STATUS_WORDS


@dataclass(frozen=True)
class Voice:
    language: str = "nn"
    sector: str | None = None
    municipality_id: int = 1
    support_count: int = 0


@dataclass(frozen=True)
class Listed:
    id: int
    title: str
    status: str
    evidence: dict[str, Any]


def test_evidence_counts_voices_and_names_the_sectors_that_are_missing() -> None:
    found = rules.evidence(
        [Voice(sector="resident", support_count=4), Voice("sv", "public", 2, 3), Voice("nn", None, 1)]
    )
    assert found == {
        "ideas": 3,
        "supporters": 7,
        "languages": {"nn": 2, "sv": 1},
        "sectors": {"public": 1, "resident": 1, "unknown": 1},
        "municipalities": {"1": 2, "2": 1},
        "sectors_present": ["public", "resident"],
        "sectors_missing": ["business", "academia", "civil_society"],
    }


def test_without_voices_every_sector_is_missing() -> None:
    found = rules.evidence([])
    assert (found["ideas"], found["sectors_missing"]) == (0, list(SECTORS))


def test_the_difference_tells_who_came_who_left_and_which_sectors_are_heard() -> None:
    before, after = rules.evidence([Voice(sector="public")]), rules.evidence([Voice(sector="business")] * 2)
    found = rules.difference(before, after, {1}, {2, 3})
    assert (found.came, found.left, found.heard, found.silent) == (2, 1, ("business",), ("public",))


def test_the_same_evidence_twice_is_no_difference() -> None:
    figures = rules.evidence([Voice()])
    assert not rules.difference(figures, figures, {1}, {1})


@pytest.mark.parametrize(
    ("before", "after", "allowed"),
    [
        ("under_consideration", "candidate", True),
        ("candidate", "planned", True),
        ("planned", "in_progress", True),
        ("in_progress", "done", True),
        ("done", "in_progress", True),
        ("declined", "candidate", True),
        ("candidate", "declined", True),
        ("candidate", "done", False),
        ("done", "declined", False),
        ("candidate", "candidate", False),
        ("candidate", "received", False),
        ("candidate", "nonsense", False),
    ],
)
def test_a_candidate_takes_one_sensible_step_at_a_time(before: str, after: str, *, allowed: bool) -> None:
    assert rules.may_step(before, after) is allowed


def test_statuses_are_offered_in_the_order_of_the_axis() -> None:
    axis = list(Handling)
    assert sorted(rules.STATUSES, key=axis.index) == list(rules.STATUSES) == list(STATUS_WORDS)
    for status in rules.STATUSES:
        onward = rules.next_statuses(status)
        assert sorted(onward, key=axis.index) == onward


def test_every_status_leads_somewhere_and_every_status_can_be_reached() -> None:
    onward = {status: rules.next_statuses(status) for status in rules.STATUSES}
    assert all(onward.values())
    assert {after for found in onward.values() for after in found} == set(rules.STATUSES)


@pytest.mark.parametrize(
    ("handling", "status", "further"),
    [("received", "candidate", True), ("in_theme", "candidate", True), ("in_progress", "candidate", False),
     ("candidate", "candidate", False), ("declined", "candidate", True), ("planned", "declined", False),
     ("in_theme", "declined", True)],
)
def test_a_new_candidate_calls_no_idea_back_from_where_it_has_come(
    handling: str, status: str, *, further: bool
) -> None:
    assert rules.goes_further(handling, status) is further


def test_the_goals_that_most_themes_share_are_suggested_three_at_most() -> None:
    assert rules.suggested_goals([[11, 3], [11, 13], [4, 11, 13], [99]]) == [3, 11, 13]
    assert rules.suggested_goals([]) == []


def test_quotes_begin_with_as_many_languages_as_possible() -> None:
    assert rules.suggested_quotes([(1, "nn"), (2, "nn"), (3, "sv"), (4, "nb")]) == [1, 3, 4]
    assert rules.suggested_quotes([(1, "nn"), (2, "nn"), (3, "nn"), (4, "nn")]) == [1, 2, 3]


def test_every_theme_gets_a_word_in() -> None:
    assert rules.in_turn([[1, 2, 3], [4], [2, 5]]) == [1, 4, 2, 5, 3]


def test_a_theme_that_nothing_represents_is_quoted_from_its_surest_members() -> None:
    assert rules.quotable({7: [1], 8: []}, [(7, 2), (8, 3), (8, 4)], {1, 2, 3, 4}) == [1, 3, 4]


def test_what_does_not_stand_behind_the_candidate_is_not_offered_as_a_quote() -> None:
    assert rules.quotable({7: [1, 2]}, [(7, 1), (7, 2), (9, 3)], {2}) == [2]


def test_merged_themes_are_followed_to_where_they_went() -> None:
    assert rules.standing_themes([1, 2, 4], {1: 2, 2: 3, 3: None, 4: None}) == [3, 4]


def test_a_circle_of_mergers_ends_nowhere_but_ends() -> None:
    assert len(rules.standing_themes([1], {1: 2, 2: 1})) == 1


@pytest.mark.parametrize(
    ("order", "ids"),
    [("newest", [3, 2, 1]), ("ideas", [1, 3, 2]), ("supporters", [2, 3, 1]), ("status", [2, 3, 1]),
     ("title", [3, 1, 2])],
)
def test_a_portfolio_can_be_put_in_order(order: str, ids: list[int]) -> None:
    def listed(number: int, title: str, status: str, ideas: int, supporters: int) -> Listed:
        return Listed(number, title, status, {"ideas": ideas, "supporters": supporters})

    every = [listed(1, "B", "done", 9, 0), listed(2, "c", "candidate", 1, 9), listed(3, "a", "planned", 1, 0)]
    assert [c.id for c in rules.in_order(every, order)] == ids
