"""Find the themes in a pile of texts: the whole chain, from texts to named clusters.

The result depends on the set of texts, the settings and the seed alone: texts are sorted by id
first, and the linear algebra runs on one thread.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from threadpoolctl import threadpool_limits

from citizen.analysis import features, graph, grouping, labels, outliers, provenance, quotes
from citizen.analysis.corpus import Corpus, read_corpus
from citizen.analysis.lexicon import Lexicon, load_lexicon
from citizen.analysis.results import UNSORTED, Cluster, Clustering, Item, Progress, Text

LANDMARKS = 6_000
"""Different texts that are grouped; more are placed into the groups of a random sample."""

_STARTS = {"reading": 0.0, "features": 0.2, "graph": 0.35, "groups": 0.65, "labels": 0.85}
_ENDS = dict(zip(_STARTS, [*list(_STARTS.values())[1:], 1.0], strict=True))

Tick = Callable[[str, float], None]


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
        ordered = sorted(texts, key=lambda text: text.id)
        corpus = read_corpus(ordered, lexicon, lambda share: tick("reading", share))
        matrix, weight = _features(corpus.different, lexicon, tick)
        rows = _group(corpus, matrix, clusters, seed, anchors or {}, tick)
        items, found = _describe(corpus, matrix, rows, lexicon, tick)
    return Clustering(
        items=items,
        clusters=found,
        settings=provenance.settings(clusters, weight, LANDMARKS),
        versions=provenance.versions(lexicon),
        seed=seed,
        input_hash=provenance.input_hash(texts, anchors or {}),
    )


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
    corpus: Corpus,
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
    wanted = clusters or grouping.suggested_clusters(int(copies.sum()))
    anchored = _anchored(corpus, anchors, sample)
    coordinates, near = _coordinates(matrix[sample], anchored, wanted, tick)
    tick("groups", 0.0)
    far = outliers.is_far_out(near) & (copies[sample] < grouping.SMALLEST)
    kept = np.arange(len(sample)) if clusters else np.flatnonzero(~far)
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
    corpus: Corpus, anchors: Mapping[str, str], sample: NDArray[np.intp]
) -> list[list[int]]:
    """Return the rows of the sample that were in a theme together, one list per theme."""
    place = {int(row): at for at, row in enumerate(sample)}
    groups: dict[str, set[int]] = defaultdict(set)
    for text, row in zip(corpus.texts, corpus.row_of, strict=True):
        if text.id in anchors and int(row) in place:
            groups[anchors[text.id]].add(place[int(row)])
    return [sorted(groups[key]) for key in sorted(groups)]


def _coordinates(
    matrix: sparse.csr_matrix, anchored: Sequence[Sequence[int]], groups: int, tick: Tick
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
    dimensions = min(graph.dimensions_for(groups), size - 1)
    return graph.embed(joined, dimensions)[:size], outliers.closeness(cosines)


def _describe(
    corpus: Corpus,
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
    corpus: Corpus,
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
