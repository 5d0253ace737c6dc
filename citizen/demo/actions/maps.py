"""The demo's maps, drawn here: no map of others is needed to try what a map is for."""

from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from itertools import pairwise
from typing import Any

from citizen.demo.rules import read
from citizen.places.actions import save_map
from citizen.places.rules.points import Bounds, Point, rounded
from citizen.places.rules.rasters import make_ready
from citizen.programmes.models import Municipality

WIDTH = 1400
GROUND, WOOD, WATER, ROAD, ROAD_EDGE = "#f1efe4", "#d5e3c5", "#a9cfe6", "#ffffff", "#b9ab93"
PLAIN = str.maketrans("åäöøÅÄÖØ", "aaooAAOO")
HOUSE, BORDER, INK = "#8a6f58", "#9a4f86", "#22303c"


def build_maps(municipalities: Mapping[str, Municipality]) -> None:
    """Give each municipality its part of the country by the river."""
    country = read("places.json")
    for slug, told in country["maps"].items():
        bounds = Bounds(*told["edges"])
        picture = BytesIO()
        _Sheet(bounds).draw(country).save(picture, "PNG")
        save_map(municipalities[slug], make_ready(picture.getvalue()), bounds, told["source"], user_id=None)


def point_for(place: str | None, number: int) -> Point | None:
    """Somewhere in or by a place, the same at every load; two of three ideas have a point."""
    country = read("places.json")
    known = {**country["settlements"], **country["unnamed"]}
    if place not in known or number % 3 == 0:
        return None
    north, east = known[place][:2]
    return rounded(north + (number * 37 % 17 - 8) / 2500, east + (number * 53 % 19 - 9) / 1500)


class _Sheet:
    """A picture with these edges."""

    def __init__(self, bounds: Bounds) -> None:
        from PIL import Image, ImageDraw

        self.bounds, self.height = bounds, round(WIDTH * bounds.shape)
        self.image = Image.new("RGB", (WIDTH, self.height), GROUND)
        self.pen: Any = ImageDraw.Draw(self.image)

    def draw(self, country: Mapping[str, Any]) -> Any:
        for wood in country["woods"]:
            self._area(wood, WOOD)
        for brook in country["brooks"]:
            self._line(brook, WATER, 9)
        for lake in country["lakes"]:
            self._area(lake, WATER)
        for island in country["islands"]:
            self._area(island, GROUND)
        self._line(country["river"], WATER, 46)
        self._dashes(country["river"])
        for colour, width in ((ROAD_EDGE, 18), (ROAD, 12)):
            for road in country["roads"]:
                self._line(road, colour, width)
        for name, (north, east, size) in country["settlements"].items():
            self._settlement(name, north, east, size)
        return self.image

    def _spot(self, place: Sequence[float]) -> tuple[float, float]:
        x, y = self.bounds.spot(Point(place[0], place[1]))
        return x * WIDTH, y * self.height

    def _spots(self, places: Iterable[Sequence[float]]) -> list[tuple[float, float]]:
        return [self._spot(place) for place in places]

    def _area(self, corners: Sequence[Sequence[float]], colour: str) -> None:
        self.pen.polygon(_rounded_off([*self._spots(corners), self._spot(corners[0])], closed=True), colour)

    def _line(self, places: Sequence[Sequence[float]], colour: str, width: int) -> None:
        line = _rounded_off(self._spots(places))
        self.pen.line(line, colour, width, joint="curve")
        for x, y in (line[0], line[-1]):
            self.pen.ellipse((x - width / 2, y - width / 2, x + width / 2, y + width / 2), colour)

    def _dashes(self, places: Sequence[Sequence[float]]) -> None:
        """The border, in the middle of the river."""
        line = _rounded_off(self._spots(places))
        for start, end in list(pairwise(line))[::2]:
            self.pen.line([start, end], BORDER, 5)

    def _settlement(self, name: str, north: float, east: float, size: int) -> None:
        from PIL import ImageFont

        x, y = self._spot((north, east))
        for number in range(size * 9):
            angle_x, angle_y = (number * 41 % 23 - 11) * size * 2.1, (number * 29 % 19 - 9) * size * 1.7
            self.pen.rectangle((x + angle_x - 5, y + angle_y - 4, x + angle_x + 5, y + angle_y + 4), HOUSE)
        font = ImageFont.load_default(size=26 + 8 * size)
        self._name(name, x - font.getlength(name.translate(PLAIN)) / 2, y - 18 - 14 * size, font)

    def _name(self, name: str, x: float, y: float, font: Any) -> None:
        """The one font there always is has no letters of ours: their marks are drawn above."""
        plain = name.translate(PLAIN)
        self.pen.text((x, y), plain, INK, font=font, anchor="ls", stroke_width=5, stroke_fill=GROUND)
        for number, letter in enumerate(name):
            if letter == plain[number]:
                continue
            left, top, right, _bottom = font.getbbox(plain[number], anchor="ls")
            start = x + font.getlength(plain[:number])
            self._mark(letter, start + (left + right) / 2, y + top, (right - left) / 2, -top)

    def _mark(self, letter: str, x: float, top: float, half: float, high: float) -> None:
        pen = max(3, round(half / 4))
        if letter in "øØ":
            self.pen.line((x - half, top + high + 2, x + half, top - 2), INK, pen)
        elif letter in "åÅ":
            ring = half * 0.42
            self.pen.ellipse((x - ring, top - 2 - 2 * ring, x + ring, top - 2), GROUND, INK, pen)
        else:
            for middle in (x - half * 0.45, x + half * 0.45):
                self.pen.ellipse((middle - pen, top - 4 - 2 * pen, middle + pen, top - 4), INK)


def _rounded_off(line: Sequence[tuple[float, float]], *, closed: bool = False) -> list[tuple[float, float]]:
    """The same line without corners: each is cut, three times over."""
    found = list(line)
    for _ in range(3):
        ends = [] if closed else [found[0]], [] if closed else [found[-1]]
        cut = [
            (a[0] * p + b[0] * (1 - p), a[1] * p + b[1] * (1 - p))
            for a, b in pairwise(found) for p in (0.75, 0.25)
        ]
        found = [*ends[0], *cut, *ends[1]]
        if closed:
            found.append(found[0])
    return found
