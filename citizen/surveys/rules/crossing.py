"""Two questions held against each other, as a table that tells of nobody."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from citizen.surveys.rules.document import Kind
from citizen.surveys.rules.figures import SKIPPED, Series
from citizen.surveys.rules.protection import hidden_in_table

_KINDS = {Kind.ONE, Kind.SCALE, Kind.SEVERAL}


@dataclass(frozen=True)
class Crossed:
    """A table of counts, None where hidden; shares are those of a column.

    Attributes
    ----------
    columns : option of the second question → how many gave it, of those who answered both.
    rows : option of the first → how many of each column gave it, and how many in all.
    """

    first: Series
    second: Series
    columns: tuple[tuple[str, int | None], ...]
    rows: tuple[tuple[str, tuple[int | None, ...], int | None], ...]

    @property
    def is_whole(self) -> bool:
        return all(n is not None for _option, cells, whole in self.rows for n in (*cells, whole))

    @property
    def adds_up(self) -> bool:
        return self.first.question.kind is not Kind.SEVERAL


def crossable(every: Iterable[Series]) -> list[Series]:
    """The questions that can be held against others: with one answer of few, or several."""
    return [one for one in every if one.question.kind in _KINDS]


def crossed(first: Series, second: Series, pairs: Mapping[tuple[str, str], int], k: int) -> Crossed:
    """A protected table of ``pairs``; under an empty first option stand those who answered both.

    Where people could choose several, each answer is a table of its own: those who gave it and those who
    did not.
    """
    rows, columns = _options(first), _options(second)
    whole = [pairs.get(("", column), 0) for column in columns]
    table = [[pairs.get((row, column), 0) for column in columns] for row in rows]
    if first.question.kind is not Kind.SEVERAL:
        hidden = hidden_in_table(table, k)
        covered, lost_rows, lost_columns = hidden.cells, hidden.rows, hidden.columns
    else:
        covered, lost_rows, lost_columns = _of_several(table, whole, k)
    return Crossed(
        first, second,
        tuple((c, None if j in lost_columns else whole[j]) for j, c in enumerate(columns)),
        tuple((row, tuple(None if (i, j) in covered else n for j, n in enumerate(table[i])),
               None if i in lost_rows else sum(table[i])) for i, row in enumerate(rows)),
    )


def _of_several(
    table: list[list[int]], whole: list[int], k: int
) -> tuple[frozenset[tuple[int, int]], frozenset[int], frozenset[int]]:
    cells: set[tuple[int, int]] = set()
    rows: set[int] = set()
    columns: frozenset[int] = frozenset()
    for i, chosen in enumerate(table):
        hidden = hidden_in_table([chosen, [n - c for n, c in zip(whole, chosen, strict=True)]], k)
        cells |= {(i, j) for row, j in hidden.cells if row == 0}
        rows |= {i} if 0 in hidden.rows else set()
        columns = hidden.columns
    return frozenset(cells), frozenset(rows), columns


def _options(series: Series) -> list[str]:
    return [cell.key for line in series.lines for cell in line.cells if cell.key != SKIPPED]
