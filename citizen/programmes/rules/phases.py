"""Which phase it is, and what that allows."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Protocol


class Stretch(Protocol):
    """A phase, as far as rules need to know."""

    @property
    def kind(self) -> str: ...
    @property
    def starts_on(self) -> date: ...
    @property
    def ends_on(self) -> date: ...


def phase_on(phases: Iterable[Stretch], day: date) -> Stretch | None:
    """The phase a day belongs to; where two overlap, the one that began last."""
    running = [p for p in phases if p.starts_on <= day <= p.ends_on]
    return max(running, key=lambda p: p.starts_on, default=None)


def takes_ideas(phases: Iterable[Stretch], day: date) -> bool:
    """Ideas are taken while any collecting phase runs."""
    return any(p.kind == "collect" and p.starts_on <= day <= p.ends_on for p in phases)


def days_left(phases: Iterable[Stretch], day: date) -> int | None:
    """Days until collecting ends, 0 on the last day; None when it is not running."""
    ends = [p.ends_on for p in phases if p.kind == "collect" and p.starts_on <= day <= p.ends_on]
    return (max(ends) - day).days if ends else None


def collects_until(phases: Iterable[Stretch], day: date) -> date | None:
    """The last day on which ideas are taken, from a day on; None when that is over or never was."""
    return max((p.ends_on for p in phases if p.kind == "collect" and p.ends_on >= day), default=None)


def nearest_municipality(language: str, offered: Sequence[tuple[int, Sequence[str]]]) -> int | None:
    """The only municipality that speaks a language, if there is just one.

    Parameters
    ----------
    offered : (id, languages) of each municipality.
    """
    speaking = [m for m, languages in offered if language in languages]
    return speaking[0] if len(speaking) == 1 else None
