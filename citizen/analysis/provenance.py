"""What a result rests on, so that it can be repeated and two results can be compared."""

import platform

import nltk
import numpy as np
import scipy
import sklearn

from citizen.analysis import features, graph, grouping, outliers
from citizen.analysis.embedder.model import Embedder
from citizen.analysis.features import FeatureSpace
from citizen.analysis.lexicon import Lexicon
from citizen.analysis.normalise import folding
from citizen.analysis.thesaurus import Thesaurus


def settings(clusters: int | None, space: FeatureSpace, landmarks: int) -> dict[str, object]:
    """Return everything that was chosen, by the caller or by us."""
    return {
        "clusters": clusters,
        "neighbours": list(grouping.NEIGHBOURS),
        "dimensions": list(grouping.DIMENSIONS),
        "ngrams": list(features.NGRAMS),
        "weights": {name: round(block.weight, 4) for name, block in space.blocks_.items()},
        "anchor_weight": graph.ANCHOR_WEIGHT,
        "landmarks": landmarks,
        "far": outliers.FAR,
    }


def versions(
    lexicon: Lexicon, thesaurus: Thesaurus, embedder: Embedder | None = None
) -> dict[str, str]:
    """Return the versions of all that could change a result."""
    return {
        "python": platform.python_version(),
        "numpy": np.__version__,
        "scipy": scipy.__version__,
        "scikit-learn": sklearn.__version__,
        "nltk": nltk.__version__,
        "lexicon": lexicon.version,
        "thesaurus": thesaurus.version,
        "folding": folding().version,
    } | ({"sentences": f"{embedder.name} {embedder.version}"} if embedder else {})
