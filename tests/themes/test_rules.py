"""Decisions about themes, from values alone."""

from datetime import timedelta

import pytest

from citizen.themes import rules


def test_a_persons_name_wins_over_the_suggestion() -> None:
    assert rules.name_in("Lys", {"sv": "Belysning"}, "sv") == "Lys"
    assert rules.name_in(None, {"sv": "Belysning", "nn": "Gatelys"}, "nn") == "Gatelys"


def test_a_name_in_another_language_is_better_than_none() -> None:
    assert rules.name_in(None, {"sv": "Belysning"}, "nn") == "Belysning"
    assert rules.name_in(None, {}, "nn") == ""


@pytest.mark.parametrize(("confidence", "word"), [
    (1.0, "strong"), (0.5, "strong"), (0.49, "clear"), (0.25, "clear"), (0.24, "weak"), (0.0, "weak"),
])
def test_strength_has_three_steps(confidence: float, word: str) -> None:
    assert rules.strength(confidence) == word


@pytest.mark.parametrize(("unsorted", "published", "seen", "again"), [
    (10, 100, 100, False), (11, 100, 100, True), (0, 130, 100, False), (0, 131, 100, True),
])
def test_a_new_run_is_due_when_much_is_unsorted_or_new(
    unsorted: int, published: int, seen: int, again: bool
) -> None:
    assert rules.should_run_again(unsorted, published, seen) is again


def test_one_language_needs_at_least_two_ideas() -> None:
    assert rules.only_language({"sv": 2}) == "sv"
    assert rules.only_language({"sv": 1}) is None
    assert rules.only_language({"sv": 2, "nn": 1}) is None


def test_merges_are_followed_to_the_end_even_in_a_circle() -> None:
    assert rules.end_of_merges(1, {1: 2, 2: 3, 3: None}) == 3
    assert rules.end_of_merges(1, {1: 2, 2: 1}) == 2


def test_only_a_job_that_waits_long_is_left_waiting() -> None:
    assert rules.is_left_waiting("queued", timedelta(seconds=16))
    assert not rules.is_left_waiting("queued", timedelta(seconds=14))
    assert not rules.is_left_waiting("running", timedelta(seconds=60))
