"""Points: rounded, in bounds, and found again on a map."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citizen.places.rules import points
from citizen.places.rules.points import Bounds, Point, read_point

INSIDE = st.builds(points.rounded, st.floats(58, 70), st.floats(6, 30))


def test_a_point_is_kept_to_three_decimals() -> None:
    assert read_point("59.9123456", "12.3456789") == Point(59.912, 12.346)


@pytest.mark.parametrize(("latitude", "longitude"), [
    ("", ""), ("59.9", ""), ("", "12.3"), (None, None), ("nan", "12"), ("inf", "12"), ("1e2", "12"),
    ("5_9", "12"), ("59,9", "12,3"), ("-59", "12"), ("٥٩", "12"), ("53.999", "12"), ("72.001", "12"),
    ("59", "3.999"), ("59", "32.001"), ("0", "0"), ("59.9; DROP", "12"), ("9" * 400, "12"),
])
def test_what_is_no_place_in_the_north_is_no_point(latitude: str | None, longitude: str | None) -> None:
    assert read_point(latitude, longitude) is None


@pytest.mark.parametrize("edge", [("54", "4"), ("72", "32"), ("54.0", "32.000")])
def test_the_edges_of_the_north_belong_to_it(edge: tuple[str, str]) -> None:
    assert read_point(*edge) is not None


@given(INSIDE, st.floats(0.05, 3), st.floats(0.05, 2))
def test_a_point_is_found_again_where_it_was_drawn(point: Point, wide: float, high: float) -> None:
    north, east = point.latitude, point.longitude
    bounds = Bounds(north + high, north - high, east - wide, east + wide)
    assert bounds.point(*bounds.spot(point)) == point


def test_latitudes_lie_as_on_a_map_in_web_mercator() -> None:
    # Half-way between 54 and 72 degrees on such a map lies north of the 63rd.
    bounds = Bounds(72, 54, 4, 32)
    assert bounds.point(0.5, 0.5).longitude == 18
    assert bounds.point(0.5, 0.5).latitude == pytest.approx(64.3, abs=0.2)
    assert math.isclose(Bounds(60.05, 59.95, 12.0, 12.4).shape, 0.5, rel_tol=0.01)


def test_a_spot_outside_of_the_map_is_taken_to_its_edge() -> None:
    bounds = Bounds(60.05, 59.95, 12.0, 12.4)
    assert bounds.point(-1, 7) == Point(59.95, 12.0)


def test_distances_are_those_of_the_earth() -> None:
    # Oslo and Karlstad by the formula for spheres: 160 km.
    assert points.km_between(Point(59.913, 10.739), Point(59.379, 13.504)) == pytest.approx(166, abs=3)
    assert points.km_between(Point(60, 12), Point(60.01, 12)) == pytest.approx(1.112, abs=0.01)
    assert points.km_between(Point(60, 12), Point(60, 12.02)) == pytest.approx(1.112, abs=0.01)
