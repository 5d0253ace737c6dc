"""Figures of one question, made of counts: how many were asked, and what they answered.

A question that has come to mean something else begins a new series; its series are never added up.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from citizen.surveys.rules.classes import class_of, classes_of
from citizen.surveys.rules.document import Document, Kind, Option, Question, choices_of
from citizen.surveys.rules.tallying import ANSWERED, ASKED

SKIPPED = "-"
"""In place of an option: asked, and gave no answer."""
Counts = Mapping[tuple[str, int, str, str], int]
"""(question, series, row, option) → how many; `tallying` says what stands where."""


@dataclass(frozen=True)
class Cell:
    """How many gave one answer. ``count`` is None where it is protected.

    Attributes
    ----------
    since : the version in which it was first asked, if that is later than its question.
    is_asked : no longer, if false.
    """

    key: str
    count: int | None
    since: int = 0
    is_asked: bool = True


@dataclass(frozen=True)
class Line:
    """Everybody who was asked one thing, by answer.

    Attributes
    ----------
    row : the item of a matrix; "1" for the first places of a ranking.
    cells : one per answer, with `SKIPPED` last.
    adds_up : each person is in exactly one cell.
    """

    row: str
    asked: int | None
    cells: tuple[Cell, ...]
    adds_up: bool = True

    @property
    def is_whole(self) -> bool:
        """Whether nothing in it is protected."""
        return self.asked is not None and all(cell.count is not None for cell in self.cells)

    @property
    def skipped(self) -> int | None:
        return self.cells[-1].count if self.cells else None


@dataclass(frozen=True)
class Series:
    """The figures of a question within one series.

    Attributes
    ----------
    version : the newest version that asks it in this way.
    is_current : whether the newest version of the survey still does.
    lines : one; of a matrix, one per item.
    numbers : what was written to a number, with how often.
    places : of a ranking: option → how often it came on which place.
    """

    question: Question
    version: int
    is_current: bool
    lines: tuple[Line, ...]
    numbers: tuple[tuple[Decimal, int], ...] = ()
    places: tuple[tuple[str, tuple[int, ...]], ...] = ()

    @property
    def key(self) -> str:
        return f"{self.question.id}.{self.question.series}"


def series_of(documents: Mapping[int, Document], counts: Counts) -> Iterator[Series]:
    """The figures of a survey, from every version of it, in the order of the newest.

    What is no longer asked is there if it has answers.
    """
    if not documents:
        return
    newest = documents[max(documents)]
    current = {q.id: q.series for q in newest.questions if not q.hidden}
    order = {q.id: place for place, q in enumerate(newest.questions)}
    known = {(q.id, q.series): (q, number) for number, document in sorted(documents.items())
             for q in document.questions if q.kind is not Kind.STATEMENT}
    for question, number in sorted(known.values(), key=lambda k: (order.get(k[0].id, len(order)), -k[1])):
        is_current = current.get(question.id) == question.series
        lines = tuple(_lines(question, counts))
        if is_current or any(line.asked for line in lines):
            yield Series(question, number, is_current, lines, _numbers(question, counts),
                         _places(question, counts))


def _lines(question: Question, counts: Counts) -> Iterator[Line]:
    if question.kind is Kind.MATRIX:
        for row in question.rows:
            if not row.hidden or counts.get((question.id, question.series, row.id, ASKED)):
                yield _line(question, row.id, counts, is_asked=not row.hidden)
    else:
        yield _line(question, "", counts)


def _line(question: Question, row: str, counts: Counts, *, is_asked: bool = True) -> Line:
    def count(option: str, place: str = row) -> int:
        return counts.get((question.id, question.series, place, option), 0)

    asked = count(ASKED)
    if question.kind is Kind.NUMBER:
        cells = _classes(question, counts)
    elif question.kind is Kind.RANKING:
        cells = [_cell(question, o, count(o.id, "1")) for o in choices_of(question, hidden=True)]
    else:
        cells = [_cell(question, o, count(o.id)) for o in choices_of(question, hidden=True)]
    cells = [c for c in cells if c.count or c.is_asked]
    if not cells:
        cells = [Cell(ANSWERED, count(ANSWERED))]
    cells.append(Cell(SKIPPED, max(asked - count(ANSWERED), 0)))
    return Line(row, asked, tuple(cells), adds_up=question.kind is not Kind.SEVERAL)


def _cell(question: Question, option: Option, count: int) -> Cell:
    return Cell(option.id, count, option.since if option.since > question.since else 0, not option.hidden)


def _classes(question: Question, counts: Counts) -> list[Cell]:
    found: dict[str, int] = {}
    for value, count in _numbers(question, counts):
        name = class_of(question, value)
        found[name] = found.get(name, 0) + count
    beside = [_cell(question, o, counts.get((question.id, question.series, "", o.id), 0))
              for o in choices_of(question)]
    return [Cell(name, found.get(name, 0)) for name in classes_of(question, found)] + beside


def _numbers(question: Question, counts: Counts) -> tuple[tuple[Decimal, int], ...]:
    if question.kind not in (Kind.NUMBER, Kind.SCALE):
        return ()
    mine = {o: n for (q, s, _row, o), n in counts.items() if (q, s) == (question.id, question.series) and n}
    return tuple(sorted((Decimal(o), n) for o, n in mine.items() if _is_number(o)))


def _is_number(text: str) -> bool:
    return text.lstrip("-").replace(".", "", 1).isdigit()


def _places(question: Question, counts: Counts) -> tuple[tuple[str, tuple[int, ...]], ...]:
    if question.kind is not Kind.RANKING:
        return ()
    numbers = range(1, len(question.options) + 1)
    return tuple(
        (option.id, tuple(counts.get((question.id, question.series, str(n), option.id), 0) for n in numbers))
        for option in question.options
    )


@dataclass(frozen=True)
class Summary:
    """Mean, median and standard deviation of what was answered with a number.

    ``low`` and ``high`` are the mean's bounds; they differ where it is reckoned from protected figures.
    """

    low: float
    high: float
    median: float | None = None
    deviation: float | None = None


def summary(numbers: Sequence[tuple[Decimal, int]]) -> Summary | None:
    """Of numbers with how often each was given; the deviation is that of the whole group (divided by n)."""
    total = sum(count for _value, count in numbers)
    if not total:
        return None
    mean = sum(float(value) * count for value, count in numbers) / total
    square = sum((float(value) - mean) ** 2 * count for value, count in numbers) / total
    return Summary(mean, mean, _median(numbers, total), square**0.5)


def _median(numbers: Sequence[tuple[Decimal, int]], total: int) -> float:
    middle = [(total - 1) // 2, total // 2]
    found, seen = [], 0
    for value, count in numbers:
        found += [float(value) for place in middle if seen <= place < seen + count]
        seen += count
    return sum(found) / 2


def points(line: Line) -> tuple[tuple[Decimal, int], ...]:
    """The points of a scale with how often each was chosen, as far as they are shown."""
    return tuple((Decimal(c.key), c.count) for c in line.cells if c.count and _is_number(c.key))


def mean_between(line: Line) -> Summary | None:
    """The bounds of a scale's mean that a reader could reckon from protected figures; made of them alone."""
    points = [cell for cell in line.cells if cell.key.lstrip("-").isdigit()]
    shown = [(int(cell.key), cell.count) for cell in points if cell.count is not None]
    covered = [int(cell.key) for cell in points if cell.count is None]
    others = [cell.count for cell in line.cells if cell not in points]
    if line.asked is None or not covered or any(count is None for count in others):
        return None
    known = sum(count for _point, count in shown)
    rest = line.asked - known - sum(count or 0 for count in others)
    total = known + rest
    base = sum(point * count for point, count in shown)
    return Summary((base + rest * min(covered)) / total, (base + rest * max(covered)) / total)


def mean_places(series: Series) -> dict[str, float]:
    """Option → its mean place among those who ranked it: the sum of its places through how often it was
    ranked. An option that somebody left out is in no mean of theirs."""
    return {
        option: sum(place * count for place, count in enumerate(found, 1)) / sum(found)
        for option, found in series.places if sum(found)
    }
