"""What changes when one set of themes takes the place of another."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple


class Moved(NamedTuple):
    """A text and the themes it leaves and comes to; None is unsorted, or not looked at."""

    text: str
    before: str | None
    after: str | None


class Change(NamedTuple):
    """A theme with its sizes, and the texts it gains and loses, sorted."""

    theme: str
    before: int
    after: int
    gained: tuple[str, ...]
    lost: tuple[str, ...]


@dataclass(frozen=True)
class Difference:
    """What is different after; every list is sorted, themes by their keys.

    Attributes
    ----------
    new
        Themes that were empty or did not exist.
    gone
        Themes that nothing is in any more.
    changed
        Themes that are in both with other texts.
    same
        Themes that are in both with the very same texts.
    moved
        Texts that go from one theme to another.
    placed
        Texts that were in no theme and come into one.
    unsorted
        Texts that were in a theme and are in none.
    unsorted_before, unsorted_after
        How many of all texts are in no theme.
    moved_share
        Share of the texts that were in a theme and still exist that are not in it any more, 0..1.
    """

    new: tuple[Change, ...]
    gone: tuple[Change, ...]
    changed: tuple[Change, ...]
    same: tuple[Change, ...]
    moved: tuple[Moved, ...]
    placed: tuple[Moved, ...]
    unsorted: tuple[Moved, ...]
    unsorted_before: int
    unsorted_after: int
    moved_share: float

    @property
    def is_nothing(self) -> bool:
        """Whether every text stays where it is."""
        return not (self.moved or self.placed or self.unsorted)


def difference(before: Mapping[str, str | None], after: Mapping[str, str | None]) -> Difference:
    """Compare two states.

    Parameters
    ----------
    before
        Text to the key of its theme; None is unsorted.
    after
        The same texts later. Texts that are not among them have gone, and are compared with nothing;
        texts that were not there before were in no theme.
    """
    steps = [Moved(text, before.get(text), theme) for text, theme in sorted(after.items())]
    themes = _changes(steps)
    stayed = [step for step in steps if step.before is not None]
    left = [step for step in stayed if step.after != step.before]
    return Difference(
        new=tuple(one for one in themes if not one.before),
        gone=tuple(one for one in themes if not one.after),
        changed=tuple(one for one in themes if one.before and one.after and (one.gained or one.lost)),
        same=tuple(one for one in themes if not one.gained and not one.lost),
        moved=tuple(step for step in left if step.after is not None),
        placed=tuple(step for step in steps if step.before is None and step.after is not None),
        unsorted=tuple(step for step in left if step.after is None),
        unsorted_before=sum(step.before is None for step in steps),
        unsorted_after=sum(step.after is None for step in steps),
        moved_share=len(left) / len(stayed) if stayed else 0.0,
    )


def _changes(steps: list[Moved]) -> list[Change]:
    """Return every theme that is in one state or the other."""
    sizes_before = Counter(step.before for step in steps if step.before is not None)
    sizes_after = Counter(step.after for step in steps if step.after is not None)
    gained: dict[str, list[str]] = {theme: [] for theme in sorted({*sizes_before, *sizes_after})}
    lost: dict[str, list[str]] = {theme: [] for theme in gained}
    for step in steps:
        if step.before != step.after:
            if step.before is not None:
                lost[step.before].append(step.text)
            if step.after is not None:
                gained[step.after].append(step.text)
    return [
        Change(theme, sizes_before[theme], sizes_after[theme], tuple(gained[theme]), tuple(lost[theme]))
        for theme in gained
    ]
