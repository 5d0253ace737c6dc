"""An idea's way from being received to a decision: what has happened, where it is, what may come."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from citizen.contributions.rules import Handling, Visibility

STAGES = ("received", "published", "theme", "candidate", "decision")
"""The stages in their order. An idea that is looked at once more may go back."""

_STAGE_OF = {
    Handling.RECEIVED: "published", Handling.IN_THEME: "theme", Handling.UNDER_CONSIDERATION: "candidate",
    Handling.CANDIDATE: "candidate", Handling.PLANNED: "decision", Handling.IN_PROGRESS: "decision",
    Handling.DONE: "decision", Handling.DECLINED: "decision",
}
_ENDS = {Visibility.REJECTED, Visibility.WITHDRAWN, Visibility.HIDDEN}


class VisibilityStep(Protocol):
    """A step along the first axis, as far as this needs to know."""

    @property
    def after(self) -> str: ...
    @property
    def at(self) -> datetime: ...
    @property
    def reason(self) -> str | None: ...
    @property
    def words(self) -> str | None: ...


class HandlingStep(Protocol):
    """A public step along the second axis."""

    @property
    def after(self) -> str: ...
    @property
    def public_at(self) -> datetime | None: ...
    @property
    def about_names(self) -> Mapping[str, str]: ...
    @property
    def words(self) -> str | None: ...


@dataclass(frozen=True)
class Step:
    """One step. ``kind`` is received, visibility, theme, handling, or ahead: not reached yet.

    ``state`` is the value on its axis, or the stage that is ahead. ``names`` are of what it concerns,
    by language; a name that somebody gave in no stated language stands under the empty string.
    """

    kind: str
    state: str
    at: datetime | None = None
    reason: str | None = None
    words: str | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    is_now: bool = False


def chain(
    visibility: str,
    submitted_at: datetime,
    steps: Iterable[VisibilityStep],
    news: Iterable[HandlingStep],
    theme: tuple[Mapping[str, str], datetime] | None,
) -> list[Step]:
    """The whole way: what has happened in its order, the last of it marked, then what may come.

    Parameters
    ----------
    theme : names of the theme and since when, where the public may know it.
    """
    happened = [Step("visibility", s.after, s.at, s.reason, s.words) for s in steps]
    if theme:
        happened.append(Step("theme", Handling.IN_THEME, theme[1], names=theme[0]))
    happened += [Step("handling", n.after, n.public_at, None, n.words, n.about_names) for n in news]
    happened.sort(key=lambda step: step.at or submitted_at)
    past = [Step("received", Handling.RECEIVED, submitted_at), *happened]
    last = past.pop()
    now = Step(last.kind, last.state, last.at, last.reason, last.words, last.names, is_now=True)
    return [*past, now, *_ahead(visibility, [*past, last])]


def _ahead(visibility: str, steps: Sequence[Step]) -> list[Step]:
    if Visibility(visibility) in _ENDS:
        return []
    last = steps[-1]
    reached = STAGES.index(_stage(last))
    if (last.kind, last.state) == ("visibility", Visibility.PUBLISHED):
        # Another text of it was published: what it has become a part of, it still is.
        along = [one for one in steps if one.kind in {"theme", "handling"}]
        reached = max(reached, STAGES.index(_stage(along[-1])) if along else 0)
    return [Step("ahead", stage) for stage in STAGES[reached + 1 :]]


def _stage(step: Step) -> str:
    if step.kind == "visibility":
        return "published" if step.state == Visibility.PUBLISHED else "received"
    return "received" if step.kind == "received" else _STAGE_OF[Handling(step.state)]
