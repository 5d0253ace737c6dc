"""Ideas that say much the same: nearest texts by the features that themes are made of."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from citizen.analysis.features import Document, FeatureSpace, read_document
from citizen.analysis.language import language_of
from citizen.analysis.lexicon import load_lexicon
from citizen.analysis.results import Text

MOST = 5
LEAST_SCORE = 0.05
"""Cosine below which two texts have nothing to do with each other."""

_CHUNK = 256


class Match(NamedTuple):
    """A text that was found and how like it is, 0 to 1."""

    id: str
    score: float


class SimilarTexts:
    """Texts to search in.

    Parameters
    ----------
    texts
        With different ids, in any order; texts without usable words are never found.
    """

    def __init__(self, texts: Sequence[Text]) -> None:
        self._lexicon = load_lexicon()
        ordered = sorted(texts, key=lambda text: text.id)
        read = [(text.id, self._read(text.text, text.lang)) for text in ordered]
        usable = [(text, document) for text, document in read if document.stems]
        self._ids = [text for text, _ in usable]
        documents = [document for _, document in usable]
        self._space = FeatureSpace(len(self._lexicon.concepts))
        if documents:
            self._columns = self._space.fit(documents).transform(documents).T.tocsr()

    def search(self, queries: Sequence[str], count: int = MOST) -> list[list[Match]]:
        """Find the texts most like each query, best first, ties by id.

        Parameters
        ----------
        queries
            Any texts.
        count
            At most so many matches per query.

        Returns
        -------
        One list per query, empty if nothing is like it.
        """
        if not self._ids:
            return [[] for _ in queries]
        rows = self._space.transform([self._read(text, None) for text in queries])
        found: list[list[Match]] = []
        for start in range(0, rows.shape[0], _CHUNK):
            scores = (rows[start : start + _CHUNK] @ self._columns).toarray()
            found.extend(self._best(row, count) for row in scores)
        return found

    def _read(self, text: str, mark: str | None) -> Document:
        return read_document(text, self._lexicon, language_of(text, mark))

    def _best(self, scores: "np.ndarray", count: int) -> list[Match]:
        rounded = np.round(np.minimum(scores, 1.0).astype(float), 4)
        order = np.argsort(-rounded, kind="stable")[:count]
        return [
            Match(self._ids[at], float(rounded[at])) for at in order if rounded[at] >= LEAST_SCORE
        ]
