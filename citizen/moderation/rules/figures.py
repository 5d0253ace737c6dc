"""What everybody may know of moderation: counts of a year, without those about fewer than five."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from citizen.base.protection import hidden_in_line, is_small
from citizen.contributions.rules import Reason, Visibility

_Name = TypeVar("_Name", bound=str)

LEAST = 5
"""Figures about fewer are not shown."""

STEP = 5
"""What is shown is a multiple of it."""

# What is not public and stands for something. In the order of the page; what was published comes first.
NOT_PUBLIC = (
    Visibility.SUBMITTED, Visibility.RETURNED, Visibility.REJECTED, Visibility.HIDDEN, Visibility.WITHDRAWN,
)
# Those that somebody has given a reason for.
REASONED = (Visibility.RETURNED, Visibility.REJECTED, Visibility.HIDDEN)
OPEN = "open"
# What another person decided where an author asked for that, or that nobody has yet.
APPEALS = ("upheld", Visibility.PUBLISHED.value, Visibility.RETURNED.value, OPEN)


@dataclass(frozen=True)
class Duration:
    """How long it took until somebody had decided, over so many decisions, in hours."""

    decided: int
    median: float
    nine_of_ten: float


@dataclass(frozen=True)
class Counted:
    """What became of everything that came in within a year, as it stands now.

    Attributes
    ----------
    states : visibility → how many; what there is none of may be left out.
    corrected : of the published, how many their authors had changed after they were asked to.
    reasons : visibility → reason → how many.
    appeals : what another person decided, or `OPEN` → how many.
    """

    states: Mapping[str, int]
    corrected: int
    reasons: Mapping[str, Mapping[str, int]]
    duration: Duration | None
    appeals: Mapping[str, int] = field(default_factory=dict)


def together(counted: Counted, gone: Iterable[tuple[str, str | None, bool, int]]) -> Counted:
    """Counts with what has been removed since: its last state, the reason, whether corrected, how many."""
    states, reasons = dict(counted.states), {state: dict(of) for state, of in counted.reasons.items()}
    corrected = counted.corrected
    for state, reason, was_corrected, many in gone:
        states[state] = states.get(state, 0) + many
        corrected += many if was_corrected else 0
        if reason and state in REASONED:
            of_state = reasons.setdefault(state, {})
            of_state[reason] = of_state.get(reason, 0) + many
    return replace(counted, states=states, reasons=reasons, corrected=corrected)


def as_json(counted: Counted) -> dict[str, Any]:
    """A year's counts as they are kept."""
    return asdict(counted)


def from_json(kept: Mapping[str, Any]) -> Counted:
    """A year's counts out of what was kept."""
    took = kept["duration"]
    return Counted(
        kept["states"], kept["corrected"], kept["reasons"], Duration(**took) if took else None,
        kept.get("appeals", {}),
    )


@dataclass(frozen=True)
class Told:
    """The same as everybody may see it: None where a figure is hidden.

    ``reasons`` has no entry where even the sum of them is hidden, or where which there are would tell,
    nor where there is none.
    """

    received: int | None
    states: Mapping[Visibility, int | None]
    as_sent: int | None
    corrected: int | None
    reasons: Mapping[str, Mapping[str, int | None]]
    median_hours: int | None
    nine_of_ten_hours: int | None
    # Empty where nobody has asked, or fewer than may be told.
    appeals: Mapping[str, int | None]

    @property
    def is_whole(self) -> bool:
        """Whether nothing of it is hidden."""
        figures = [self.received, *self.states.values(), self.as_sent, self.corrected]
        figures += [n for found in self.reasons.values() for n in found.values()]
        figures += self.appeals.values()
        return None not in figures and all(state in self.reasons for state in REASONED if self.states[state])


