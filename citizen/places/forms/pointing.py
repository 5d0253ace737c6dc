"""A form's maps, and how a point is set on one without script: the picture is a button that sends
where it was pressed, and the form comes back as it was typed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from flask import request

from citizen.places import queries
from citizen.places.models import BaseMap
from citizen.places.rules.points import Point

FACE = 288
"""Width of such a picture, in the pixels its button counts: what a phone of 320 has room for."""


class Pointed(Protocol):
    """A form with a point."""

    point: Point | None


@dataclass(frozen=True)
class Pointing:
    """What the form says of its point.

    Attributes
    ----------
    maps : those that a point may be set on.
    shown : short name of the municipality whose map lies open.
    is_removed : the point has just been taken away.
    is_missed : the picture was pressed by key, which tells no place.
    """

    maps: Sequence[BaseMap]
    shown: str = ""
    is_removed: bool = False
    is_missed: bool = False

    width = FACE

    @staticmethod
    def height(one: BaseMap) -> int:
        return round(FACE * one.height / one.width)


def is_asked() -> bool:
    """Whether a button about the point was pressed: nothing is sent in, and nothing stored."""
    return "map" in request.form or "point" in request.form or _pressed() is not None


def costs_nothing() -> bool:
    """Whether that is all there is to do: photos that come along are kept, and so they count as a sending."""
    return is_asked() and not any(sent.filename for sent in request.files.values())


def offered(municipality_ids: Sequence[int]) -> Pointing:
    """The maps of a form that is opened."""
    return Pointing(queries.maps(municipality_ids))


def answer(municipality_ids: Sequence[int], form: Pointed) -> Pointing:
    """Do to the form's point what the button says."""
    maps = offered(municipality_ids).maps
    if "point" in request.form:
        form.point = None
        return Pointing(maps, is_removed=True)
    pressed = _pressed()
    if pressed is None:
        return Pointing(maps, shown=request.form["map"])
    town, x, y = pressed
    found = next((one for one in maps if one.municipality.slug == town), None)
    # The corner: what browsers say where no place was pressed.
    if found is None or (x, y) == (0, 0):
        return Pointing(maps, shown=town, is_missed=True)
    form.point = found.bounds.point(x / FACE, y / Pointing.height(found))
    return Pointing(maps, shown=town)


def _pressed() -> tuple[str, int, int] | None:
    """The municipality on whose picture somebody pressed, and where."""
    for name, x in request.form.items():
        town = name.removeprefix("point-").removesuffix(".x")
        y = request.form.get(f"point-{town}.y", "")
        if name == f"point-{town}.x" and _is_count(x) and _is_count(y):
            return town, int(x), int(y)
    return None


def _is_count(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 6
