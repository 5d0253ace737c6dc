"""From similarity to groups: several neighbour graphs, their coordinates, Ward's tree over them.

Sources: Ward (1963) minimum variance, as in SciPy's ``linkage``; Lloyd (1982) for the borders;
coordinates as in `graph`. Graphs with few and with many neighbours are laid side by side, since a
single one depends on how dense the texts happen to lie; and the groups of the tree are where k-means
begins, since a tree cannot take back a join (both together: AMI +0.03 over five collections).
"""

from collections.abc import Callable, Iterator, Sequence
from math import ceil, log
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.cluster.hierarchy import linkage
from sklearn.base import BaseEstimator, ClusterMixin
from sklearn.cluster import KMeans
from sklearn.preprocessing import normalize
from sklearn.utils.validation import validate_data

from citizen.analysis import graph, outliers
from citizen.analysis.blocks import by_blocks
from citizen.analysis.results import UNSORTED

MOST_CLUSTERS = 40
SMALLEST = 3
"""Texts that make a theme when nobody has asked for a number of themes."""

NEIGHBOURS = (7, 15, 40)
DIMENSIONS = (12, 16, 24, 32)

_TEXTS_PER_CLUSTER = 5
_BLOCK = 500


def suggested_clusters(texts: int) -> int:
    """Return how many groups to begin with: ``ceil(6 * log5(n))``, at most 40.

    Few texts get fewer: at least five texts a group on average, and at least two groups.

    >>> [suggested_clusters(n) for n in (10, 30, 100, 1_000, 100_000)]
    [2, 6, 18, 26, 40]
    """
    grown = ceil(6 * log(max(texts, 2), 5))
    return max(2, min(MOST_CLUSTERS, grown, texts // _TEXTS_PER_CLUSTER))


class GraphWard(ClusterMixin, BaseEstimator):  # type: ignore[misc] # the library has no types
    """Groups rows by Ward's tree over the coordinates of their neighbour graphs.

    Deterministic: no random start, and the same rows in the same order give the same labels
    whatever the number of threads.

    Parameters
    ----------
    n_clusters
        Groups wanted; rows that are all alike give fewer.
    keep_all
        Whether rows that resemble nothing are grouped too. Where not, they get `UNSORTED`.
    neighbours
        Neighbours per row, one graph each.
    dimensions
        Coordinates taken from each graph, one set each.
    tick
        Told the share of the work done, 0 to 1; may raise to stop it.

    Attributes
    ----------
    labels_
        Group of every row, shape (n,).
    closeness_
        How close every row is to its neighbours, shape (n,); what strangers are told by.
    kept_
        Rows that are in the tree, shape (m,).
    tree_
        Linkage of the kept rows, shape (m - 1, 4), as SciPy's.
    cut_
        Groups of the kept rows where the tree was cut, before their borders were settled; the same
        numbers as in `labels_`. Shape (m,).
    neighbours_, cosines_
        Nearest other rows of every row with their cosines, shape (n, most neighbours).
    """

    def __init__(
        self,
        n_clusters: int = 8,
        *,
        keep_all: bool = True,
        neighbours: tuple[int, ...] = NEIGHBOURS,
        dimensions: tuple[int, ...] = DIMENSIONS,
        tick: Callable[[float], None] | None = None,
    ) -> None:
        self.n_clusters = n_clusters
        self.keep_all = keep_all
        self.neighbours = neighbours
        self.dimensions = dimensions
        self.tick = tick

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.sparse = True
        return tags

    def fit(
        self,
        X: Any,
        y: None = None,
        *,
        anchors: Sequence[Sequence[int]] = (),
        copies: NDArray[np.intp] | None = None,
        familiar: NDArray[np.float64] | None = None,
    ) -> "GraphWard":
        """Group the rows of a matrix, dense or sparse, shape (n, features).

        Parameters
        ----------
        anchors
            Rows that were together before, one list per group.
        copies
            How many texts each row stands for, shape (n,). A row of at least three is a matter of
            its own and never left out.
        familiar
            What the likeness of each row counts for when strangers are told, shape (n,).

        Raises
        ------
        ValueError
            If `n_clusters` is below one, or the matrix is empty or holds anything not finite.
        """
        X = validate_data(self, X, accept_sparse="csr", dtype=[np.float32, np.float64])
        if self.n_clusters < 1:
            raise ValueError(f"n_clusters must be at least 1, not {self.n_clusters}")
        rows = normalize(sparse.csr_matrix(X))
        tick = self.tick or (lambda _share: None)
        self._find_neighbours(rows, tick)
        coordinates = self._coordinates(anchors, tick)
        self.closeness_ = outliers.closeness(self.cosines_) * (1.0 if familiar is None else familiar)
        self.kept_ = self._kept(copies)
        self.tree_ = _tree(coordinates[self.kept_])
        self.cut_ = cut_tree(self.tree_, min(self.n_clusters, len(self.kept_)))
        self.labels_ = np.full(rows.shape[0], UNSORTED, np.intp)
        self.labels_[self.kept_] = settled(coordinates[self.kept_], self.cut_)
        tick(1.0)
        return self

    def _find_neighbours(self, rows: sparse.csr_matrix, tick: Callable[[float], None]) -> None:
        size = rows.shape[0]
        tick(0.0)
        count = min(max(self.neighbours), size - 1)
        self.neighbours_, self.cosines_ = graph.nearest(rows, count, lambda share: tick(0.5 * share))

    def _kept(self, copies: NDArray[np.intp] | None) -> NDArray[np.intp]:
        if self.keep_all:
            return np.arange(len(self.neighbours_))
        far = outliers.is_far_out(self.closeness_)
        if copies is not None:
            far &= copies < SMALLEST
        return np.flatnonzero(~far)

    def _coordinates(
        self, anchors: Sequence[Sequence[int]], tick: Callable[[float], None]
    ) -> NDArray[np.float64]:
        size = len(self.neighbours_)
        if size < 3:
            return np.arange(size, dtype=np.float64)[:, None]
        return np.hstack(list(self._layers(size, anchors, tick)))

    def _layers(
        self, size: int, anchors: Sequence[Sequence[int]], tick: Callable[[float], None]
    ) -> Iterator[NDArray[np.float64]]:
        for number, count in enumerate(self.neighbours):
            plain = graph.build_graph(self.neighbours_[:, :count], self.cosines_[:, :count])
            joined = graph.add_anchors(plain, anchors)
            most = min(max(self.dimensions), size - 1)
            vectors = graph.eigenvectors(joined, most)
            for dimensions in self.dimensions:
                yield graph.scaled(vectors, min(dimensions, size - 1))[:size]
            tick(0.5 + 0.4 * (number + 1) / len(self.neighbours))


def _tree(coordinates: NDArray[np.float64]) -> NDArray[np.float64]:
    if len(coordinates) < 2:
        return np.empty((0, 4))
    return np.asarray(linkage(_distances(coordinates), "ward"))


def _distances(coordinates: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the Euclidean distance of every pair of rows, in the order of SciPy's ``pdist``.

    By matrix products, which takes a fifth of the time: ``|a - b|^2 = |a|^2 + |b|^2 - 2ab``. Rounded,
    so that equal rows are at no distance at all.
    """
    size = len(coordinates)
    squares = np.einsum("ij,ij->i", coordinates, coordinates)
    found = np.empty(size * (size - 1) // 2)

    def measure(start: int) -> None:
        products = coordinates[start : start + _BLOCK] @ coordinates[start:].T
        for at, row in enumerate(range(start, min(size, start + _BLOCK))):
            rest = squares[row] + squares[row + 1 :] - 2 * products[at, at + 1 :]
            first = row * size - row * (row + 1) // 2
            found[first : first + len(rest)] = np.sqrt(np.maximum(np.round(rest, 9), 0.0))

    by_blocks(measure, size, _BLOCK)
    return found


def settled(coordinates: NDArray[np.float64], groups: NDArray[np.intp]) -> NDArray[np.intp]:
    """Move rows to the group whose middle is nearest until nothing moves: k-means from `groups`.

    Parameters
    ----------
    coordinates
        Shape (n, dimensions).
    groups
        Group of every row, from 0 without gaps, shape (n,).

    Returns
    -------
    Group of every row, shape (n,). Rows that are all alike are left as they are.
    """
    count = int(groups.max()) + 1
    if count == 1 or len(np.unique(coordinates, axis=0)) < count:
        return groups
    middles = np.array([coordinates[groups == group].mean(axis=0) for group in range(count)])
    moved = KMeans(count, init=middles, n_init=1, max_iter=100).fit(coordinates).labels_
    return np.asarray(moved, np.intp)


def cut_tree(tree: NDArray[np.float64], groups: int) -> NDArray[np.intp]:
    """Cut a tree into exactly `groups` groups, from 1 to n.

    Returns
    -------
    Group of every row, shape (n,), numbered by first appearance.
    """
    size = len(tree) + 1
    parent = np.arange(2 * size - 1)
    for step, (left, right, *_) in enumerate(tree[: size - groups]):
        parent[int(left)] = parent[int(right)] = size + step
    return _renumber(np.array([_root(parent, row) for row in range(size)], np.intp))


def merges(tree: NDArray[np.float64], groups: NDArray[np.intp]) -> list[tuple[int, int]]:
    """Return which groups a tree joins next, down to one: (group that takes in, group taken in).

    Parameters
    ----------
    tree
        Linkage, shape (n - 1, 4).
    groups
        Group of every row as the tree was cut, shape (n,); rows without one have `UNSORTED`.

    Notes
    -----
    Of two groups the one with the smaller number takes in the other.
    """
    size = len(tree) + 1
    inside: dict[int, int] = {row: int(group) for row, group in enumerate(groups)}
    found = []
    for step, (left, right, *_) in enumerate(tree):
        pair = sorted({inside[int(left)], inside[int(right)]} - {UNSORTED})
        if len(pair) == 2:
            found.append((pair[0], pair[1]))
        inside[size + step] = pair[0] if pair else UNSORTED
    return found


def _root(parent: NDArray[np.intp], node: int) -> int:
    while parent[node] != node:
        parent[node] = parent[parent[node]]
        node = int(parent[node])
    return node


def _renumber(labels: NDArray[np.intp]) -> NDArray[np.intp]:
    _, first, inverse = np.unique(labels, return_index=True, return_inverse=True)
    return np.asarray(np.argsort(np.argsort(first))[inverse], np.intp)


def dissolve_small(groups: NDArray[np.intp], weights: NDArray[np.intp]) -> NDArray[np.intp]:
    """Unsort groups of fewer than three texts.

    `weights` says how many texts a row stands for, shape (n,), as `groups`.
    """
    sizes = np.bincount(groups[groups != UNSORTED], weights[groups != UNSORTED])
    small = np.flatnonzero(sizes < SMALLEST)
    return np.where(np.isin(groups, small), UNSORTED, groups)
