"""Pictures and maps that tests speak of."""

from io import BytesIO
from typing import Any

from flask import Flask
from PIL import Image

from citizen.base.db import session
from citizen.places.actions import save_map
from citizen.places.rules.points import Bounds
from citizen.places.rules.rasters import make_ready
from citizen.programmes.models import Municipality

# Twice as wide as high, as such edges are in Web Mercator.
EDGES = Bounds(north=60.05, south=59.95, west=12.0, east=12.4)


def a_picture(
    kind: str = "PNG", size: tuple[int, int] = (800, 400), mode: str = "RGB", noise: bool = False, **more: Any
) -> bytes:
    """A file with a picture in it, small; with noise, as large as one can be."""
    out = BytesIO()
    drawn = Image.effect_noise(size, 40) if noise else Image.radial_gradient("L").resize(size)
    drawn.convert(mode).save(out, kind, **more)
    return out.getvalue()


def give_map(app: Flask, municipality_id: int, edges: Bounds = EDGES) -> None:
    """Give a municipality a map, as its administrator would."""
    with app.app_context():
        municipality = session.get_one(Municipality, municipality_id)
        save_map(municipality, make_ready(a_picture()), edges, "© Kartverket", user_id=None)
        session.commit()
