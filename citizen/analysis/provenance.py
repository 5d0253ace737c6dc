"""What a result rests on, so that it can be repeated and two results can be compared."""

import hashlib
import json
import platform
from collections.abc import Mapping, Sequence

import nltk
import numpy as np
import scipy
import sklearn

from citizen.analysis import features, graph, outliers
from citizen.analysis.lexicon import Lexicon
from citizen.analysis.normalise import folding
from citizen.analysis.results import Text


def input_hash(texts: Sequence[Text], anchors: Mapping[str, str]) -> str:
    """Return the SHA-256, in hex, of texts and anchors in a fixed order."""
    rows = [[text.id, text.lang, text.text] for text in sorted(texts, key=lambda text: text.id)]
    raw = json.dumps([rows, sorted(anchors.items())], ensure_ascii=True)
    return hashlib.sha256(raw.encode()).hexdigest()


def settings(clusters: int | None, weight: float, landmarks: int) -> dict[str, object]:
    """Return everything that was chosen, by the caller or by us; `weight` is the concepts'."""
    return {
        "clusters": clusters,
        "neighbours": graph.NEIGHBOURS,
        "dimensions": [graph.FEWEST_DIMENSIONS, graph.MOST_DIMENSIONS],
        "ngrams": list(features.NGRAMS),
        "concept_weight": round(weight, 4),
        "anchor_weight": graph.ANCHOR_WEIGHT,
        "landmarks": landmarks,
        "far": outliers.FAR,
    }


def versions(lexicon: Lexicon) -> dict[str, str]:
    """Return the versions of all that could change a result."""
    return {
        "python": platform.python_version(),
        "numpy": np.__version__,
        "scipy": scipy.__version__,
        "scikit-learn": sklearn.__version__,
        "nltk": nltk.__version__,
        "lexicon": lexicon.version,
        "folding": folding().version,
    }
