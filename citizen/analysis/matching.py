"""Carry a fresh clustering onto the themes people already have.

What people did survives: pins are a hard rule, merged themes stay merged, and a theme that was
found again keeps its key, and with it its name and colour.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment

from citizen.analysis.results import UNSORTED, Clustering

SAME = 0.5
"""Jaccard from which a cluster surely is the theme."""

AKIN = 0.3
"""Jaccard from which the best match of both sides is still called the same.

When a theme is split in two or takes in another of its size, its larger half lies between: a
facilitator expects it to keep its name.
"""

ABSORBED = 0.5
"""Share of a cluster's members in a merged theme from which the cluster joins that theme."""


@dataclass(frozen=True)
class Revision:
    """What a fresh clustering would change.

    Attributes
    ----------
    key_of
        Cluster number to theme key, also of clusters whose every text is pinned elsewhere.
    theme_of
        Text id to theme key; None is unsorted.
    confidence
        Text id to 0..1; 1.0 for pinned texts.
    new
        Keys of new themes, "new-<number>", to the number of their cluster.
    gone
        Old keys that no text is in any more, sorted.
    """

    key_of: dict[int, str]
    theme_of: dict[str, str | None]
    confidence: dict[str, float]
    new: dict[str, int]
    gone: tuple[str, ...]


def revise(
    clustering: Clustering,
    *,
    placed: Mapping[str, str],
    pins: Mapping[str, str],
    merged: Collection[str],
) -> Revision:
    """Say in which theme every text of a clustering belongs.

    Parameters
    ----------
    clustering
        The fresh run. A cluster that grew from somebody's examples (`Clustering.seeded`) is their
        theme, unless it surely is another or their theme surely is another cluster.
    placed
        Text id to the key of the theme it is in now. Texts that are not in the run are ignored.
    pins
        Text id to the theme a person put it in: always wins.
    merged
        Keys of themes that took in others by hand. Further clusters most of whose placed
        members lie in such a theme join it.

    Notes
    -----
    Hungarian assignment on the Jaccard of members, counting only texts that are placed now: new
    ideas must not make a theme look less like itself.
    """
    now = {item.id: item.cluster for item in clustering.items}
    old = {text: key for text, key in placed.items() if text in now}
    key_of = _match(now, old, clustering.seeded)
    key_of |= _rejoin(now, old, key_of, set(merged))
    new = _new_keys(clustering, key_of, {*placed.values(), *pins.values(), *merged})
    key_of |= {number: key for key, number in new.items()}
    theme_of = {text: pins.get(text, key_of.get(number)) for text, number in now.items()}
    confidence = {item.id: 1.0 if item.id in pins else item.confidence for item in clustering.items}
    filled = {*theme_of.values(), *pins.values()}
    gone = tuple(sorted(set(placed.values()).difference(filled)))
    return Revision(key_of, theme_of, confidence, {k: n for k, n in new.items() if k in filled}, gone)


def _match(
    now: Mapping[str, int], old: Mapping[str, str], seeded: Mapping[str, int]
) -> dict[int, str]:
    """Return the theme of every cluster that is found again, or grew from a theme's examples."""
    both = Counter((now[text], key) for text, key in old.items())
    numbers = Counter(now[text] for text in old)
    keys = Counter(old.values())
    rows = sorted({*numbers, *seeded.values()} - {UNSORTED})
    columns = sorted({*keys, *seeded})
    jaccard = np.array(
        [[_jaccard(both[n, k], numbers[n], keys[k]) for k in columns] for n in rows]
    ).reshape(len(rows), len(columns))
    grown = np.array([[seeded.get(k) == n for k in columns] for n in rows], bool).reshape(jaccard.shape)
    weight = _clear(jaccard, grown)
    pairs = zip(*linear_sum_assignment(-weight), strict=True)
    return {rows[r]: columns[c] for r, c in pairs if weight[r, c] > 0}


def _jaccard(both: int, one: int, other: int) -> float:
    return both / max(1, one + other - both)


def _clear(jaccard: np.ndarray, grown: np.ndarray) -> np.ndarray:
    """Weigh matches: sure ones first, then examples, then akin ones, others not at all.

    A match stands in the way of two others at most, so that no sum of lesser ones outweighs it.
    """
    lesser = np.where(grown, jaccard + 1.0, np.where(jaccard >= AKIN, jaccard, 0.0))
    return np.where(jaccard >= SAME, jaccard + 4.0, lesser)


def _rejoin(
    now: Mapping[str, int], old: Mapping[str, str], taken: Mapping[int, str], merged: set[str]
) -> dict[int, str]:
    """Return the merged theme of every unmatched cluster that a person had put into it."""
    inside = Counter((now[text], key) for text, key in old.items())
    total = Counter(now[text] for text in old)
    return {
        number: key
        for (number, key), count in sorted(inside.items(), reverse=True)
        if key in merged
        and number not in taken
        and number != UNSORTED
        and count >= ABSORBED * total[number]
    }


def _new_keys(
    clustering: Clustering, key_of: Mapping[int, str], used: Collection[str]
) -> dict[str, int]:
    """Name the clusters that match nothing, past any key that an earlier run has used."""
    new: dict[str, int] = {}
    for cluster in clustering.clusters:
        if cluster.number not in key_of:
            key = f"new-{cluster.number}"
            while key in used or key in new:
                key += "-again"
            new[key] = cluster.number
    return new
