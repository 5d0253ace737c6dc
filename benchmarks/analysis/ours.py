"""The product under measurement, called as the product calls it."""

from collections.abc import Mapping, Sequence
from unittest import mock

from citizen.analysis import clustering
from citizen.analysis.lexicon import Lexicon
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
