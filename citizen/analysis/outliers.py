"""Texts that resemble nothing else, left unsorted instead of being forced into a theme.

The measure is the mean cosine to the five nearest neighbours; it told strangers from residents'
ideas better than the noise label of density clustering.
"""

import numpy as np
from numpy.typing import NDArray

NEIGHBOURS = 5
SPREADS = 3.0


def closeness(cosines: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return the mean of the first five columns of a table of neighbours' cosines, shape (n,)."""
    return np.asarray(cosines[:, :NEIGHBOURS].mean(axis=1), dtype=np.float64)


def is_far_out(near: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Tell which rows lie far below the rest.

    Far is more than three robust standard deviations (1.4826 times the median absolute
    deviation) below the median of the logarithm: cosines are skewed, their logarithms hardly.
    """
    logs = np.log(np.maximum(near, 1e-6))
    middle = np.median(logs)
    spread = 1.4826 * float(np.median(np.abs(logs - middle)))
    return np.asarray(logs < middle - SPREADS * max(spread, 0.05))
