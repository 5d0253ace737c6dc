"""Find the themes in a pile of texts: the whole chain, from texts to named clusters.

The result depends on the set of texts, the settings and the seed alone: texts are sorted by id
first, and the linear algebra runs on one thread.
"""

import hashlib
import json
import platform
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import scipy
import sklearn
from numpy.typing import NDArray
from scipy import sparse
from threadpoolctl import threadpool_limits

from citizen.analysis import features, graph, grouping, labels, outliers, quotes
from citizen.analysis.language import language_of
from citizen.analysis.lexicon import Lexicon, load_lexicon
from citizen.analysis.normalise import folding
from citizen.analysis.results import (
    UNSORTED,
    Cluster,
    Clustering,
    Item,
    Progress,
    Text,
    TooFewTexts,
)

FEWEST_TEXTS = 10
LANDMARKS = 6_000
"""Different texts that are grouped; more are placed into the groups of a random sample."""

_STARTS = {"reading": 0.0, "features": 0.2, "graph": 0.35, "groups": 0.65, "labels": 0.85}
_ENDS = dict(zip(_STARTS, [*list(_STARTS.values())[1:], 1.0], strict=True))

Tick = Callable[[str, float], None]


@dataclass(frozen=True)
class _Corpus:
    """The texts as read: `row_of[i]` is the row of text i among the different ones, or -1."""

    texts: Sequence[Text]
    langs: Sequence[str]
    documents: Sequence[features.Document]
    different: Sequence[features.Document]
    row_of: NDArray[np.intp]


def find_clusters(
    texts: Sequence[Text],
    *,
    clusters: int | None = None,
    seed: int = 0,
    anchors: Mapping[str, str] | None = None,
    progress: Progress | None = None,
) -> Clustering:
    """Group texts by what they are about and name the groups.

    Parameters
    ----------
    texts
        In any order, with different ids.
    clusters
        Number of clusters wanted. When it is left out a number is chosen, texts that resemble
        nothing stay unsorted and groups of one or two are dissolved; when it is given, only
        texts without usable words stay unsorted. Texts that are all alike give fewer.
    seed
        Chooses the sample that is grouped when there are very many texts.
    anchors
        Text id to the key of the theme it was in before; keeps themes together between runs.
        Ids that are not among the texts are ignored.
    progress
        See `results.Progress`.

    Raises
    ------
    TooFewTexts
        If fewer than ten texts have usable words.
    ValueError
        If two texts have the same id, or `clusters` is below 1 or above the number of texts.
    Cancelled
        If `progress` raises it.
    """
    _check(texts, clusters)
    tick = _ticker(progress)
    with threadpool_limits(limits=1):
        lexicon = load_lexicon()
        corpus = _read(sorted(texts, key=lambda text: text.id), lexicon, tick)
        matrix, weight = _features(corpus.different, lexicon, tick)
        rows = _group(corpus, matrix, clusters, seed, anchors or {}, tick)
        items, found = _describe(corpus, matrix, rows, lexicon, tick)
    return Clustering(
        items=items,
        clusters=found,
        settings=_settings(clusters, weight),
        versions=_versions(lexicon),
        seed=seed,
        input_hash=input_hash(texts, anchors or {}),
    )


def input_hash(texts: Sequence[Text], anchors: Mapping[str, str]) -> str:
    """Return the SHA-256, in hex, of texts and anchors in a fixed order."""
    rows = [[text.id, text.lang, text.text] for text in sorted(texts, key=lambda text: text.id)]
    raw = json.dumps([rows, sorted(anchors.items())], ensure_ascii=True)
    return hashlib.sha256(raw.encode()).hexdigest()


def _check(texts: Sequence[Text], clusters: int | None) -> None:
    if len({text.id for text in texts}) < len(texts):
        raise ValueError("two texts have the same id")
    if clusters is not None and not 1 <= clusters <= len(texts):
        raise ValueError(f"clusters must be between 1 and {len(texts)}, not {clusters}")


