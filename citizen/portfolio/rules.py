"""Decisions about candidates, from values alone."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest
from typing import Any, Protocol, TypeVar

from citizen.contributions.rules import SECTORS, Handling

TITLE_LENGTH = 160
NEED_LENGTH = 3000
NEXT_STEP_LENGTH = 1000
WORDS_LENGTH = 1000
MOST_GOALS = 3
MOST_QUOTES = 5
SUGGESTED_QUOTES = 3
GOALS = range(1, 18)
UNKNOWN = "unknown"

# A candidate's status is the later part of the second axis, in its order.
STATUSES = (
    Handling.UNDER_CONSIDERATION, Handling.CANDIDATE, Handling.PLANNED, Handling.IN_PROGRESS,
    Handling.DONE, Handling.DECLINED,
)
FIRST_STATUS = Handling.CANDIDATE
_STEPS = {
    Handling.UNDER_CONSIDERATION: {Handling.CANDIDATE, Handling.DECLINED},
    Handling.CANDIDATE: {Handling.UNDER_CONSIDERATION, Handling.PLANNED, Handling.DECLINED},
    Handling.PLANNED: {Handling.CANDIDATE, Handling.IN_PROGRESS, Handling.DECLINED},
    Handling.IN_PROGRESS: {Handling.PLANNED, Handling.DONE, Handling.DECLINED},
    # Taken back where somebody was too quick.
    Handling.DONE: {Handling.IN_PROGRESS},
    Handling.DECLINED: {Handling.UNDER_CONSIDERATION, Handling.CANDIDATE},
}
_ORDER = {state: place for place, state in enumerate(Handling)}


class Voice(Protocol):
    """A contribution behind a candidate, as far as evidence needs to know."""

    @property
    def language(self) -> str: ...
    @property
    def sector(self) -> str | None: ...
    @property
    def municipality_id(self) -> int: ...
    @property
    def support_count(self) -> int: ...


@dataclass(frozen=True)
class Difference:
    """What a refresh changed: ideas that came and went, support, sectors that came and went."""

    came: int
    left: int
    supporters_before: int
    supporters_after: int
    heard: tuple[str, ...]
    silent: tuple[str, ...]

    def __bool__(self) -> bool:
        same_support = self.supporters_before == self.supporters_after
        return bool(self.came or self.left or self.heard or self.silent or not same_support)


def next_statuses(status: str) -> list[Handling]:
    """Where a candidate may go from a status, in the order of the axis."""
    return [s for s in STATUSES if s in _STEPS[Handling(status)]]


def may_step(before: str, after: str) -> bool:
    """Whether a candidate may go from one status to another."""
    return after in _STEPS[Handling(before)]


def needs_words(status: str) -> bool:
    """Whether authors are told a status only together with words to them."""
    return status == Handling.DECLINED


def goes_further(handling: str, status: str) -> bool:
    """Whether a status takes an idea further than it has come.

    An idea that a candidate has carried into progress is not called back by the next candidate it
    joins, nor is it declined with it; one that was declined may be taken up again.
    """
    if handling == Handling.DECLINED:
        return True
    reached = Handling.UNDER_CONSIDERATION if status == Handling.DECLINED else Handling(status)
    return _ORDER[reached] > _ORDER[Handling(handling)]


def evidence(voices: Iterable[Voice]) -> dict[str, Any]:
    """What stands behind a candidate, in figures that can be stored as they are.

    Returns
    -------
    ``ideas``, ``supporters``; ``languages``, ``sectors`` (``unknown`` where none was declared) and
    ``municipalities`` as counts, largest first; ``sectors_present`` and ``sectors_missing`` in the
    order of `SECTORS`.
    """
    heard = list(voices)
    sectors = Counter(v.sector or UNKNOWN for v in heard)
    return {
        "ideas": len(heard),
        "supporters": sum(v.support_count for v in heard),
        "languages": _largest_first(Counter(v.language for v in heard)),
        "sectors": _largest_first(sectors),
        "municipalities": _largest_first(Counter(str(v.municipality_id) for v in heard)),
        "sectors_present": [s for s in SECTORS if sectors[s]],
        "sectors_missing": [s for s in SECTORS if not sectors[s]],
    }


def _largest_first(counts: Counter[str]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def difference(
    before: Mapping[str, Any], after: Mapping[str, Any], ids_before: set[int], ids_after: set[int]
) -> Difference:
    """What has changed from one evidence to the next."""
    return Difference(
        came=len(ids_after - ids_before),
        left=len(ids_before - ids_after),
        supporters_before=before["supporters"],
        supporters_after=after["supporters"],
        heard=tuple(s for s in after["sectors_present"] if s in before["sectors_missing"]),
        silent=tuple(s for s in after["sectors_missing"] if s in before["sectors_present"]),
    )


def suggested_goals(of_themes: Iterable[Sequence[int]]) -> list[int]:
    """The goals that most themes share, at most `MOST_GOALS`, in order of number."""
    shared = Counter(goal for goals in of_themes for goal in dict.fromkeys(goals) if goal in GOALS)
    chosen = sorted(shared, key=lambda goal: (-shared[goal], goal))[:MOST_GOALS]
    return sorted(chosen)


def in_turn(lists: Iterable[Sequence[int]]) -> list[int]:
    """One from each list, then the next from each: every theme gets a word in. No id twice."""
    rounds = chain.from_iterable(zip_longest(*lists))
    return list(dict.fromkeys(i for i in rounds if i is not None))


def suggested_quotes(offered: Sequence[tuple[int, str]], most: int = SUGGESTED_QUOTES) -> list[int]:
    """Quotes to begin with: as many languages as possible, then the order they are offered in.

    Parameters
    ----------
    offered : (id, language), best first.
    """
    first_of_language = {language: i for i, language in reversed(offered)}
    new_voices = [i for i, _language in offered if i in first_of_language.values()]
    rest = [i for i, _language in offered if i not in new_voices]
    return (new_voices + rest)[:most]


def standing_themes(theme_ids: Iterable[int], merged_into: Mapping[int, int | None]) -> list[int]:
    """Themes as they stand now: each that was merged is replaced by the one it went into."""
    return list(dict.fromkeys(_end_of_merges(i, merged_into) for i in theme_ids))


def _end_of_merges(theme_id: int, merged_into: Mapping[int, int | None]) -> int:
    seen = {theme_id}
    while (onward := merged_into.get(theme_id)) and onward not in seen:
        seen.add(onward)
        theme_id = onward
    return theme_id


def quotable(
    representatives: Mapping[int, Sequence[int]], members: Iterable[tuple[int, int]], allowed: set[int]
) -> list[int]:
    """Contributions to offer as quotes: what represents each theme, in turn.

    Parameters
    ----------
    representatives : theme id → ids that analysis found typical, best first.
    members : (theme id, contribution id), most confident first; they stand in for a theme that
        nothing represents, such as one that was made by hand.
    allowed : ids that stand behind the candidate.
    """
    typical = {theme: [i for i in ids if i in allowed] for theme, ids in representatives.items()}
    confident: dict[int, list[int]] = {theme: [] for theme in representatives}
    for theme, contribution in members:
        if contribution in allowed:
            confident.setdefault(theme, []).append(contribution)
    return in_turn([typical.get(theme) or confident[theme][:MOST_QUOTES] for theme in confident])


class Listed(Protocol):
    """A candidate, as far as the overview's order needs to know."""

    @property
    def id(self) -> int: ...
    @property
    def title(self) -> str: ...
    @property
    def status(self) -> str: ...
    @property
    def evidence(self) -> dict[str, Any]: ...


Candidates = TypeVar("Candidates", bound=Listed)
_ORDERS: dict[str, Callable[[Listed], Any]] = {
    "newest": lambda c: -c.id,
    "ideas": lambda c: (-c.evidence["ideas"], -c.id),
    "supporters": lambda c: (-c.evidence["supporters"], -c.id),
    "status": lambda c: (STATUSES.index(Handling(c.status)), -c.id),
    "title": lambda c: (c.title.casefold(), c.id),
}
ORDERS = tuple(_ORDERS)


def in_order(candidates: Iterable[Candidates], order: str) -> list[Candidates]:
    """Candidates in one of `ORDERS`."""
    return sorted(candidates, key=_ORDERS[order])
