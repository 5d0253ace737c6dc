"""Points on the earth, as far as two countries need them: rounded, kept in bounds, drawn on a map.

A point is kept to three decimals of a degree, about 100 metres, and is never more exact than that.
"""

import math
import re
from dataclasses import dataclass

SOUTH, NORTH, WEST, EAST = 54.0, 72.0, 4.0, 32.0
DECIMALS = 3
# On the sphere that maps use; a Nordic kilometre is off by three metres.
KM_PER_DEGREE = 111.195
_DEGREES = re.compile(r"\s*(\d{1,3}(?:\.\d{1,20})?)\s*", re.ASCII)


@dataclass(frozen=True)
class Point:
    """Degrees north and east, rounded."""

    latitude: float
    longitude: float


@dataclass(frozen=True)
class Bounds:
    """A rectangle of a map in Web Mercator, by its edges in degrees."""

    north: float
    south: float
    west: float
    east: float

    def holds(self, point: Point) -> bool:
        return self.south <= point.latitude <= self.north and self.west <= point.longitude <= self.east

    def spot(self, point: Point) -> tuple[float, float]:
        """Where a point lies on the map: 0 to 1 from the left, and 0 to 1 from the top."""
        top, bottom = mercator(self.north), mercator(self.south)
        return (
            (point.longitude - self.west) / (self.east - self.west),
            (top - mercator(point.latitude)) / (top - bottom),
        )

    def point(self, x: float, y: float) -> Point:
        """The point at a spot of the map; outside of it, the nearest on its edge."""
        x, y = min(1.0, max(0.0, x)), min(1.0, max(0.0, y))
        top, bottom = mercator(self.north), mercator(self.south)
        return rounded(_latitude(top - y * (top - bottom)), self.west + x * (self.east - self.west))

    @property
    def shape(self) -> float:
        """Height by width of a picture with these bounds."""
        return (mercator(self.north) - mercator(self.south)) / math.radians(self.east - self.west)


NORDICS = Bounds(NORTH, SOUTH, WEST, EAST)


def mercator(latitude: float) -> float:
    """How far up a latitude lies on a map in Web Mercator."""
    return math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2))


def _latitude(height: float) -> float:
    return math.degrees(2 * math.atan(math.exp(height)) - math.pi / 2)


def rounded(latitude: float, longitude: float) -> Point:
    """A point, no more exact than it is kept."""
    return Point(round(latitude, DECIMALS), round(longitude, DECIMALS))


def read_point(latitude: str | None, longitude: str | None) -> Point | None:
    """A point out of two numbers as programs write them; None if they are none, or far away."""
    found = [_DEGREES.fullmatch(text or "") for text in (latitude, longitude)]
    if not found[0] or not found[1]:
        return None
    point = rounded(float(found[0][1]), float(found[1][1]))
    return point if NORDICS.holds(point) else None


def around(centre: Point, km: float) -> Bounds:
    """The rectangle that everything within so many kilometres lies in."""
    high, wide = km / KM_PER_DEGREE, km / (KM_PER_DEGREE * shrunk(centre))
    return Bounds(
        north=centre.latitude + high, south=centre.latitude - high,
        west=centre.longitude - wide, east=centre.longitude + wide,
    )


def shrunk(centre: Point) -> float:
    """How long a degree eastwards is, in degrees northwards."""
    return math.cos(math.radians(centre.latitude))


def km_between(one: Point, other: Point) -> float:
    """Kilometres as the crow flies, as good as exact over a few miles."""
    high, wide = other.latitude - one.latitude, (other.longitude - one.longitude) * shrunk(one)
    return math.hypot(high, wide) * KM_PER_DEGREE
