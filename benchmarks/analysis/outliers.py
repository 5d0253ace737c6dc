"""Are texts that are no idea told from ideas? Twelve strangers among 360."""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np
from sklearn.cluster import KMeans
from sklearn.metrics import roc_auc_score

from benchmarks.analysis import ours
from benchmarks.analysis.baselines import word_tfidf
from benchmarks.analysis.sets import EvalSets
from benchmarks.analysis.strangers import ELSEWHERE, NONSENSE
from benchmarks.analysis.table import Figure
from citizen.analysis.results import Text

CIVIC, STRANGERS = 360, 12
BARS = (0.94, 0.98)

Closeness = Callable[[Sequence[Text]], Mapping[str, float]]


def figures(sets: EvalSets, draws: int) -> Iterator[Figure]:
    """Yield the area under the curve for each kind of strangers: 1 tells all apart, 0.5 none."""
    if not (sets["composed"].is_here and sets["gothenburg"].is_here):
        yield Figure("strangers told from ideas, AUC", None, *BARS, note="no civic texts")
        return
    found = {}
    for kind, pool in _pools(sets).items():
        found[kind] = _areas(sets, pool, draws, ours.closeness)
        usual = np.mean(_areas(sets, pool, draws, _to_centre))
        yield Figure(f"strangers told from ideas, AUC, {kind}", float(np.mean(found[kind])), *BARS,
                     baseline=f"{usual:.3f} distance to the nearest of KMeans",
                     note=f"worst of {draws} draws {min(found[kind]):.3f}")
    yield Figure("strangers told from ideas, AUC, all kinds", float(np.mean(list(found.values()))), *BARS)
    yield from _unsorted(sets)


def _pools(sets: EvalSets) -> dict[str, Sequence[str]]:
    pools: dict[str, Sequence[str]] = {"nonsense": NONSENSE, "other matters": ELSEWHERE}
    for name, kind in (("sib", "encyclopedia"), ("massive", "voice commands")):
        if sets[name].is_here:
            pools[kind] = [text.text for text in sets[name].texts]
    return pools


def _areas(sets: EvalSets, pool: Sequence[str], draws: int, close: Closeness) -> list[float]:
    areas = []
    for seed in range(draws):
        texts = _mixed(sets, pool, seed)
        near = close(texts)
        strange = [text.id.startswith("stranger") for text in texts]
        areas.append(float(roc_auc_score(strange, [-near[text.id] for text in texts])))
    return areas


def _mixed(sets: EvalSets, pool: Sequence[str], seed: int) -> list[Text]:
    """Return 360 civic texts, all of the composed ones among them, and 12 strangers."""
    rng = random.Random(seed)
    civic = list(sets["composed"].texts)
    civic += rng.sample(sets["gothenburg"].texts, CIVIC - len(civic))
    strangers = [Text(f"stranger-{n}", text) for n, text in enumerate(rng.sample(list(pool), STRANGERS))]
    return [*civic, *strangers]


def _to_centre(texts: Sequence[Text]) -> dict[str, float]:
    """Return the negative distance to the nearest of twenty centres."""
    matrix = word_tfidf([text.text for text in texts])
    distance = KMeans(20, n_init=3, random_state=0).fit(matrix).transform(matrix).min(axis=1)
    return {text.id: -float(far) for text, far in zip(texts, distance, strict=True)}


def _unsorted(sets: EvalSets) -> Iterator[Figure]:
    """Yield what the product does about them when it chooses the number of themes itself."""
    shares: dict[bool, list[float]] = {True: [], False: []}
    for kind in (NONSENSE, ELSEWHERE):
        placed = ours.placed(ours.cluster(_mixed(sets, kind, 0)))
        for strange, found in shares.items():
            inside = [c is None for key, c in placed.items() if key.startswith("stranger") == strange]
            found.append(float(np.mean(inside)))
    yield Figure("written strangers left unsorted", float(np.mean(shares[True])), form=".1%")
    yield Figure("ideas left unsorted beside them", float(np.mean(shares[False])), form=".1%")
