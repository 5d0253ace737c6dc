"""From counted words to sparse vectors whose dot product is how alike two texts are.

Six blocks stand side by side: character n-grams of stems (inflection, compounds, typing errors) and,
where texts are not about a municipality, of stop words (*hur många* asks something else than *när*);
concepts of the municipal lexicon and their areas; meanings of the thesaurus and their fields. Each is
TF-IDF with rows of length one, weighted and joined, and the joined row has length one again, so
that a dot product is a cosine. Formulas: scikit-learn's sublinear tf ``1 + ln(tf)`` and smoothed
idf ``ln((1 + n) / (1 + df)) + 1`` (Salton & Buckley 1988).
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.preprocessing import normalize

from citizen.analysis.words import Word

BLOCKS = ("characters", "function", "concepts", "areas", "meanings", "fields")
NGRAMS = (3, 5)
MOST_FEATURES = 60_000
RARE_FROM = 50
"""Rows from which on n-grams of a single row are left out, and those of too many."""

COMMON = 0.2
"""Share of the rows from which an n-gram says nothing and only takes time."""

MOST_CONCEPTS = 0.35
"""Largest weight of the concepts and their areas together."""

AREAS = 0.3
"""Share of that which the areas have: they bring together what 255 concepts tell apart."""

MEANINGS = 0.2
FIELDS = 0.2
"""Weights of meanings and of fields in what the concepts leave."""

FUNCTION = 0.15
"""Weight of stop words where the lexicon is of no use; none where it knows the texts."""

SENTENCES = 0.4
"""Weight of a sentence model's vectors, where there is a model, beside all that is counted."""


def concept_weight(coverage: float) -> float:
    """Return the weight of the concepts, 0 to 0.35, from the share of texts with a concept.

    ``0.35 * clip((coverage - 0.5) / 0.3, 0, 1)``: a lexicon that knows less than half of the
    texts comes from another world and would only disturb.
    """
    return MOST_CONCEPTS * float(np.clip((coverage - 0.5) / 0.3, 0.0, 1.0))


def block_weights(coverage: float) -> dict[str, float]:
    """Return the weight of every block, adding up to one, from the coverage of the concepts."""
    concepts = concept_weight(coverage)
    function = FUNCTION * (1 - concepts / MOST_CONCEPTS)
    rest = {"function": function, "meanings": MEANINGS, "fields": FIELDS}
    rest["characters"] = 1 - sum(rest.values())
    known = {"concepts": (1 - AREAS) * concepts, "areas": AREAS * concepts}
    return known | {name: (1 - concepts) * share for name, share in rest.items()}


def ngrams(stem: str) -> list[str]:
    """Return the character n-grams of a stem with a space at both ends, as scikit-learn's char_wb."""
    padded = f" {stem} "
    low, high = NGRAMS
    found = [padded[at : at + n] for n in range(low, high + 1) for at in range(len(padded) - n + 1)]
    return found or [padded]


class Block(NamedTuple):
    """One block as learnt: a column per key, how rare each is, and what the block weighs."""

    columns: Mapping[object, int]
    rarity: NDArray[np.float32]
    weight: float


