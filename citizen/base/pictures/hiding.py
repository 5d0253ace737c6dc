"""Parts of a picture hidden so that nothing of them is left.

A coarse mosaic of many fields can still be recognised, or read by trying what gives the same mosaic. Here
all that touches becomes one colour, its average: of what was there, three numbers remain. The chequers on
it are the same on every picture, and only say that something is hidden.
"""

from collections.abc import Collection, Iterator

from PIL import Image, ImageStat

from citizen.base.pictures.making import LONGEST, Ready, kept, read_pixels

COLUMNS = 10
"""Cells in a row, whatever the picture's size: few enough to go through by keyboard."""

_MOST_ROWS = 30
_SHADE = 14

Box = tuple[int, int, int, int]


def rows_for(width: int, height: int) -> int:
    """How many rows of about square cells a picture has."""
    return min(_MOST_ROWS, max(1, round(COLUMNS * height / width)))


def hide(content: bytes, cells: Collection[int]) -> Ready:
    """Hide cells, counted row by row from 0, of a picture that is kept; those there are not are passed over.

    Raises
    ------
    BadPicture
        If the content is no picture.
    """
    picture = read_pixels(content, LONGEST)
    rows = rows_for(*picture.size)
    boxes = {cell: _box(cell, rows, picture.size) for cell in cells if 0 <= cell < rows * COLUMNS}
    for group in _touching(set(boxes)):
        colour = _average(picture, [boxes[cell] for cell in group])
        for cell in group:
            shade = _SHADE if (cell // COLUMNS + cell % COLUMNS) % 2 else -_SHADE
            picture.paste(_shaded(colour, shade), boxes[cell])
    return kept(picture)


def _box(cell: int, rows: int, size: tuple[int, int]) -> Box:
    """The pixels of a cell: neighbours share an edge and leave nothing between them."""
    row, column = divmod(cell, COLUMNS)
    (width, height) = size
    left, right = column * width // COLUMNS, (column + 1) * width // COLUMNS
    top, bottom = row * height // rows, (row + 1) * height // rows
    return left, top, max(right, left + 1), max(bottom, top + 1)


def _touching(cells: set[int]) -> Iterator[list[int]]:
    """The cells in groups whose members touch by a side or a corner."""
    left = set(cells)
    while left:
        group, edge = [], [left.pop()]
        while edge:
            cell = edge.pop()
            group.append(cell)
            near = left & set(_around(cell))
            left -= near
            edge += near
        yield sorted(group)


def _around(cell: int) -> Iterator[int]:
    for across in (-1, 0, 1):
        if 0 <= cell % COLUMNS + across < COLUMNS:
            yield from (cell + across + COLUMNS * down for down in (-1, 0, 1))


def _average(picture: Image.Image, boxes: list[Box]) -> tuple[int, ...]:
    """The average colour of some boxes, each weighing as much as it has pixels."""
    parts = [ImageStat.Stat(picture.crop(box)) for box in boxes]
    pixels = sum(part.count[0] for part in parts)
    return tuple(round(sum(part.sum[band] for part in parts) / pixels) for band in range(3))


def _shaded(colour: tuple[int, ...], shade: int) -> tuple[int, ...]:
    return tuple(min(255, max(0, value + shade)) for value in colour)