def _ticker(progress: Progress | None) -> Tick:
    def tick(stage: str, share: float) -> None:
        if progress is not None:
            start = _STARTS[stage]
            progress(start + (_ENDS[stage] - start) * min(1.0, share), stage)

    return tick


def _read(texts: Sequence[Text], lexicon: Lexicon, tick: Tick) -> _Corpus:
    """Split the texts into words and find those that differ.

    Equal texts share a row: a campaign of five hundred copies is one voice in the choice of
    themes, and all of it ends up in one place.
    """
    every = max(1, len(texts) // 20)
    documents, langs = [], []
    for number, text in enumerate(texts):
        if number % every == 0:
            tick("reading", number / len(texts))
        documents.append(features.read_document(text.text, lexicon))
        langs.append(language_of(text.text, text.lang))
    usable = [document for document in documents if document.stems]
    if len(usable) < FEWEST_TEXTS:
        raise TooFewTexts(f"{len(usable)} texts with usable words, {FEWEST_TEXTS} are needed")
    first: dict[str, int] = {}
    rows = [first.setdefault(d.key, len(first)) if d.stems else -1 for d in documents]
    different = list({document.key: document for document in reversed(usable)}.values())
    different.sort(key=lambda document: first[document.key])
    return _Corpus(texts, langs, documents, different, np.array(rows, np.intp))


def _features(
    documents: Sequence[features.Document], lexicon: Lexicon, tick: Tick
) -> tuple[sparse.csr_matrix, float]:
    tick("features", 0.0)
    space = features.FeatureSpace(len(lexicon.concepts)).fit(documents)
    tick("features", 0.6)
    matrix = space.transform(documents)
    tick("features", 1.0)
    return matrix, space.weight_


def _group(
    corpus: _Corpus,
    matrix: sparse.csr_matrix,
    clusters: int | None,
    seed: int,
    anchors: Mapping[str, str],
    tick: Tick,
) -> NDArray[np.intp]:
    """Return the group of every row of the matrix, `UNSORTED` for none."""
    size = matrix.shape[0]
    copies = np.bincount(corpus.row_of[corpus.row_of >= 0], minlength=size)
    sample = _sample(size, seed)
    coordinates, near = _coordinates(matrix[sample], _anchored(corpus, anchors, sample), tick)
    tick("groups", 0.0)
    far = outliers.is_far_out(near) & (copies[sample] < grouping.SMALLEST)
    kept = np.arange(len(sample)) if clusters else np.flatnonzero(~far)
    wanted = clusters or grouping.suggested_clusters(int(copies.sum()))
    groups = np.full(size, UNSORTED, np.intp)
    groups[sample[kept]] = grouping.ward(coordinates[kept], min(wanted, len(kept)))
    tick("groups", 0.6)
    rest = np.setdiff1d(np.arange(size), sample)
    groups[rest] = grouping.place_rest(matrix[sample[kept]], groups[sample[kept]], matrix[rest])
    tick("groups", 0.9)
    return groups if clusters else grouping.dissolve_small(groups, copies)


def _sample(size: int, seed: int) -> NDArray[np.intp]:
    if size <= LANDMARKS:
        return np.arange(size)
    return np.sort(np.random.default_rng(seed).choice(size, LANDMARKS, replace=False))


def _anchored(
    corpus: _Corpus, anchors: Mapping[str, str], sample: NDArray[np.intp]
) -> list[list[int]]:
    """Return the rows of the sample that were in a theme together, one list per theme."""
    place = {int(row): at for at, row in enumerate(sample)}
    groups: dict[str, set[int]] = defaultdict(set)
    for text, row in zip(corpus.texts, corpus.row_of, strict=True):
        if text.id in anchors and int(row) in place:
            groups[anchors[text.id]].add(place[int(row)])
    return [sorted(groups[key]) for key in sorted(groups)]


def _coordinates(
    matrix: sparse.csr_matrix, anchored: Sequence[Sequence[int]], tick: Tick
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return spectral coordinates and closeness to the nearest neighbours of every row."""
    size = matrix.shape[0]
    tick("graph", 0.0)
    if size == 1:
        return np.zeros((1, 1)), np.ones(1)
    count = min(graph.NEIGHBOURS, size - 1)
    indices, cosines = graph.nearest(matrix, count, lambda share: tick("graph", 0.7 * share))
    joined = graph.add_anchors(graph.build_graph(indices, cosines), anchored)
    tick("graph", 0.75)
    dimensions = min(graph.DIMENSIONS, size - 1)
    return graph.embed(joined, dimensions)[:size], outliers.closeness(cosines)


def _describe(
    corpus: _Corpus,
    matrix: sparse.csr_matrix,
    rows: NDArray[np.intp],
    lexicon: Lexicon,
    tick: Tick,
) -> tuple[tuple[Item, ...], tuple[Cluster, ...]]:
    """Number the groups by size and say what is in them."""
    tick("labels", 0.0)
    rows = _by_size(rows, corpus.row_of)
    similarity = np.zeros((len(rows), 0))
    if rows.max() >= 0:
        similarity = np.asarray(matrix @ grouping.centroids(matrix, rows).T)
    sure = grouping.confidence(similarity, rows)
    tick("labels", 0.3)
    placed = [int(rows[row]) if row >= 0 else UNSORTED for row in corpus.row_of]
    certain = [float(sure[row]) if row >= 0 else 0.0 for row in corpus.row_of]
    vocabulary = labels.Vocabulary(corpus.documents, lexicon)
    tick("labels", 0.5)
    names = labels.name_groups(corpus.documents, corpus.langs, placed, vocabulary)
    tick("labels", 0.8)
    items = tuple(
        Item(text.id, cluster, round(certainty, 4), lang)
        for text, cluster, certainty, lang in zip(
            corpus.texts, placed, certain, corpus.langs, strict=True
        )
    )
    found = tuple(
        _cluster(number, name, placed, similarity, corpus) for number, name in enumerate(names)
    )
    tick("labels", 1.0)
    return items, found


def _by_size(rows: NDArray[np.intp], row_of: NDArray[np.intp]) -> NDArray[np.intp]:
    """Number groups from 0 by falling number of texts, ties by the smallest id in them."""
    sizes: dict[int, int] = defaultdict(int)
    for row in row_of:
        if row >= 0 and rows[row] != UNSORTED:
            sizes[int(rows[row])] += 1
    # Texts are sorted by id, and a dict keeps the order in which groups first came up.
    ranked = sorted(sizes, key=lambda group: -sizes[group])
    number = {group: place for place, group in enumerate(ranked)} | {UNSORTED: UNSORTED}
    return np.array([number[int(group)] for group in rows], np.intp)


def _cluster(
    number: int,
    name: labels.Name,
    placed: Sequence[int],
    similarity: NDArray[np.float64],
    corpus: _Corpus,
) -> Cluster:
    members = [at for at, cluster in enumerate(placed) if cluster == number]
    closeness = {at: float(similarity[corpus.row_of[at], number]) for at in members}
    keys = {at: corpus.documents[at].key for at in members}
    chosen = quotes.typical(members, closeness, keys)
    return Cluster(
        number=number,
        size=len(members),
        terms=name.terms,
        labels=name.labels,
        representatives=tuple(corpus.texts[at].id for at in chosen),
        concept=name.concept,
        goals=name.goals,
    )


def _settings(clusters: int | None, weight: float) -> dict[str, object]:
    return {
        "clusters": clusters,
        "neighbours": graph.NEIGHBOURS,
        "dimensions": graph.DIMENSIONS,
        "ngrams": list(features.NGRAMS),
        "concept_weight": round(weight, 4),
        "anchor_weight": graph.ANCHOR_WEIGHT,
        "landmarks": LANDMARKS,
    }


def _versions(lexicon: Lexicon) -> dict[str, str]:
    return {
        "python": platform.python_version(),
        "numpy": np.__version__,
        "scipy": scipy.__version__,
        "scikit-learn": sklearn.__version__,
        "lexicon": lexicon.version,
        "folding": folding().version,
    }
