"""Figures about fewer than k people are not shown, and cannot be reckoned from those that are.

The one place that decides it, from counts alone, for whatever is counted. Three shapes are known:

* a line (`hidden_in_line`): cells that add up to a known total;
* choices (`hidden_in_choices`): each answer is a line of its own, those who gave it and those who did not;
* a table (`hidden_in_table`): two questions held against each other, with both margins.

A cell of 1 … k-1 is hidden. So that subtraction does not bring it back, others are hidden with it until
what is hidden in each line is at least two cells and at least k people (complementary suppression; Hundepool
et al., Statistical Disclosure Control, 2012, chapter 4). Only cells with somebody in them are hidden in
lines: that nobody gave an answer is said. A zero is about no person, and an answer to a voluntary survey is
no trait by which somebody could be found in it; the handbook's case for hiding zeros is a full count of a
known population. Totals are not rounded: with them, every shown figure can be checked by adding up.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Table = Sequence[Sequence[int]]


def is_small(count: int, k: int) -> bool:
    """Whether a count is about somebody, and about fewer than k."""
    return 0 < count < k


def hidden_in_line(counts: Sequence[int], k: int) -> frozenset[int]:
    """Which cells of a line are hidden; all of them where the whole line is about fewer than k."""
    if is_small(sum(counts), k):
        return frozenset(range(len(counts)))
    return _at_least_two(counts, {place for place, n in enumerate(counts) if is_small(n, k)}, k)


def hidden_in_choices(counts: Sequence[int], asked: int, k: int) -> frozenset[int]:
    """Which cells are hidden where a person can be in several: also those that nearly everybody is in.

    At least two, with at least k in them: how many each had to choose can make them add up after all.
    """
    if is_small(asked, k):
        return frozenset(range(len(counts)))
    small = {place for place, n in enumerate(counts) if is_small(n, k) or is_small(asked - n, k)}
    return _at_least_two(counts, small, k)


def _at_least_two(counts: Sequence[int], small: set[int], k: int) -> frozenset[int]:
    """The hidden cells with the smallest others, until there are two, k people in them, and more people
    than cells: each is known to have somebody in it. Where that cannot be, zeros are hidden with the rest."""
    hidden = set(small)
    rest = sorted((n, place) for place, n in enumerate(counts) if n and place not in small)

    def tells() -> bool:
        people = sum(counts[place] for place in hidden)
        return bool(hidden) and (len(hidden) < 2 or people < k or people <= len(hidden))

    while rest and tells():
        hidden.add(rest.pop(0)[1])
    return frozenset(range(len(counts)) if tells() else hidden)


@dataclass(frozen=True)
class HiddenTable:
    """What of a table is hidden: rows and columns by their totals, and cells between them."""

    rows: frozenset[int]
    columns: frozenset[int]
    cells: frozenset[tuple[int, int]]


def hidden_in_table(
    table: Table, k: int, rows: frozenset[int] = frozenset(), columns: frozenset[int] = frozenset()
) -> HiddenTable:
    """What of a table of two questions is hidden, margins known. ``rows`` and ``columns`` are those that are
    hidden where each question is told of by itself.

    Hidden rows are one row to a reader, and so are hidden columns: only their sums can be reckoned. In what
    remains, the hidden cells are all those of some rows in some columns: at least two of each, each with at
    least k people within. Such a block is never solved: with positive margins on two rows and two columns,
    every cell can be at least one lower or higher (the bounds of Fréchet are apart).
    """
    height, width = len(table), len(table[0]) if table else 0
    rows |= hidden_in_line([sum(row) for row in table], k)
    columns |= hidden_in_line([sum(row[j] for row in table) for j in range(width)], k)
    if len(rows) == height or len(columns) == width:
        every = frozenset((i, j) for i in range(height) for j in range(width))
        return HiddenTable(rows, columns, every)
    row_groups = _groups(height, rows)
    column_groups = _groups(width, columns)
    merged = [[sum(table[i][j] for i in r for j in c) for c in column_groups] for r in row_groups]
    in_rows, in_columns = _block(merged, k)
    cells = {(i, j) for i in range(height) for j in range(width) if i in rows or j in columns}
    cells |= {(i, j) for r in in_rows for c in in_columns for i in row_groups[r] for j in column_groups[c]}
    return HiddenTable(rows, columns, frozenset(cells))


def _groups(length: int, hidden: Iterable[int]) -> list[list[int]]:
    together = sorted(hidden)
    return [[place] for place in range(length) if place not in together] + ([together] if together else [])


def _block(table: Table, k: int) -> tuple[set[int], set[int]]:
    """The rows and the columns of what is hidden. Grows until it is safe; the whole table is."""
    small = [(i, j) for i, row in enumerate(table) for j, n in enumerate(row) if is_small(n, k)]
    rows, columns = {i for i, _j in small}, {j for _i, j in small}
    turned = list(zip(*table, strict=True))
    while rows and (_grows(table, rows, columns, k) or _grows(turned, columns, rows, k)):
        pass
    return rows, columns


def _grows(table: Table, rows: set[int], columns: set[int], k: int) -> bool:
    """Take one more column into the block, if there are too few or a row has fewer than k in it."""
    short = [i for i in sorted(rows) if sum(table[i][j] for j in columns) < k]
    if not short and len(columns) > 1:
        return False
    within = short[:1] or sorted(rows)
    sums = {j: sum(table[i][j] for i in within) for j in range(len(table[0])) if j not in columns}
    found = min(((n, j) for j, n in sums.items() if n), default=None)
    if found is None:
        return False
    columns.add(found[1])
    return True
