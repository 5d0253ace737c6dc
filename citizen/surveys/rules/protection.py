"""A question's figures as they may be shown: `citizen.base.protection` decides, from counts alone."""

from dataclasses import replace

from citizen.base.protection import hidden_in_choices, hidden_in_line, is_small
from citizen.surveys.rules.figures import Line, Series


def protect(series: Series, k: int) -> Series:
    """A question's figures as they may be shown: hidden cells have no count.

    Of a question that fewer than k were asked, nothing is left. What is reckoned from single numbers or
    places goes with the cells it could betray.
    """
    lines = tuple(protect_line(line, k) for line in series.lines)
    is_whole = all(line.is_whole for line in lines)
    places_are_safe = not any(is_small(n, k) for _option, found in series.places for n in found)
    return replace(series, lines=lines, numbers=series.numbers if is_whole else (),
                   places=series.places if is_whole and places_are_safe else ())


def protect_line(line: Line, k: int) -> Line:
    """One line as it may be shown."""
    counts = [cell.count or 0 for cell in line.cells]
    asked = line.asked or 0
    hidden = hidden_in_line(counts, k) if line.adds_up else hidden_in_choices(counts, asked, k)
    cells = tuple(replace(cell, count=None if place in hidden else cell.count)
                  for place, cell in enumerate(line.cells))
    return replace(line, asked=None if is_small(asked, k) else asked, cells=cells)
