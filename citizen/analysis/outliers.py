"""Texts that resemble nothing else, left unsorted instead of being forced into a theme.

The measure is the mean cosine to the five nearest neighbours; it told strangers from residents'
ideas better than the noise label of density clustering.
"""

import numpy as np
from numpy.typing import NDArray

NEIGHBOURS = 5
FAR = 0.35
"""Share of the median closeness below which a text resembles nothing."""


def closeness(cosines: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return the mean of the first five columns of a table of neighbours' cosines, shape (n,)."""
    return np.asarray(cosines[:, :NEIGHBOURS].mean(axis=1), dtype=np.float64)


def is_far_out(near: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Tell which rows are less than 0.35 times as close to their neighbours as the middle row.

    The share, not a number of spreads: one large theme makes the spread small, and then ordinary
    ideas would count as strangers.
    """
    return np.asarray(near < FAR * np.median(near))