class FeatureSpace:
    """Turns rows of word counts into rows of features.

    Attributes
    ----------
    blocks_
        The blocks by name, in the order of their columns; those without any weight are left out.
    coverage_
        Share of the rows learnt from that speak of a concept, 0 to 1.
    """

    def fit(self, counts: sparse.csr_matrix, words: Sequence[Word]) -> "FeatureSpace":
        """Learn columns, their rarity and the weights of the blocks.

        Parameters
        ----------
        counts
            How often each word stands in each row, shape (rows, words).
        words
            The words, in the order of the columns.

        Raises
        ------
        ValueError
            If no word has a stem.
        """
        speaks = np.array([bool(word.concepts) for word in words], np.float32)
        self.coverage_ = float(np.mean(counts @ speaks > 0))
        weights = block_weights(self.coverage_)
        learnt = {name: self._learn(name, counts, words, weights[name]) for name in BLOCKS if weights[name]}
        self.blocks_ = {name: block for name, block in learnt.items() if block.columns}
        if "characters" not in self.blocks_:
            raise ValueError("there is no word to learn from")
        return self

    @property
    def concept_weight(self) -> float:
        """What the concepts weigh, 0 to `MOST_CONCEPTS`."""
        return concept_weight(self.coverage_)

    def _learn(
        self, name: str, counts: sparse.csr_matrix, words: Sequence[Word], weight: float
    ) -> Block:
        columns: dict[object, int] = {}
        for word in words:
            for key, _ in self._keys(name, word):
                columns.setdefault(key, len(columns))
        present = (counts > 0).astype(np.float32) @ self._of_words(name, words, columns)
        frequency = np.bincount(present.indices, minlength=len(columns))
        if name == "characters":
            columns, frequency = _common(columns, frequency, counts.shape[0])
        rarity = np.log((1 + counts.shape[0]) / (1 + frequency)) + 1
        return Block(columns, rarity.astype(np.float32), weight)

    def transform(self, counts: sparse.csr_matrix, words: Sequence[Word]) -> sparse.csr_matrix:
        """Return the rows as features, shape (rows, columns of all blocks), single precision.

        A block in which a row has nothing leaves its weight to the others; a row that shares
        nothing with what was learnt is zero.
        """
        return self.join(counts, self.of_words(words))

    def of_words(self, words: Sequence[Word]) -> dict[str, sparse.csr_matrix]:
        """Return, per block, what each word brings: shape (words, columns of the block)."""
        return {name: self._of_words(name, words, b.columns) for name, b in self.blocks_.items()}

    def join(
        self, counts: sparse.csr_matrix, of_words: Mapping[str, sparse.csr_matrix]
    ) -> sparse.csr_matrix:
        """Return rows of features from counts and what `of_words` gave for the same words."""
        parts = [
            _tfidf(counts @ of_words[name], block.rarity) * np.float32(np.sqrt(block.weight))
            for name, block in self.blocks_.items()
        ]
        return normalize(sparse.hstack(parts, format="csr"), copy=False)

    def _of_words(
        self, name: str, words: Sequence[Word], columns: Mapping[object, int]
    ) -> sparse.csr_matrix:
        ends, indices, values = [0], [], []
        for word in words:
            for key, value in self._keys(name, word):
                column = columns.get(key)
                if column is not None:
                    indices.append(column)
                    values.append(value)
            ends.append(len(indices))
        matrix = sparse.csr_matrix(
            (np.array(values, np.float32), np.array(indices, np.int64), np.array(ends)),
            shape=(len(words), len(columns)),
        )
        matrix.sum_duplicates()
        return matrix

    def _keys(self, name: str, word: Word) -> Iterable[tuple[object, float]]:
        if name in ("characters", "function"):
            stem = word.stem if name == "characters" else word.function
            return [(gram, 1.0) for gram in ngrams(stem)] if stem else []
        if name in ("concepts", "areas"):
            return [(key, 1.0) for key in getattr(word, name)]
        found: Iterable[tuple[object, float]] = getattr(word, name)
        return found


def beside(rows: sparse.csr_matrix, vectors: NDArray[np.float32]) -> sparse.csr_matrix:
    """Lay a sentence model's vectors beside rows of features.

    Parameters
    ----------
    rows
        Rows of length one or zero, shape (n, features).
    vectors
        Rows of length one, shape (n, dimensions).

    Returns
    -------
    Rows of length one, shape (n, features + dimensions).
    """
    dense = sparse.csr_matrix(vectors) * np.float32(np.sqrt(SENTENCES))
    counted = rows * np.float32(np.sqrt(1 - SENTENCES))
    return normalize(sparse.hstack([counted, dense], format="csr"), copy=False)


def _common(
    columns: Mapping[object, int], frequency: NDArray[np.intp], rows: int
) -> tuple[dict[object, int], NDArray[np.intp]]:
    """Keep the n-grams that more than one row and not too many have, at most `MOST_FEATURES`.

    Of more than that, the commonest are kept.
    """
    least, most = (2, COMMON * rows) if rows >= RARE_FROM else (1, rows)
    names = [str(key) for key in columns]
    ranked = sorted(range(len(names)), key=lambda at: (-frequency[at], names[at]))
    kept = sorted([at for at in ranked if least <= frequency[at] <= most][:MOST_FEATURES])
    return {names[at]: number for number, at in enumerate(kept)}, frequency[kept]


def _tfidf(counts: sparse.csr_matrix, rarity: NDArray[np.float32]) -> sparse.csr_matrix:
    """Return sublinear TF-IDF with rows of length one; what counts less than once stays as it is."""
    rows = counts.tocsr().astype(np.float32)
    rows.data = np.where(rows.data > 1, 1 + np.log(np.maximum(rows.data, 1)), rows.data)
    rows.data *= rarity[rows.indices]
    return normalize(rows, copy=False)
