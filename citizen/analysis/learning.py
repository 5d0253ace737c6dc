"""Learn themes from landmarks: read them, compare them, group them, say what the groups are.

The result depends on the landmarks, the settings and the word lists alone: landmarks are sorted by
id, and the linear algebra runs on one thread.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from threadpoolctl import threadpool_limits

from citizen.analysis import grouping, landmarks, outliers, placing, provenance, seeds
from citizen.analysis.corpus import Corpus, read_corpus
from citizen.analysis.describing import Grouped, describe, near_duplicates, nearest_of_theme
from citizen.analysis.embedder.model import Embedder
from citizen.analysis.features import FeatureSpace
from citizen.analysis.grouping import GraphWard
from citizen.analysis.landmarks import Survey
from citizen.analysis.lexicon import Lexicon, load_lexicon
from citizen.analysis.model import ThemeModel, with_sentences
from citizen.analysis.placing import Place
from citizen.analysis.results import UNSORTED, Cluster, Clustering, Item, Progress, Seed
from citizen.analysis.thesaurus import Thesaurus, load_thesaurus
from citizen.analysis.words import Words

_STARTS = {"reading": 0.0, "features": 0.2, "graph": 0.3, "groups": 0.6, "labels": 0.7, "placing": 0.8}
_ENDS = dict(zip(_STARTS, [*list(_STARTS.values())[1:], 1.0], strict=True))

Tick = Callable[[str, float], None]


class WordLists(NamedTuple):
    """What the analysis knows of words and sentences beside the texts themselves."""

    lexicon: Lexicon
    thesaurus: Thesaurus
    embedder: Embedder | None = None


@dataclass(frozen=True)
class Settings:
    """What a run is asked for.

    Attributes
    ----------
    clusters
        Number of clusters wanted. When it is left out a number is chosen, texts that resemble
        nothing stay unsorted and groups of one or two are dissolved; when it is given, only
        texts without usable words stay unsorted. Texts that are all alike give fewer.
    seed
        Chooses the texts that are grouped when there are very many.
    anchors
        Text id to the key of the theme it was in before; keeps themes together between runs.
        Ids that are not among the texts are ignored.
    seeds
        Examples of themes that somebody has in mind.
    """

    clusters: int | None = None
    seed: int = 0
    anchors: Mapping[str, str] | None = None
    seeds: Sequence[Seed] = ()


@dataclass(frozen=True)
class Learnt:
    """Themes as learnt from landmarks: a model that places texts, and what there is to tell.

    `near` holds, per landmark, the ids of up to two landmarks of its theme that are nearest; the other
    attributes are as in `results.Clustering`.
    """

    model: ThemeModel
    clusters: tuple[Cluster, ...]
    near: dict[str, tuple[str, ...]]
    tree: tuple[tuple[int, int], ...]
    duplicates: tuple[tuple[str, ...], ...]
    seeded: dict[str, int]
    settings: dict[str, Any]
    versions: dict[str, str]
    input_hash: str

    def result(self, items: Iterable[Item]) -> Clustering:
        """Return the finished run, with the sizes that the items give."""
        placed = tuple(sorted(items, key=lambda item: item.id))
        sizes = Counter(item.cluster for item in placed)
        return Clustering(
            items=placed,
            clusters=self.sized(sizes),
            tree=self.tree, duplicates=self.duplicates, seeded=self.seeded, settings=self.settings,
            versions=self.versions, seed=self.model.seed, input_hash=self.input_hash,
        )

    def sized(self, sizes: Mapping[int, int]) -> tuple[Cluster, ...]:
        """Return the clusters with the number of texts in each."""
        return tuple(replace(one, size=sizes.get(one.number, 0)) for one in self.clusters)


def ticker(progress: Progress | None) -> Tick:
    """Return a function that is told stage and share of the stage, and tells the share of all."""

    def tick(stage: str, share: float) -> None:
        if progress is not None:
            start = _STARTS[stage]
            progress(start + (_ENDS[stage] - start) * min(1.0, share), stage)

    return tick


def learn(
    chosen: Survey,
    settings: Settings,
    lists: WordLists | None = None,
    progress: Progress | None = None,
) -> Learnt:
    """Learn themes from the landmarks of a survey.

    Raises
    ------
    TooFewTexts, ValueError, Cancelled
        As `find_clusters`.
    """
    check_clusters(settings.clusters, chosen.texts)
    tick = ticker(progress)
    with threadpool_limits(limits=1):
        return _learn(chosen, settings, lists or WordLists(load_lexicon(), load_thesaurus()), tick)


def check_clusters(clusters: int | None, texts: int) -> None:
    """Raise ValueError unless so many clusters can be made of so many texts."""
    if clusters is not None and not 1 <= clusters <= texts:
        raise ValueError(f"clusters must be between 1 and {texts}, not {clusters}")


def _learn(chosen: Survey, settings: Settings, lists: WordLists, tick: Tick) -> Learnt:
    lexicon, thesaurus, embedder = lists
    words = Words(lexicon, thesaurus)
    examples = seeds.as_landmarks(settings.seeds)
    by_number = chosen.landmarks()
    everybody = [*by_number.values(), *examples]
    corpus = read_corpus(everybody, words, lambda share: tick("reading", 0.5 + 0.5 * share))
    space, rows = _features(corpus, lists, tick)
    found, labels, groups = _group(corpus, space, rows, chosen.texts, settings, tick)
    tick("labels", 0.0)
    borders = placing.learn_borders(rows, groups, everything=settings.clusters is not None)
    closeness = placing.to_others(rows, groups)
    places = _places(corpus, rows, groups, borders, closeness)
    real = len(everybody) - len(examples)
    own = [*places[:real], *[placing.NOWHERE] * len(examples)]
    grouped = Grouped(corpus, groups, own, closeness, found.neighbours_)
    tick("labels", 0.3)
    model = ThemeModel(
        space, borders, dict(zip(by_number, places, strict=False)), settings.seed,
        words, embedder,
    )
    learnt = Learnt(
        model=model,
        clusters=tuple(describe(grouped, lexicon)),
        near=nearest_of_theme(grouped),
        tree=_joins(found, labels, groups),
        duplicates=near_duplicates(corpus, found.neighbours_, found.cosines_),
        seeded=seeds.grown(settings.seeds, places[real:]),
        settings=provenance.settings(settings.clusters, space, landmarks.LANDMARKS),
        versions=provenance.versions(lexicon, thesaurus, embedder),
        input_hash=chosen.fingerprint(
            sorted((settings.anchors or {}).items()), [[s.theme, s.text, s.lang] for s in settings.seeds]
        ),
    )
    tick("labels", 1.0)
    return learnt


def _joins(
    found: GraphWard, labels: NDArray[np.intp], groups: NDArray[np.intp]
) -> tuple[tuple[int, int], ...]:
    """Return what to join for fewer themes, in the numbers the themes have now."""
    now = dict(zip(labels.tolist(), groups.tolist(), strict=True))
    as_cut = np.array([now.get(group, UNSORTED) for group in found.cut_.tolist()], np.intp)
    return tuple(grouping.merges(found.tree_, as_cut))


def _features(
    corpus: Corpus, lists: WordLists, tick: Tick
) -> tuple[FeatureSpace, sparse.csr_matrix]:
    tick("features", 0.0)
    space = FeatureSpace().fit(corpus.counts, corpus.words)
    tick("features", 0.6)
    rows = space.transform(corpus.counts, space.brought_)
    rows = with_sentences(rows, corpus.passages, lists.embedder)
    tick("features", 1.0)
    return space, rows


def _group(
    corpus: Corpus,
    space: FeatureSpace,
    rows: sparse.csr_matrix,
    texts: int,
    settings: Settings,
    tick: Tick,
) -> tuple[GraphWard, NDArray[np.intp], NDArray[np.intp]]:
    """Return the grouping, the group of every row, and its theme: by falling number of texts."""
    wanted = settings.clusters or grouping.suggested_clusters(texts)
    copies = corpus.copies
    together = seeds.anchored(corpus, settings.seeds, settings.anchors or {})
    familiar = outliers.familiarity(corpus.counts, corpus.words, space.concept_weight)
    found = GraphWard(
        min(wanted, rows.shape[0]),
        keep_all=settings.clusters is not None,
        tick=lambda share: tick("graph", share),
    ).fit(rows, anchors=list(together.values()), copies=copies, familiar=familiar)
    tick("groups", 0.0)
    labels = found.labels_
    if settings.clusters is None:
        labels = grouping.dissolve_small(labels, copies)
    tick("groups", 0.5)
    labels = seeds.gather(rows, labels, together)
    groups = _by_size(labels, copies)
    tick("groups", 1.0)
    return found, labels, groups


def _by_size(groups: NDArray[np.intp], copies: NDArray[np.intp]) -> NDArray[np.intp]:
    """Number groups from 0 by falling number of texts, ties by the first row."""
    inside = np.flatnonzero(groups != UNSORTED)
    sizes = np.bincount(groups[inside], copies[inside])
    _, first = np.unique(groups[inside], return_index=True)
    present = groups[inside][np.sort(first)]
    ranked = sorted(present, key=lambda group: -sizes[group])
    number = np.full(int(groups.max()) + 2, UNSORTED, np.intp)
    number[ranked] = np.arange(len(ranked))
    # The last place stays free: it is where UNSORTED, which is -1, points.
    return number[groups]


def _places(
    corpus: Corpus,
    rows: sparse.csr_matrix,
    groups: NDArray[np.intp],
    borders: placing.Borders,
    closeness: NDArray[np.float64],
) -> list[Place]:
    """Say where every landmark belongs."""
    sure, other = placing.margins(rows, groups, borders, own=closeness)
    passages: list[list[tuple[Place, int]]] = [[] for _ in corpus.landmarks]
    for row, own, document in zip(corpus.row_of, corpus.owner, corpus.documents, strict=True):
        place = Place(int(groups[row]), float(sure[row]), int(other[row])) if row >= 0 else placing.NOWHERE
        passages[own].append((place, len(document.stems)))
    return [placing.combine(own) for own in passages]
