"""From texts to sparse vectors: character n-grams of stems, and concepts beside them.

Both blocks are TF-IDF with rows of length one, weighted and scaled back to length one when joined,
so that a dot product is a cosine. Formula: scikit-learn's smoothed idf,
``ln((1 + n) / (1 + df)) + 1``.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import TfidfTransformer, TfidfVectorizer
from sklearn.preprocessing import normalize

from citizen.analysis.lexicon import Lexicon
from citizen.analysis.normalise import placed_words
from citizen.analysis.stems import stem_in
from citizen.analysis.stopwords import is_stop_word

NGRAMS = (3, 5)
MOST_FEATURES = 60_000
RARE_FROM = 50
"""Documents from which on n-grams of a single document are left out."""

HALF = 0.5
"""Largest weight of the concepts: half the similarity."""


@dataclass(frozen=True)
class Document:
    """A text in words.

    Attributes
    ----------
    surface
        Content words as written.
    stems
        Their stems, same length.
    opens
        Whether each of them opens a sentence, same length.
    concepts
        Positions in the lexicon of the concepts the words speak of.
    """

    surface: tuple[str, ...]
    stems: tuple[str, ...]
    opens: tuple[bool, ...]
    concepts: tuple[int, ...]

    @property
    def key(self) -> str:
        """The stems as one string: equal for texts that say the same words."""
        return " ".join(self.stems)


def read_document(text: str, lexicon: Lexicon, lang: str) -> Document:
    """Split a text in a language into content words, stems and concepts."""
    content = [
        (word, opens)
        for word, opens in placed_words(text)
        if len(word) > 1 and not is_stop_word(word)
    ]
    return Document(
        surface=tuple(word for word, _ in content),
        stems=tuple(stem_in(word, lang) for word, _ in content),
        opens=tuple(opens for _, opens in content),
        concepts=tuple(number for word, _ in content for number in sorted(lexicon.find(word))),
    )


def concept_weight(coverage: float) -> float:
    """Return the weight of the concept block, 0 to 0.5, from the share of texts with a concept.

    ``0.5 * clip((coverage - 0.5) / 0.3, 0, 1)``: a lexicon that knows less than half of the
    texts comes from another world and would only disturb.
    """
    return HALF * float(np.clip((coverage - 0.5) / 0.3, 0.0, 1.0))


def coverage(documents: Sequence[Document]) -> float:
    """Return the share of documents that speak of at least one concept, 0 to 1."""
    return float(np.mean([bool(document.concepts) for document in documents]))


class FeatureSpace:
    """Turn documents into rows of length one whose dot product is their similarity.

    Parameters
    ----------
    concepts
        Number of concepts in the lexicon.

    Attributes
    ----------
    weight_
        Weight of the concepts in the similarity, 0 to 0.5, learnt from the coverage.
    """

    def __init__(self, concepts: int) -> None:
        self.concepts = concepts

    def fit(self, documents: Sequence[Document]) -> "FeatureSpace":
        """Learn n-grams, their rarity and the weight of the concepts.

        Raises
        ------
        ValueError
            If no document has any stem.
        """
        self.weight_ = concept_weight(coverage(documents))
        self._characters = TfidfVectorizer(
            analyzer="char_wb",
            ngram_range=NGRAMS,
            lowercase=False,
            sublinear_tf=True,
            min_df=2 if len(documents) >= RARE_FROM else 1,
            max_features=MOST_FEATURES,
            dtype=np.float32,
        ).fit([document.key for document in documents])
        self._rarity = TfidfTransformer(sublinear_tf=True)
        if self.weight_:
            self._rarity.fit(self._count(documents))
        return self

    def transform(self, documents: Sequence[Document]) -> sparse.csr_matrix:
        """Return the rows of documents, shape (documents, features).

        A row without concepts rests on its characters alone; a row that shares no n-gram with
        the documents learnt from is zero.
        """
        characters = self._characters.transform([document.key for document in documents])
        if not self.weight_:
            return characters.tocsr()
        concepts = self._rarity.transform(self._count(documents))
        joined = sparse.hstack(
            [
                characters * np.float32(np.sqrt(1 - self.weight_)),
                concepts * np.float32(np.sqrt(self.weight_)),
            ]
        )
        return normalize(joined.tocsr())

    def _count(self, documents: Sequence[Document]) -> sparse.csr_matrix:
        """Return how often each document speaks of each concept."""
        rows = [row for row, document in enumerate(documents) for _ in document.concepts]
        columns = [number for document in documents for number in document.concepts]
        return sparse.csr_matrix(
            (np.ones(len(rows), np.float32), (rows, columns)),
            shape=(len(documents), self.concepts),
        )
