"""Every read of maps. Their pictures are read only where one is sent."""

from collections.abc import Sequence

from sqlalchemy import select

from citizen.base.db import session
from citizen.places.models import BaseMap
from citizen.places.rules.points import Point
from citizen.programmes.models import Programme


def map_of(municipality_id: int) -> BaseMap | None:
    """A municipality's own map, if it has one."""
    return session.get(BaseMap, municipality_id)


def maps(municipality_ids: Sequence[int]) -> list[BaseMap]:
    """The maps of some municipalities that have one, in the order asked for."""
    found = session.scalars(select(BaseMap).where(BaseMap.municipality_id.in_(municipality_ids))).unique()
    return sorted(found, key=lambda one: list(municipality_ids).index(one.municipality_id))


def map_showing(point: Point | None, municipality_ids: Sequence[int]) -> BaseMap | None:
    """The first of some municipalities' maps that a point lies on."""
    if point is None:
        return None
    return next((one for one in maps(municipality_ids) if one.bounds.holds(point)), None)


def maps_for(programme: Programme, municipality_id: int) -> list[int]:
    """Whose maps something of a programme may be shown on: its own municipality's, then the others'."""
    return [municipality_id, *(m.id for m in programme.municipalities if m.id != municipality_id)]


def picture(municipality_id: int, *, large: bool) -> tuple[bytes, str] | None:
    """A map's picture and its digest."""
    size = BaseMap.large if large else BaseMap.small
    row = session.execute(
        select(size, BaseMap.digest).where(BaseMap.municipality_id == municipality_id)
    ).first()
    return (row[0], row[1]) if row else None
