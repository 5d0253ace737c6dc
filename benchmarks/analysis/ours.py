"""The product under measurement, called as the product calls it."""

from collections.abc import Mapping, Sequence
from unittest import mock

from citizen.analysis import clustering, features, graph, outliers
from citizen.analysis.corpus import read_corpus
from citizen.analysis.lexicon import Lexicon, load_lexicon
from citizen.analysis.results import UNSORTED, Clustering, Text

NO_LEXICON = Lexicon("none", (), ())


def cluster(
    texts: Sequence[Text],
    clusters: int | None = None,
    anchors: Mapping[str, str] | None = None,
    lexicon: bool = True,
) -> Clustering:
    """Find clusters, if asked without the concepts: what is left when the words are others."""
    if lexicon:
        return clustering.find_clusters(texts, clusters=clusters, anchors=anchors)
    with mock.patch.object(clustering, "load_lexicon", return_value=NO_LEXICON):
        return clustering.find_clusters(texts, clusters=clusters, anchors=anchors)


def placed(found: Clustering) -> dict[str, str | None]:
    """Return text id to cluster, as `scoring` takes it."""
    return {item.id: None if item.cluster == UNSORTED else str(item.cluster) for item in found.items}


def closeness(texts: Sequence[Text]) -> dict[str, float]:
    """Return text id to how close it is to its nearest others; 0 for texts without usable words."""
    corpus = read_corpus(sorted(texts, key=lambda text: text.id), load_lexicon(), lambda _share: None)
    space = features.FeatureSpace(len(load_lexicon().concepts)).fit(corpus.different)
    count = min(graph.NEIGHBOURS, len(corpus.different) - 1)
    _, cosines = graph.nearest(space.transform(corpus.different), count, lambda _share: None)
    near = outliers.closeness(cosines)
    rows = zip(corpus.texts, corpus.row_of, strict=True)
    return {text.id: float(near[row]) if row >= 0 else 0.0 for text, row in rows}
