"""QR codes: an address as squares, for a page or for paper."""

from dataclasses import dataclass

import segno

QUIET = 4
"""Empty squares around a code, without which readers do not find it (ISO/IEC 18004)."""


@dataclass(frozen=True)
class Code:
    """An address as squares: ``size`` a side with the quiet zone, dark where ``runs`` say.

    ``runs`` are (column, row, length) of dark squares beside each other.
    """

    size: int
    runs: tuple[tuple[int, int, int], ...]

    @property
    def path(self) -> str:
        """The dark squares as an SVG path, one unit a square."""
        return "".join(f"M{x} {y}h{length}v1h-{length}z" for x, y, length in self.runs)

    @property
    def svg(self) -> str:
        """The code as a picture of its own: black on white, whatever the page around it is."""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.size} {self.size}"'
            ' shape-rendering="crispEdges">'
            f'<path fill="#fff" d="M0 0h{self.size}v{self.size}H0z"/><path d="{self.path}"/></svg>\n'
        )


def code(address: str) -> Code:
    """The code of an address; a seventh of it may be dirty or torn."""
    matrix = segno.make(address, error="m", micro=False, boost_error=False).matrix
    return Code(len(matrix) + 2 * QUIET, tuple(_runs(matrix)))


def _runs(matrix: tuple[bytearray, ...]) -> list[tuple[int, int, int]]:
    found = []
    for row, squares in enumerate(matrix):
        column = 0
        while (begin := squares.find(1, column)) >= 0:
            end = squares.find(0, begin)
            column = len(squares) if end < 0 else end
            found.append((begin + QUIET, row + QUIET, column - begin))
    return found
