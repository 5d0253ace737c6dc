"""Every write to maps."""

from citizen.base import audit, clock
from citizen.base.db import session
from citizen.places import queries
from citizen.places.models import BaseMap
from citizen.places.rules.points import Bounds
from citizen.places.rules.rasters import Raster
from citizen.programmes.models import Municipality


def save_map(
    municipality: Municipality, raster: Raster | None, bounds: Bounds, source: str, *, user_id: int | None
) -> BaseMap:
    """Give a municipality a map, or change the one it has; no raster leaves its picture as it is."""
    found = queries.map_of(municipality.id) or BaseMap(municipality_id=municipality.id)
    if raster is not None:
        found.large, found.small, found.digest = raster.large, raster.small, raster.digest
        found.width, found.height = raster.width, raster.height
    found.north, found.south, found.west, found.east = bounds.north, bounds.south, bounds.west, bounds.east
    found.source, found.changed_at, found.changed_by = source, clock.now(), user_id
    session.add(found)
    audit.record("map.save", municipality.slug, user_id, picture=found.digest, edges=[
        bounds.north, bounds.south, bounds.west, bounds.east,
    ])
    session.flush()
    return found


def remove_map(municipality: Municipality, *, user_id: int) -> None:
    """Take a municipality's map away, picture and all; points of ideas stay."""
    if found := queries.map_of(municipality.id):
        session.delete(found)
    audit.record("map.remove", municipality.slug, user_id)
    session.flush()
