"""What readers' reports weigh. Nothing is removed by it: it says what somebody looks at first, and how."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

PRESSING = 3.0
"""Weight from which something is looked at before the rest."""

LIGHT = 0.5
"""Weight below which nobody but those who report very much has reported it."""

FULLY = 3
"""Reports of one browser that count whole, whatever has become of them."""

DOUBTED = 0.2
"""Weight of a report that came as programs send them, or from an address that has sent a great many."""

MANY_REPORTS = 10
"""Reports from one address within an hour, after which the rest is doubted."""

BRIGADE_FROM = 5
BRIGADE_WITHIN = timedelta(minutes=10)
BRIGADE_FRESH = 0.8
"""So many reports within so long, such a share of them from browsers that had done nothing here before."""


@dataclass(frozen=True)
class Told:
    """An open report, with how many its browser has sent lately and how many of them were right."""

    at: datetime
    fresh: bool = False
    doubt: str | None = None
    sent: int = 1
    upheld: int = 0


@dataclass(frozen=True)
class Brigade:
    """Many reports of one thing at once: how many, how many from new browsers, within how many minutes."""

    count: int
    fresh: int
    minutes: int


@dataclass(frozen=True)
class Weighed:
    """The open reports of one thing: what each weighs, and whether they seem to be agreed upon."""

    weights: tuple[float, ...]
    brigade: Brigade | None

    @property
    def weight(self) -> float:
        return sum(self.weights)

    @property
    def is_pressing(self) -> bool:
        return self.weight >= PRESSING

    @property
    def is_light(self) -> bool:
        return self.weight < LIGHT


def weight(told: Told) -> float:
    """What one report weighs: 1, or less where its browser reports much and is seldom right.

    >>> weight(Told(datetime(2026, 1, 1), sent=3)), weight(Told(datetime(2026, 1, 1), sent=30))
    (1.0, 0.1)
    >>> weight(Told(datetime(2026, 1, 1), sent=30, upheld=27))
    1.0
    """
    own = min(1.0, (FULLY + told.upheld) / max(told.sent, 1))
    return min(own, DOUBTED) if told.doubt else own


def weigh(reports: Sequence[Told]) -> Weighed:
    """What the open reports of one thing weigh together."""
    return Weighed(tuple(weight(told) for told in reports), brigade(reports))


def brigade(reports: Sequence[Told]) -> Brigade | None:
    """The largest group of reports that came as if somebody had asked for them; None where there is none."""
    by_time = sorted(reports, key=lambda told: told.at)
    found: Brigade | None = None
    start = 0
    for end, last in enumerate(by_time):
        while last.at - by_time[start].at > BRIGADE_WITHIN:
            start += 1
        group = by_time[start:end + 1]
        fresh = sum(told.fresh for told in group)
        is_one = len(group) >= BRIGADE_FROM and fresh >= BRIGADE_FRESH * len(group)
        if is_one and (found is None or len(group) > found.count):
            seconds = (last.at - by_time[start].at).total_seconds()
            found = Brigade(len(group), fresh, max(1, round(seconds / 60)))
    return found
