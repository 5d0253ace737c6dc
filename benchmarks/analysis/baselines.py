"""What one gets with scikit-learn and nltk in an afternoon, and with a sentence model and KMeans."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from nltk.stem.snowball import SnowballStemmer
from numpy.typing import NDArray
from sklearn.cluster import KMeans
from sklearn.decomposition import NMF, TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.preprocessing import normalize

from citizen.analysis.embedder import Embedder
from citizen.analysis.language import detect
from citizen.analysis.normalise import words
from citizen.analysis.results import LANGUAGES
from citizen.analysis.stopwords import stop_words

_STEMMERS = {lang: SnowballStemmer(name) for lang, name in
             {"sv": "swedish", "nb": "norwegian", "nn": "norwegian", "en": "english"}.items()}

Labels = NDArray[np.intp]


@dataclass(frozen=True)
class Baseline:
    """A way to group texts: `prepare` makes a matrix once, `group` cuts it for (matrix, k, seed)."""

    name: str
    prepare: Callable[[Sequence[str]], Any]
    group: Callable[[Any, int, int], Labels]


def word_tfidf(texts: Sequence[str]) -> Any:
    """Return words weighted by rarity, shape (texts, words)."""
    return TfidfVectorizer(sublinear_tf=True).fit_transform(texts)


def _character_svd(texts: Sequence[str]) -> Any:
    grams = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, min_df=2)
    matrix = grams.fit_transform(texts)
    reduced = TruncatedSVD(min(100, min(matrix.shape) - 1), random_state=0).fit_transform(matrix)
    return normalize(reduced)


def _stem_tfidf(texts: Sequence[str]) -> Any:
    stop = frozenset(word for lang in LANGUAGES for word in stop_words(lang))

    def stems(text: str) -> list[str]:
        stemmer = _STEMMERS.get(detect(text), _STEMMERS["sv"])
        return [stemmer.stem(word) for word in map(str.lower, words(text)) if word not in stop]

    return TfidfVectorizer(analyzer=stems, sublinear_tf=True).fit_transform(texts)


def _kmeans(matrix: Any, groups: int, seed: int) -> Labels:
    return np.asarray(KMeans(groups, n_init=10, random_state=seed).fit_predict(matrix), np.intp)


def _nmf(matrix: Any, groups: int, seed: int) -> Labels:
    model = NMF(groups, init="nndsvdar", max_iter=400, tol=1e-3, random_state=seed)
    return np.asarray(model.fit_transform(matrix).argmax(axis=1), np.intp)


def baselines(embedder: Embedder | None = None) -> list[Baseline]:
    """Return all of them; a sentence model joins when there is one."""
    found = [
        Baseline("words+KMeans", word_tfidf, _kmeans),
        Baseline("chars+SVD+KMeans", _character_svd, _kmeans),
        Baseline("stems+NMF", _stem_tfidf, _nmf),
    ]
    if embedder is not None:
        found.append(Baseline(f"{embedder.name}+KMeans", embedder.embed, _kmeans))
    return found
