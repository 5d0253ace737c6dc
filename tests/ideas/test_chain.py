"""An idea's way, from values alone."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from citizen.ideas.rules.chain import Step, chain

START = datetime(2026, 3, 9, 12, tzinfo=UTC)


def after(days: int) -> datetime:
    return START + timedelta(days=days)


@dataclass
class Seen:
    after: str
    at: datetime
    reason: str | None = None
    words: str | None = None


@dataclass
class Told:
    after: str
    public_at: datetime | None
    about_names: dict[str, str] = field(default_factory=dict)
    words: str | None = None


def states(steps: list[Step], kind: str) -> list[str]:
    return [step.state for step in steps if step.kind == kind]


def now(steps: list[Step]) -> str:
    [found] = [step.state for step in steps if step.is_now]
    return found


def test_an_idea_that_was_just_sent_is_received_and_has_everything_before_it() -> None:
    steps = chain("submitted", START, [], [], None)
    assert now(steps) == "received"
    assert states(steps, "ahead") == ["published", "theme", "candidate", "decision"]


def test_what_happened_stands_in_the_order_of_its_dates_with_reasons_and_words() -> None:
    steps = chain(
        "published", START,
        [Seen("returned", after(1), "personal_data", "Ta bort namnet"), Seen("submitted", after(2)),
         Seen("published", after(3))],
        [Told("candidate", after(9), {"nn": "Trygg skuleveg"})],
        ({"nn": "Skuleveg"}, after(5)),
    )
    assert [s.state for s in steps] == [
        "received", "returned", "submitted", "published", "in_theme", "candidate", "decision",
    ]
    assert (steps[1].reason, steps[1].words) == ("personal_data", "Ta bort namnet")
    assert steps[5].is_now


def test_an_idea_in_no_theme_that_can_be_told_of_has_the_theme_before_it() -> None:
    steps = chain("published", START, [Seen("published", after(1))], [], None)
    assert now(steps) == "published"
    assert states(steps, "ahead") == ["theme", "candidate", "decision"]


@pytest.mark.parametrize("visibility", ["rejected", "withdrawn", "hidden"])
def test_a_way_that_has_ended_promises_nothing_more(visibility: str) -> None:
    steps = chain(visibility, START, [Seen(visibility, after(1))], [], None)
    assert now(steps) == visibility
    assert states(steps, "ahead") == []


def test_a_returned_idea_may_still_go_the_whole_way() -> None:
    steps = chain("returned", START, [Seen("returned", after(1), "off_topic")], [], None)
    assert now(steps) == "returned"
    assert states(steps, "ahead") == ["published", "theme", "candidate", "decision"]


@pytest.mark.parametrize(("state", "ahead"), [
    ("under_consideration", ["decision"]), ("candidate", ["decision"]), ("planned", []),
    ("in_progress", []), ("done", []), ("declined", []),
])
def test_what_is_ahead_follows_from_what_was_told_last(state: str, ahead: list[str]) -> None:
    steps = chain("published", START, [Seen("published", after(1))], [Told(state, after(2))], None)
    assert states(steps, "ahead") == ahead


def test_an_idea_that_is_looked_at_once_more_has_the_decision_before_it_again() -> None:
    told = [Told("declined", after(2)), Told("candidate", after(3))]
    steps = chain("published", START, [Seen("published", after(1))], told, None)
    assert states(steps, "ahead") == ["decision"]


def test_received_comes_first_although_a_file_says_a_later_day() -> None:
    steps = chain("published", after(4), [Seen("published", after(1))], [], None)
    assert [s.state for s in steps][:2] == ["received", "published"]


def test_another_text_that_is_published_takes_nothing_out_of_what_the_idea_has_become() -> None:
    seen = [Seen("published", after(1)), Seen("published", after(3), "personal_data")]
    in_theme = chain("published", START, seen, [], ({"nn": "Lys"}, after(2)))
    assert states(in_theme, "ahead") == ["candidate", "decision"]
    told = chain("published", START, seen, [Told("planned", after(2))], None)
    assert states(told, "ahead") == []
