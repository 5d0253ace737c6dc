"""Decisions about themes, from values alone."""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from typing import Literal

FEWEST_IDEAS = 10
"""Published ideas from which themes can be spoken of."""

FEW_IDEAS = 50
"""Published ideas below which themes are a first hint."""

FEWEST_THEMES = 2
MOST_THEMES = 100
IDEAS_PER_THEME = 5
"""Nobody can ask for more themes than one for each of so many ideas."""

FEWEST_IN_PUBLIC = 5
"""Published ideas that a theme has before the public hears its name."""

MUCH_UNSORTED = 0.10
MUCH_GROWTH = 0.30
LONGEST_WAIT = timedelta(seconds=15)


class RunState(StrEnum):
    """What people made of a run."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    SUPERSEDED = "superseded"


Strength = Literal["strong", "clear", "weak"]
Weight = Literal["much", "some", "little"]
Wanted = Literal["fewer", "suggested", "more", "number"]


def name_in(name: str | None, suggested: Mapping[str, str], language: str) -> str:
    """A theme's name for a reader: a person's name wins, else what analysis suggests.

    Returns
    -------
    The empty string where there is neither.
    """
    return name or suggested.get(language) or next((words for words in suggested.values() if words), "")


def strength(confidence: float) -> Strength:
    """How surely an idea belongs to its theme, in three steps that people can tell apart."""
    if confidence >= 0.5:
        return "strong"
    return "clear" if confidence >= 0.25 else "weak"


def weight(share: float) -> Weight:
    """How much a word or a concept weighs among an idea's reasons, in three steps."""
    if share >= 0.3:
        return "much"
    return "some" if share >= 0.1 else "little"


def most_themes(published: int) -> int:
    """How many themes can be asked for: what people can look through, and no more than ideas fill."""
    return max(FEWEST_THEMES, min(MOST_THEMES, published // IDEAS_PER_THEME))


def wanted_themes(wanted: Wanted, number: int | None, now: int, published: int) -> int | None:
    """How many themes a run is asked for; None is as many as there seem to be.

    Parameters
    ----------
    wanted : a third fewer than now, half as many again, or the number given.
    now : how many themes there are; with none, fewer and more have no meaning.
    """
    if wanted == "number":
        return number
    if wanted == "suggested" or not now:
        return None
    asked = min(now - 1, round(now * 2 / 3)) if wanted == "fewer" else max(now + 1, round(now * 3 / 2))
    return max(FEWEST_THEMES, min(asked, most_themes(published)))


def should_run_again(unsorted: int, published: int, seen: int) -> bool:
    """Whether so much is new or left over that themes should be found again.

    Parameters
    ----------
    unsorted : published ideas that are in no theme.
    published : published ideas in all.
    seen : how many there were at the last run.
    """
    return unsorted > MUCH_UNSORTED * published or published - seen > MUCH_GROWTH * seen


def only_language(languages: Mapping[str, int]) -> str | None:
    """The language of a theme whose ideas, at least two, are all in one."""
    spoken = [language for language, count in languages.items() if count]
    return spoken[0] if len(spoken) == 1 and sum(languages.values()) > 1 else None


def end_of_merges(theme_id: int, merged_into: Mapping[int, int | None]) -> int:
    """Where a theme ended up after any number of merges."""
    seen = {theme_id}
    while (after := merged_into.get(theme_id)) is not None and after not in seen:
        seen.add(after)
        theme_id = after
    return theme_id


def is_left_waiting(state: str, waited: timedelta) -> bool:
    """Whether a job has waited so long that its worker is probably not running."""
    return state == "queued" and waited > LONGEST_WAIT


def may_be_named_in_public(published: int) -> bool:
    """Whether a theme is of so many that its name tells nothing of a few of them."""
    return published >= FEWEST_IN_PUBLIC
