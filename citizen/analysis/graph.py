"""Who is like whom: a graph of nearest neighbours, and coordinates that keep its shape.

Sources: cosine k-NN graph, made symmetric by the larger of both directions; normalised
adjacency ``D^-1/2 W D^-1/2`` with rows scaled to length one (Ng, Jordan & Weiss 2001);
eigenvectors times ``lambda ** 2``, two steps of a diffusion map (Coifman & Lafon 2006).
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.linalg import eigh
from scipy.sparse.linalg import eigsh

from citizen.analysis.blocks import by_blocks

ANCHOR_WEIGHT = 1.0
"""As strong as a link can be: at half of that twice as many ideas changed theme for nothing, and a
theme that is really new was found no more often."""

STEPS = 2
CHUNK = 512
_DENSE = 600
_FLOOR = 1e-6
_TINY = 1e-12


def nearest(
    matrix: sparse.csr_matrix, count: int, tick: Callable[[float], None]
) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
    """Find the nearest other rows of every row.

    Parameters
    ----------
    matrix
        Rows of length one, shape (n, features).
    count
        Neighbours per row, less than n.
    tick
        Told the share of rows done.

    Returns
    -------
    Indices and cosines, both of shape (n, count), most similar first, ties by index.
    """
    size = matrix.shape[0]
    alike = np.empty((size, size), np.float32)
    indices = np.empty((size, count), np.intp)
    cosines = np.empty((size, count), np.float32)

    def compare(start: int) -> None:
        # With those before, others have compared these rows: a cosine is the same from both sides.
        block = (matrix[start : start + CHUNK] @ matrix[start:].T.tocsr()).toarray()
        alike[start : start + CHUNK, start:] = block
        alike[start + CHUNK :, start : start + CHUNK] = block[:, CHUNK:].T

    def choose(start: int) -> None:
        own = alike[start : start + CHUNK]
        order = indices[start : start + CHUNK] = _largest_first(own, count)
        cosines[start : start + CHUNK] = np.take_along_axis(own, order, axis=1)

    by_blocks(compare, size, CHUNK, lambda share: tick(0.9 * share))
    np.fill_diagonal(alike, -1.0)
    by_blocks(choose, size, CHUNK, lambda share: tick(0.9 + 0.1 * share))
    return indices, cosines


def _largest_first(block: NDArray[np.float32], count: int) -> NDArray[np.intp]:
    """Return the columns of the `count` largest values of each row, ties by column.

    Values are rounded, so that the order of equals does not hang on the last bit.
    """
    size = block.shape[1]
    keys = np.round(block * 1e5).astype(np.int64) * -size + np.arange(size)
    best = np.argpartition(keys, count - 1, axis=1)[:, :count] if count < size else np.argsort(keys)
    own = np.take_along_axis(keys, best, axis=1)
    return np.take_along_axis(best, np.argsort(own, axis=1), axis=1)


def build_graph(indices: NDArray[np.intp], cosines: NDArray[np.float32]) -> sparse.csr_matrix:
    """Return the symmetric weighted adjacency, shape (n, n), of a neighbour table."""
    size, count = indices.shape
    rows = np.repeat(np.arange(size), count)
    weights = np.maximum(cosines.ravel(), _FLOOR).astype(np.float64)
    directed = sparse.csr_matrix((weights, (rows, indices.ravel())), shape=(size, size))
    return directed.maximum(directed.T).tocsr()


def add_anchors(graph: sparse.csr_matrix, groups: Sequence[Sequence[int]]) -> sparse.csr_matrix:
    """Add one node per group of rows, joined to its members.

    The new nodes come last. They pull together what was together before, without forbidding
    anything.
    """
    size = graph.shape[0]
    rows = [row for group in groups for row in group]
    columns = [number for number, group in enumerate(groups) for _ in group]
    links = sparse.csr_matrix(
        (np.full(len(rows), ANCHOR_WEIGHT), (rows, columns)), shape=(size, len(groups))
    )
    return sparse.bmat([[graph, links], [links.T, None]]).tocsr()


def eigenvectors(
    graph: sparse.csr_matrix, count: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the largest eigenvalues of the normalised graph, falling, and their vectors.

    The first says nothing and is left out. Shapes (count,) and (n, count); `count` is at most
    n - 1.
    """
    degrees = np.asarray(graph.sum(axis=1)).ravel()
    scale = sparse.diags(1.0 / np.sqrt(np.maximum(degrees, _FLOOR)))
    values, vectors = _largest((scale @ graph @ scale).tocsr(), count + 1)
    return values[1:], vectors[:, 1:]


def scaled(
    found: tuple[NDArray[np.float64], NDArray[np.float64]], dimensions: int
) -> NDArray[np.float64]:
    """Return coordinates from eigenvectors, shape (n, dimensions), rows of length one.

    Of two steps of diffusion the weak eigenvectors hardly survive, so that the number of
    dimensions matters little; equal length keeps rows at the rim from forming one large rest.
    Rounded to six decimals, so that equal rows stay equal.
    """
    values, vectors = found
    coordinates = vectors[:, :dimensions] * np.maximum(values[:dimensions], 0.0) ** STEPS
    length = np.linalg.norm(coordinates, axis=1, keepdims=True)
    return np.asarray(np.round(coordinates / np.maximum(length, _TINY), 6))


def _largest(
    matrix: sparse.csr_matrix, count: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the largest eigenvalues, falling, with their eigenvectors as columns."""
    size = matrix.shape[0]
    if size <= _DENSE or count >= size - 1:
        values, vectors = eigh(
            matrix.toarray(), subset_by_index=(size - min(count, size), size - 1)
        )
    else:
        start = np.random.default_rng(0).standard_normal(size)
        values, vectors = eigsh(matrix, k=count, which="LA", v0=start)
    order = np.argsort(-values, kind="stable")
    return values[order], vectors[:, order]
