"""The product under measurement, called as the product calls it."""

from collections.abc import Mapping, Sequence
from typing import Any
from unittest import mock

import numpy as np

from citizen.analysis import clustering, landmarks, learning
from citizen.analysis.lexicon import Lexicon
from citizen.analysis.results import UNSORTED, Clustering, Text
from citizen.analysis.thesaurus import no_thesaurus

NO_LEXICON = Lexicon("none", (), ())

WITHOUT: dict[str, dict[str, Any]] = {
    "": {},
    " without the lexicon": {"lexicon": NO_LEXICON},
    " without lexicon and thesaurus": {"lexicon": NO_LEXICON, "thesaurus": no_thesaurus()},
}
"""What is left when people speak of what our lists do not know."""


def cluster(
    texts: Sequence[Text],
    clusters: int | None = None,
    anchors: Mapping[str, str] | None = None,
    **lists: Any,
) -> Clustering:
    """Find clusters, with the product's own lists or with others."""
    return clustering.find_clusters(texts, clusters=clusters, anchors=anchors, **lists)


def learn(texts: Sequence[Text], clusters: int | None = None) -> learning.Learnt:
    """Learn themes, with a model that places further texts."""
    chosen = landmarks.Survey(0, landmarks.LANDMARKS)
    for text in texts:
        chosen.add(text)
    return learning.learn(chosen, learning.Settings(clusters))


def placed(found: Clustering) -> dict[str, str | None]:
    """Return text id to cluster, as `scoring` takes it."""
    return {item.id: None if item.cluster == UNSORTED else str(item.cluster) for item in found.items}


def closeness(texts: Sequence[Text]) -> dict[str, float]:
    """Return text id to how close it is to its nearest others; 0 for texts without usable words.

    What a run sees but does not tell, taken out by the side; of a text's passages the closest counts.
    """
    seen: dict[str, Any] = {}
    group = learning._group

    def look(corpus: Any, *rest: Any) -> Any:
        found = group(corpus, *rest)
        seen.update(corpus=corpus, near=found[0].closeness_)
        return found

    with mock.patch.object(learning, "_group", look):
        clustering.find_clusters(texts)
    corpus, near = seen["corpus"], seen["near"]
    result = dict.fromkeys((text.id for text in texts), 0.0)
    for passage in np.flatnonzero(corpus.row_of >= 0):
        text = corpus.landmarks[corpus.owner[passage]].text.id
        result[text] = max(result[text], float(near[corpus.row_of[passage]]))
    return result
