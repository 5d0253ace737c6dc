"""From coordinates to groups: Ward's tree, cut at a number of groups, and rest placed after.

Source: Ward (1963) minimum variance, as in SciPy's ``linkage``; the rest of large collections by
complement naive Bayes (Rennie et al. 2003).
"""

from math import ceil, log

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.cluster.hierarchy import linkage
from sklearn.naive_bayes import ComplementNB

from citizen.analysis.results import UNSORTED

MOST_CLUSTERS = 40
SMALLEST = 3
"""Texts that make a theme when nobody has asked for a number of themes."""

_TEXTS_PER_CLUSTER = 5


def suggested_clusters(texts: int) -> int:
    """Return how many groups to begin with: ``ceil(6 * log5(n))``, at most 40.

    Few texts get fewer: at least five texts a group on average, and at least two groups.

    >>> [suggested_clusters(n) for n in (10, 30, 100, 1_000, 100_000)]
    [2, 6, 18, 26, 40]
    """
    grown = ceil(6 * log(max(texts, 2), 5))
    return max(2, min(MOST_CLUSTERS, grown, texts // _TEXTS_PER_CLUSTER))


def ward(coordinates: NDArray[np.float64], groups: int) -> NDArray[np.intp]:
    """Cut Ward's tree into exactly `groups` groups.

    Parameters
    ----------
    coordinates
        Shape (n, dimensions).
    groups
        From 1 to n.

    Returns
    -------
    Group of every row, shape (n,), numbered by first appearance.
    """
    size = coordinates.shape[0]
    if size == 1:
        return np.zeros(1, np.intp)
    parent = np.arange(2 * size - 1)
    for step, (left, right, *_) in enumerate(linkage(coordinates, "ward")[: size - groups]):
        parent[int(left)] = parent[int(right)] = size + step
    return _renumber(np.array([_root(parent, row) for row in range(size)]))


def _root(parent: NDArray[np.intp], node: int) -> int:
    while parent[node] != node:
        parent[node] = parent[parent[node]]
        node = int(parent[node])
    return node


def _renumber(labels: NDArray[np.intp]) -> NDArray[np.intp]:
    _, first, inverse = np.unique(labels, return_index=True, return_inverse=True)
    return np.argsort(np.argsort(first))[inverse]


def centroids(matrix: sparse.csr_matrix, groups: NDArray[np.intp]) -> NDArray[np.float64]:
    """Return the mean direction of every group, shape (groups, features), rows of length one.

    Rows in group `UNSORTED` count for nothing.
    """
    inside = np.flatnonzero(groups != UNSORTED)
    count = int(groups.max()) + 1
    member = sparse.csr_matrix(
        (np.ones(len(inside)), (groups[inside], inside)), shape=(count, matrix.shape[0])
    )
    sums = (member @ matrix).toarray().astype(np.float64)
    return np.asarray(sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-12))


def confidence(similarity: NDArray[np.float64], groups: NDArray[np.intp]) -> NDArray[np.float64]:
    """Return how much nearer each row is to its own group than to the next one.

    ``(own - best other) / own`` of the cosines to the group centroids, cut to 0..1; 1 when there
    is one group only, 0 for rows in group `UNSORTED`.

    Parameters
    ----------
    similarity
        Cosine of every row to every centroid, shape (n, groups).
    groups
        Group of every row, shape (n,).
    """
    rows = np.flatnonzero(groups != UNSORTED)
    result = np.zeros(len(groups))
    own = similarity[rows, groups[rows]]
    others = similarity[rows].copy()
    others[np.arange(len(rows)), groups[rows]] = 0.0
    margin = (own - others.max(axis=1)) / np.maximum(own, 1e-12)
    result[rows] = np.clip(margin, 0.0, 1.0)
    return result


def place_rest(
    known: sparse.csr_matrix, groups: NDArray[np.intp], rest: sparse.csr_matrix
) -> NDArray[np.intp]:
    """Place rows that took no part in the grouping into the groups of those that did."""
    if rest.shape[0] == 0:
        return np.empty(0, np.intp)
    return np.asarray(ComplementNB().fit(known, groups).predict(rest), dtype=np.intp)


def dissolve_small(groups: NDArray[np.intp], weights: NDArray[np.intp]) -> NDArray[np.intp]:
    """Unsort groups of fewer than three texts.

    `weights` says how many texts a row stands for, shape (n,), as `groups`.
    """
    sizes = np.bincount(groups[groups != UNSORTED], weights[groups != UNSORTED])
    small = np.flatnonzero(sizes < SMALLEST)
    return np.where(np.isin(groups, small), UNSORTED, groups)
