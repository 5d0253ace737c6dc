"""Figures as they are drawn and told: bars with shares, and what most people answered."""

from dataclasses import dataclass

from citizen.surveys.rules.figures import Cell, Line


@dataclass(frozen=True)
class Bar:
    """One answer with its share of those who were asked; both None where it is protected."""

    cell: Cell
    share: float | None

    @property
    def width(self) -> float:
        """Per cent of the chart's width."""
        return round(100 * (self.share or 0), 1)


def bars(line: Line) -> list[Bar]:
    """A line's answers in their order, those who gave none last."""
    return [Bar(cell, cell.count / line.asked if line.asked and cell.count is not None else None)
            for cell in line.cells]


def leading(line: Line) -> tuple[Bar, ...]:
    """What most people answered, of what is shown; nothing where a hidden answer could be ahead of it."""
    shown = [bar for bar in bars(line)[:-1] if bar.cell.count]
    most = max((bar.cell.count or 0 for bar in shown), default=0)
    known = sum(cell.count or 0 for cell in line.cells)
    covered = any(cell.count is None for cell in line.cells)
    if covered and (not line.adds_up or (line.asked or 0) - known >= most):
        return ()
    return tuple(bar for bar in shown if bar.cell.count == most)
