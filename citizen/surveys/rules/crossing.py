"""Two questions held against each other, as a table that tells of nobody.

Everybody is in it, also whoever gave no answer or was not asked: so its margins are the figures of each
question by itself, and nothing lies between the two.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from citizen.base.protection import hidden_in_table
from citizen.surveys.rules.document import Kind
from citizen.surveys.rules.figures import SKIPPED, Series

_KINDS = {Kind.ONE, Kind.SCALE, Kind.SEVERAL}


@dataclass(frozen=True)
class Crossed:
    """A table of counts, None where hidden.

    Attributes
    ----------
    columns : option of the second question → how many gave it.
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
    def says_something(self) -> bool:
        """Whether any cell but empty ones is shown."""
        return any(n for _option, cells, _whole in self.rows for n in cells)


def crossable(every: Iterable[Series]) -> list[Series]:
    """The questions that can be held against others: with one answer of few, or several."""
    return [one for one in every if one.question.kind in _KINDS]


def crossed(
    first: tuple[Series, Series], second: tuple[Series, Series], pairs: Mapping[tuple[str, str], int],
    total: int, k: int,
) -> Crossed:
    """A protected table of ``pairs``.

    Where people could choose several, each answer is a table of its own: those who gave it and those who
    did not.

    Parameters
    ----------
    first, second : a question's true figures, and as they are shown by themselves.
    total : how many submissions there are.
    """
    columns = _whole(second[0], total)
    lost_columns = _hidden(second[1])
    rows = _whole(first[0], total)
    if first[0].question.kind is Kind.SEVERAL:
        del rows[SKIPPED]
    table = [[pairs.get((row, column), 0) for column in columns if column != SKIPPED] for row in rows]
    table = [[*cells, count - sum(cells)] for cells, count in zip(table, rows.values(), strict=True)]
    if first[0].question.kind is Kind.SEVERAL:
        covered, lost_rows, lost_columns = _of_several(
            table, list(columns.values()), _hidden(first[1]), lost_columns, k)
    else:
        last = [n - sum(row[j] for row in table[:-1]) for j, n in enumerate(columns.values())]
        table[-1] = last
        hidden = hidden_in_table(table, k, _hidden(first[1]), lost_columns)
        covered, lost_rows, lost_columns = hidden.cells, hidden.rows, hidden.columns
    return Crossed(
        first[0], second[0],
        tuple((c, None if j in lost_columns else n) for j, (c, n) in enumerate(columns.items())),
        tuple((row, tuple(None if (i, j) in covered else n for j, n in enumerate(table[i])),
               None if i in lost_rows else sum(table[i])) for i, row in enumerate(rows)),
    )


def _whole(series: Series, total: int) -> dict[str, int]:
    """Option → how many; the rest of everybody gave none."""
    given = {cell.key: cell.count or 0 for cell in series.lines[0].cells if cell.key != SKIPPED}
    return given | {SKIPPED: total - sum(given.values())}


def _hidden(series: Series) -> frozenset[int]:
    return frozenset(i for i, cell in enumerate(series.lines[0].cells) if cell.count is None)


def _of_several(
    table: list[list[int]], whole: list[int], rows: frozenset[int], columns: frozenset[int], k: int
) -> tuple[frozenset[tuple[int, int]], frozenset[int], frozenset[int]]:
    cells: set[tuple[int, int]] = set()
    lost_rows, lost_columns = set(rows), set(columns)
    for i, chosen in enumerate(table):
        of_one = frozenset({0, 1} if i in rows else ())
        others = [n - c for n, c in zip(whole, chosen, strict=True)]
        hidden = hidden_in_table([chosen, others], k, of_one, columns)
        cells |= {(i, j) for row, j in hidden.cells if row == 0}
        lost_rows |= {i} if 0 in hidden.rows else set()
        lost_columns |= hidden.columns
    return frozenset(cells), frozenset(lost_rows), frozenset(lost_columns)