def told(counted: Counted, k: int = LEAST) -> Told:
    """What of a year's counts may be shown.

    How many are published is known to whoever counts them on the public pages. So the rest is a line of
    its own, whose sum is known wherever that of the whole is: it is safe by itself, and where it is about
    fewer than k, how many came in is hidden too. Reasons add up to a state, and go with it.
    """
    states = [counted.states.get(state, 0) for state in NOT_PUBLIC]
    published = counted.states.get(Visibility.PUBLISHED, 0)
    hidden = {NOT_PUBLIC[place] for place in hidden_in_line(states, k)}
    every = (Visibility.PUBLISHED, *NOT_PUBLIC)
    if is_small(published, k):
        # A figure below k is not shown here either, though it could be counted elsewhere.
        hidden |= {every[place] for place in hidden_in_line([published, *states], k)}
    total = published + sum(states)
    shown = {state: None if state in hidden else counted.states.get(state, 0) for state in every}
    as_sent, corrected = _parts(
        published - counted.corrected, counted.corrected, shown[Visibility.PUBLISHED], k
    )
    duration = counted.duration if counted.duration and counted.duration.decided >= k else None
    return Told(
        received=None if is_small(total, k) or is_small(sum(states), k) else total,
        states=shown, as_sent=as_sent, corrected=corrected,
        reasons={
            state: found for state in REASONED if shown[state]
            if (found := _reasons(counted.reasons.get(state, {}), k))
        },
        median_hours=round(duration.median) if duration else None,
        nine_of_ten_hours=round(duration.nine_of_ten) if duration else None,
        appeals=_appeals(counted.appeals, k),
    )


def rounded(told: Told) -> Told:
    """The same to the nearest five: what has changed since the month before is about nobody in particular."""
    return replace(
        told, received=_nearest(told.received), as_sent=_nearest(told.as_sent),
        corrected=_nearest(told.corrected), states=_all_nearest(told.states),
        reasons={state: _all_nearest(found) for state, found in told.reasons.items()},
        appeals=_all_nearest(told.appeals),
    )


def _all_nearest(counts: Mapping[_Name, int | None]) -> dict[_Name, int | None]:
    return {name: _nearest(count) for name, count in counts.items()}


def _nearest(count: int | None) -> int | None:
    return None if count is None else STEP * round(count / STEP)


def as_rows(told: Told) -> list[tuple[str, str, int | None, str]]:
    """A year's figures for a file: what it is, for which reason, how many, and whether it is hidden."""
    figures: list[tuple[str, str, int | None]] = [
        ("received", "", told.received),
        *((state.value, "", count) for state, count in told.states.items()),
        ("published_as_sent", "", told.as_sent), ("published_corrected", "", told.corrected),
        *((state, reason, count) for state, found in told.reasons.items() for reason, count in found.items()),
        *((f"appeals_{outcome}", "", count) for outcome, count in told.appeals.items()),
        ("median_hours", "", told.median_hours), ("nine_of_ten_hours", "", told.nine_of_ten_hours),
    ]
    return [(name, reason, value, "yes" if value is None else "no") for name, reason, value in figures]


def _parts(first: int, second: int, whole: int | None, k: int) -> tuple[int | None, int | None]:
    """Two parts of a whole, both shown or none."""
    if whole is None or hidden_in_line([first, second], k):
        return None, None
    return first, second


def _reasons(counts: Mapping[str, int], k: int) -> dict[str, int | None]:
    """Reasons in the order of the glossary, those that nobody has given left out.

    None at all where even which ones were given would tell: five refused for five reasons are one for each.
    """
    every = list(Reason)
    hidden = hidden_in_line([counts.get(reason, 0) for reason in every], k)
    if len(hidden) == len(every):
        return {}
    return {
        reason.value: None if place in hidden else counts[reason]
        for place, reason in enumerate(every) if counts.get(reason)
    }


def _appeals(counts: Mapping[str, int], k: int) -> dict[str, int | None]:
    """What became of the decisions that somebody else was asked to look at: a line of its own."""
    values = [counts.get(outcome, 0) for outcome in APPEALS]
    if sum(values) < k:
        return {}
    hidden = hidden_in_line(values, k)
    return {outcome: None if place in hidden else values[place] for place, outcome in enumerate(APPEALS)}


# ---- time


def year_of(moment: datetime, zone: ZoneInfo) -> int:
    """The year of a moment where the residents live."""
    return moment.astimezone(zone).year


def span_of_year(year: int, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """From when, and until before when, a year lasts."""
    first, last = (datetime(y, 1, 1, tzinfo=zone).astimezone(UTC) for y in (year, year + 1))
    return first, last


def mondays(today: date, weeks: int) -> list[date]:
    """The Mondays of this week and the ones before it, newest first."""
    monday = today - timedelta(days=today.weekday())
    return [monday - timedelta(weeks=back) for back in range(weeks)]


def first_of_month(day: date) -> date:
    """The day on which what everybody sees was last counted."""
    return day.replace(day=1)


def begins(day: date, zone: ZoneInfo) -> datetime:
    """When a day begins where the residents live."""
    return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)
