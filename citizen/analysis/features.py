"""From counted words to sparse vectors whose dot product is how alike two texts are.

Six blocks stand side by side: character n-grams of stems (inflection, compounds, typing errors) and,
where texts are not about a municipality, of stop words (*hur många* asks something else than *när*);
concepts of the municipal lexicon and their areas; meanings of the thesaurus and their fields. Each is
TF-IDF with rows of length one, weighted and joined, and the joined row has length one again, so
that a dot product is a cosine. Formulas: scikit-learn's sublinear tf ``1 + ln(tf)`` and smoothed
idf ``ln((1 + n) / (1 + df)) + 1`` (Salton & Buckley 1988).
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.preprocessing import normalize

from citizen.analysis.words import Word

BLOCKS = ("characters", "function", "concepts", "areas", "meanings", "fields")
_SOURCES = {name: name for name in BLOCKS} | {"characters": "stem"}
"""The attribute of a word that tells what it brings to a block."""

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
    brought_
        What `of_words` says of the words learnt from.
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
        self.blocks_ = {name: block for name, (block, _) in learnt.items() if block.columns}
        if "characters" not in self.blocks_:
            raise ValueError("there is no word to learn from")
        self.brought_ = {name: learnt[name][1] for name in self.blocks_}
        return self

    @property
    def concept_weight(self) -> float:
        """What the concepts weigh, 0 to `MOST_CONCEPTS`."""
        return concept_weight(self.coverage_)

    def _learn(
        self, name: str, counts: sparse.csr_matrix, words: Sequence[Word], weight: float
    ) -> tuple[Block, sparse.csr_matrix]:
        columns: dict[object, int] = {}
        for source in dict.fromkeys(getattr(word, _SOURCES[name]) for word in words):
            for key, _ in _keys(name, source):
                columns.setdefault(key, len(columns))
        brought = self._of_words(name, words, columns)
        present = (counts > 0).astype(np.float32) @ brought
        frequency = np.bincount(present.indices, minlength=len(columns))
        if name == "characters":
            kept = _common(list(map(str, columns)), frequency, counts.shape[0])
            keys = list(columns)
            columns = {keys[at]: number for number, at in enumerate(kept)}
            brought, frequency = brought[:, kept], frequency[kept]
        rarity = np.log((1 + counts.shape[0]) / (1 + frequency)) + 1
        return Block(columns, rarity.astype(np.float32), weight), brought

    def of_words(self, words: Sequence[Word]) -> dict[str, sparse.csr_matrix]:
        """Return, per block, what each word brings: shape (words, columns of the block)."""
        return {name: self._of_words(name, words, b.columns) for name, b in self.blocks_.items()}

    def transform(
        self, counts: sparse.csr_matrix, of_words: Mapping[str, sparse.csr_matrix]
    ) -> sparse.csr_matrix:
        """Return the rows as features, shape (rows, columns of all blocks), single precision.

        A block in which a row has nothing leaves its weight to the others; a row that shares
        nothing with what was learnt is zero.

        Parameters
        ----------
        counts
            How often each word stands in each row, shape (rows, words).
        of_words
            What `of_words` says of the words, in the order of the columns.
        """
        parts = [
            _tfidf(counts @ of_words[name], block.rarity) * np.float32(np.sqrt(block.weight))
            for name, block in self.blocks_.items()
        ]
        return normalize(sparse.hstack(parts, format="csr"), copy=False)

    def _of_words(
        self, name: str, words: Sequence[Word], columns: Mapping[object, int]
    ) -> sparse.csr_matrix:
        ends: list[int] = [0]
        indices: list[int] = []
        values: list[float] = []
        # Many words bring the same: those of one stem, and those without any concept.
        known: dict[object, tuple[list[int], list[float]]] = {}
        for word in words:
            source = getattr(word, _SOURCES[name])
            own = known.get(source)
            if own is None:
                found = [(columns[key], value) for key, value in _keys(name, source) if key in columns]
                own = known[source] = ([column for column, _ in found], [value for _, value in found])
            indices += own[0]
            values += own[1]
            ends.append(len(indices))
        matrix = sparse.csr_matrix(
            (np.array(values, np.float32), np.array(indices, np.int64), np.array(ends)),
            shape=(len(words), len(columns)),
        )
        matrix.sum_duplicates()
        return matrix


def _keys(name: str, source: Any) -> Iterable[tuple[object, float]]:
    """Return what a word brings to a block, and how surely, from the attribute that tells it."""
    if name in ("characters", "function"):
        return [(gram, 1.0) for gram in ngrams(source)] if source else []
    if name in ("concepts", "areas"):
        return [(key, 1.0) for key in source]
    found: Iterable[tuple[object, float]] = source
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


def _common(names: Sequence[str], frequency: NDArray[np.intp], rows: int) -> list[int]:
    """Return which n-grams more than one row and not too many have, at most `MOST_FEATURES`.

    Of more than that, the commonest are kept.
    """
    least, most = (2, COMMON * rows) if rows >= RARE_FROM else (1, rows)
    able = np.flatnonzero((least <= frequency) & (frequency <= most)).tolist()
    if len(able) <= MOST_FEATURES:
        return able
    return sorted(sorted(able, key=lambda at: (-frequency[at], names[at]))[:MOST_FEATURES])


def _tfidf(counts: sparse.csr_matrix, rarity: NDArray[np.float32]) -> sparse.csr_matrix:
    """Return sublinear TF-IDF with rows of length one; what counts less than once stays as it is."""
    rows = counts.tocsr().astype(np.float32)
    rows.data = np.where(rows.data > 1, 1 + np.log(np.maximum(rows.data, 1)), rows.data)
    rows.data *= rarity[rows.indices]
    return normalize(rows, copy=False)
