"""Examples of themes that somebody has in mind: they are read like texts, and become themes.

Examples pull together from the start, as the texts of an earlier theme do. Where no group grew from
them, since too few say the same or an earlier theme has the texts, what is most like them is gathered
around them: as in seeded k-means, with the examples' own centroid (Basu et al. 2002).
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from citizen.analysis.corpus import Corpus
from citizen.analysis.landmarks import Landmark
from citizen.analysis.placing import NEARLY, Place, to_others
from citizen.analysis.results import UNSORTED, Seed, Text

ALIKE_ENOUGH = 0.2
"""Cosine to the centroid of a theme's examples below which a text is not gathered around them."""


def as_landmarks(seeds: Sequence[Seed]) -> list[Landmark]:
    """Return examples as landmarks that stand for no text at all."""
    return [
        Landmark(Text(f"seed-{number}", seed.text, seed.lang), copies=0)
        for number, seed in enumerate(seeds)
    ]


def anchored(corpus: Corpus, seeds: Sequence[Seed], anchors: Mapping[str, str]) -> dict[str, list[int]]:
    """Return the rows that belong together, by earlier theme ("theme …") or seeded one ("seed …").

    Parameters
    ----------
    anchors
        Earlier theme of texts, by id.
    """
    theme_of = {
        landmark.text.id: f"seed {seed.theme}"
        for landmark, seed in zip(as_landmarks(seeds), seeds, strict=True)
    }
    theme_of |= {text: f"theme {key}" for text, key in anchors.items()}
    rows: dict[str, set[int]] = defaultdict(set)
    for row, own in zip(corpus.row_of, corpus.owner, strict=True):
        theme = theme_of.get(corpus.landmarks[own].text.id)
        if theme is not None and row >= 0:
            rows[theme].add(int(row))
    return {theme: sorted(rows[theme]) for theme in sorted(rows)}


def gather(
    rows: sparse.csr_matrix, groups: NDArray[np.intp], together: Mapping[str, Sequence[int]]
) -> NDArray[np.intp]:
    """Return the groups with one more for every seeded theme that none grew from.

    A group grew from a theme's examples when most of them are in it, unless it is an earlier theme
    found again. Around the examples of the others come the rows that are `ALIKE_ENOUGH` and at least
    `NEARLY` as near to them as to their own group. Where there are none, nothing changes.

    Parameters
    ----------
    rows
        Features, shape (n, features).
    groups
        Group of every row or `UNSORTED`, shape (n,).
    together
        As `anchored` returns it.
    """
    examples = {theme: list(own) for theme, own in together.items() if theme.startswith("seed ")}
    earlier = {theme: own for theme, own in together.items() if theme not in examples}
    taken = {_most(groups[list(own)].tolist()) for own in earlier.values()} | {UNSORTED}
    without = [theme for theme, own in examples.items() if _most(groups[own].tolist()) in taken]
    if not without:
        return groups
    middles = sparse.vstack([sparse.csr_matrix(rows[examples[theme]].sum(axis=0)) for theme in without])
    lengths = np.sqrt(np.asarray(middles.multiply(middles).sum(axis=1))).ravel()
    cosines = np.asarray((rows @ middles.T).toarray(), np.float64) / np.maximum(lengths, 1e-12)
    best = np.argmax(np.round(cosines, 5), axis=1)
    near = np.round(cosines[np.arange(len(best)), best], 5)
    comes = (near >= ALIKE_ENOUGH) & (near >= NEARLY * to_others(rows, groups))
    comes[[row for own in examples.values() for row in own]] = False
    gathered = groups.copy()
    for at, theme in enumerate(without):
        if np.any(members := comes & (best == at)):
            gathered[members] = gathered[examples[theme]] = gathered.max() + 1
    return gathered


def _most(groups: Sequence[int]) -> int:
    """Return the group of most, the smaller number of equals."""
    count = Counter(groups)
    return min(count, key=lambda group: (-count[group], group))


def grown(seeds: Sequence[Seed], places: Sequence[Place]) -> dict[str, int]:
    """Return the cluster in which most examples of each seeded theme are, if they are in any."""
    inside: dict[str, list[int]] = defaultdict(list)
    for seed, place in zip(seeds, places, strict=True):
        if place.cluster != UNSORTED:
            inside[seed.theme].append(place.cluster)
    return {theme: _most(found) for theme, found in sorted(inside.items())}
