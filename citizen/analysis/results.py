"""What the analysis takes and gives: frozen values without any heavy import.

The web process stores and shows these; it never computes them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Progress = Callable[[float, str], None]
"""Told how far a run has come: a fraction from 0 to 1 and a stage, one of `STAGES`.

The function may raise `Cancelled` to stop the run.
"""

STAGES = ("reading", "features", "graph", "groups", "labels", "placing")

UNSORTED = -1
"""Number of the cluster of a text that belongs nowhere."""

LANGUAGES = ("sv", "nb", "nn", "en")
"""Languages of texts and labels, in the order in which fallbacks are looked for."""


class Cancelled(Exception):
    """Raised by a progress function to stop a run."""


class TooFewTexts(ValueError):
    """Raised when there are not enough texts with words in them to speak of themes."""


@dataclass(frozen=True)
class Text:
    """One text to analyse; `lang` is the author's language when known."""

    id: str
    text: str
    lang: str | None = None


@dataclass(frozen=True)
class Seed:
    """An example of a theme that somebody has in mind before any has been found."""

    theme: str
    text: str
    lang: str | None = None


@dataclass(frozen=True)
class Item:
    """Where one text ended up.

    `cluster` is `UNSORTED` when the text belongs nowhere. `confidence` runs from 0 (as near to
    another cluster) to 1 (nothing in common with any other). `lang` is one of `LANGUAGES` or "und".
    `second` is another cluster that the text speaks of too, or `UNSORTED`.
    """

    id: str
    cluster: int
    confidence: float
    lang: str
    second: int = UNSORTED


@dataclass(frozen=True)
class Quality:
    """How good a theme is, for people to judge by.

    Attributes
    ----------
    verdict
        "clear" when its texts are most like each other, "fair", or "loose" when many are as much
        like texts of other themes.
    together
        Share of the three texts most like each of its own that lie in it too, 0 to 1; the verdict
        follows from it.
    language
        The only language of its texts when they are at least three and the collection has others.
    """

    verdict: str
    together: float
    language: str | None


@dataclass(frozen=True)
class Cluster:
    """A group of texts about one need, as found and not yet owned by anybody.

    Attributes
    ----------
    number
        From 0, largest cluster first.
    size
        Number of texts.
    terms
        Up to eight telling words, as the authors write them, most telling first.
    labels
        Short name per interface language (keys as in `LANGUAGES`).
    representatives
        Up to five ids, most typical first.
    dissenters
        Up to three ids of texts that fit least, the most doubtful first.
    quality
        How good it is.
    concept
        Id of the concept that covers the cluster, if one does.
    goals
        Numbers of the UN sustainable development goals of that concept, at most three.
    """

    number: int
    size: int
    terms: tuple[str, ...]
    labels: dict[str, str]
    representatives: tuple[str, ...]
    dissenters: tuple[str, ...]
    quality: Quality
    concept: str | None
    goals: tuple[int, ...]


@dataclass(frozen=True)
class Clustering:
    """A finished run: everything needed to show it, and to know that it can be repeated.

    `items` are sorted by id, `clusters` by number. The same input hash, settings, versions and
    seed give the same items and clusters.

    Attributes
    ----------
    tree
        What to join for fewer themes, one step each: (cluster that takes in, cluster taken in).
    duplicates
        Ids of texts that say the same in nearly the same words, one tuple each.
    seeded
        Theme of a seed to the number of the cluster it became.
    """

    items: tuple[Item, ...]
    clusters: tuple[Cluster, ...]
    tree: tuple[tuple[int, int], ...]
    duplicates: tuple[tuple[str, ...], ...]
    seeded: dict[str, int]
    settings: dict[str, Any]
    versions: dict[str, str]
    seed: int
    input_hash: str
