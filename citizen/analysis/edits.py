"""What people did to themes, as a log, and what the log amounts to.

A run must respect whatever people did, so their edits are kept as they were made and replayed.
Texts and themes are called by whatever keys the caller has; nothing here computes on words.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

KINDS = ("rename", "move", "merge", "split", "own", "close")
"""
rename
    ``target`` is called ``name``; None goes back to what analysis suggests.
move
    ``texts`` are put into ``target`` for good; None is unsorted.
merge
    Everything in ``source`` goes into ``target``, now and in later runs.
split
    ``texts`` become the theme ``target``, called ``name``.
own
    ``target``, called ``name``, is a theme that somebody has in mind, with ``examples`` of it. Said
    of a theme that is one already, it gives it other examples and leaves its name alone.
close
    ``target`` takes in nothing any more, until somebody puts a text there.
"""


@dataclass(frozen=True)
class Edit:
    """One thing that one person did; see `KINDS`.

    Attributes
    ----------
    number
        Larger than that of every earlier edit.
    undoes
        Number of the edit that this one takes back; nothing else of it counts then.
    """

    number: int
    kind: str
    target: str | None = None
    source: str | None = None
    texts: tuple[str, ...] = ()
    name: str | None = None
    examples: tuple[str, ...] = ()
    undoes: int | None = None


@dataclass(frozen=True)
class Standing:
    """What all edits amount to.

    Attributes
    ----------
    pins
        Text to the theme a person put it in, None for unsorted. Merges have been followed.
    names
        Theme to the name a person gave it.
    merged
        Theme to the one it was merged into, which may have been merged on.
    own
        Theme that somebody had in mind to its examples, as long as it stands.
    closed
        Themes that take in nothing.
    """

    pins: Mapping[str, str | None] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    merged: Mapping[str, str] = field(default_factory=dict)
    own: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    closed: frozenset[str] = frozenset()

    def end(self, theme: str) -> str:
        """Return where a theme ended up after any number of merges."""
        seen = {theme}
        while (after := self.merged.get(theme)) is not None and after not in seen:
            seen.add(after)
            theme = after
        return theme

    @property
    def took_in(self) -> frozenset[str]:
        """Themes that stand and have taken in others."""
        return frozenset(self.end(theme) for theme in self.merged)

    def place(self, text: str, theme: str | None) -> str | None:
        """Return where a text belongs that an analysis would put into a theme.

        Pins win, merges are followed, and a closed theme takes in nothing.
        """
        if text in self.pins:
            return self.pins[text]
        return self.receiver(theme)

    def receiver(self, theme: str | None) -> str | None:
        """Return the theme that takes in what an analysis would put into one."""
        stands = None if theme is None else self.end(theme)
        return None if stands in self.closed else stands


def replay(edits: Iterable[Edit]) -> Standing:
    """Return what a log of edits, in any order, amounts to.

    What has been taken back counts as never done.
    """
    log = sorted(edits, key=lambda edit: edit.number)
    undone = {edit.undoes for edit in log if edit.undoes is not None}
    standing = _Draft()
    for edit in log:
        if edit.undoes is None and edit.number not in undone:
            standing.follow(edit)
    return standing.finished()


class _Draft:
    """A standing while edits are replayed."""

    def __init__(self) -> None:
        self.pins: dict[str, str | None] = {}
        self.names: dict[str, str] = {}
        self.merged: dict[str, str] = {}
        self.own: dict[str, tuple[str, ...]] = {}
        self.closed: set[str] = set()

    def follow(self, edit: Edit) -> None:
        getattr(self, f"_{edit.kind}")(edit)

    def finished(self) -> Standing:
        return Standing(self.pins, self.names, self.merged, self.own, frozenset(self.closed))

    def _rename(self, edit: Edit) -> None:
        self._call(edit.target, edit.name)

    def _move(self, edit: Edit) -> None:
        self.pins |= dict.fromkeys(edit.texts, edit.target)
        self.closed.discard(edit.target or "")

    def _merge(self, edit: Edit) -> None:
        source, target = edit.source or "", edit.target or ""
        self.merged[source] = target
        self.own.pop(source, None)
        self.pins = {text: target if theme == source else theme for text, theme in self.pins.items()}

    def _split(self, edit: Edit) -> None:
        self._move(edit)
        self._call(edit.target, edit.name)

    def _own(self, edit: Edit) -> None:
        theme = edit.target or ""
        if theme not in self.own:
            self._call(theme, edit.name)
        self.own[theme] = edit.examples
        self.closed.discard(theme)

    def _close(self, edit: Edit) -> None:
        self.closed.add(edit.target or "")
        self.own.pop(edit.target or "", None)

    def _call(self, theme: str | None, name: str | None) -> None:
        if theme is not None and name is not None:
            self.names[theme] = name
        else:
            self.names.pop(theme or "", None)
