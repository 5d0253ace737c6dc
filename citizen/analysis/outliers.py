"""Texts that resemble nothing else, left unsorted instead of being forced into a theme.

The measure is the mean cosine to the nearest neighbours, less for a text of whose words the lexicon
knows few where it knows those of the others. It tells strangers from residents' ideas better than
neighbours alone (AUC over four kinds of strangers 0.93 against 0.88) or the noise label of density
clustering (0.66).
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from citizen.analysis.features import MOST_CONCEPTS
from citizen.analysis.words import Word

FEWEST_NEIGHBOURS = 5
MOST_NEIGHBOURS = 20
_ROWS_PER_NEIGHBOUR = 18

UNKNOWN = 0.3
"""What the likeness of a text counts for when the lexicon knows none of its words."""

FAR = 0.25
"""Share of the median closeness below which a text resembles nothing: nine strangers in ten, and one
idea in forty (at 0.35 one in fifteen)."""


def closeness(cosines: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return the mean cosine to the nearest neighbours, shape (n,).

    Parameters
    ----------
    cosines
        Cosines to the nearest others, most similar first, shape (n, neighbours). Five to twenty of
        them count, more in larger collections: among many texts a stranger finds a few by chance.
    """
    if not cosines.shape[1]:
        return np.ones(len(cosines))
    count = np.clip(len(cosines) // _ROWS_PER_NEIGHBOUR, FEWEST_NEIGHBOURS, MOST_NEIGHBOURS)
    return np.asarray(cosines[:, :count].mean(axis=1), dtype=np.float64)


def familiarity(
    counts: sparse.csr_matrix, words: Sequence[Word], concept_weight: float
) -> NDArray[np.float64]:
    """Return what the likeness of each row counts for, 0.3 to 1.3; 1 where the lexicon is not used.

    Parameters
    ----------
    counts
        How often each word stands in each row, shape (n, words).
    words
        The words, in the order of the columns.
    concept_weight
        What the concepts weigh among these rows, 0 to `features.MOST_CONCEPTS`.
    """
    known = np.array([bool(word.concepts) for word in words], np.float64)
    content = np.array([bool(word.stem) for word in words], np.float64)
    share = (counts @ known) / np.maximum(counts @ content, 1.0)
    trust = concept_weight / MOST_CONCEPTS
    return np.asarray((1 - trust) + trust * (UNKNOWN + share))


def is_far_out(near: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Tell which rows are less than a quarter as close to their neighbours as the middle row.

    The share, not a number of spreads: one large theme makes the spread small, and then ordinary
    ideas would count as strangers.
    """
    return np.asarray(near < FAR * np.median(near))
