"""Published ideas: the list, one of them, those near a place, and their support."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, case, func, select

from citizen.base.db import session
from citizen.base.pages import Page
from citizen.contributions import queries as contribution_queries
from citizen.contributions.models import Contribution, TextVersion
from citizen.contributions.rules import Visibility
from citizen.ideas.models import Idea, Support
from citizen.ideas.rules import browser_digest
from citizen.places.rules import points
from citizen.places.rules.points import Point

PAGE_SIZE = 20
NEAR_KM = 10


@dataclass(frozen=True)
class PublicIdea:
    """An idea as everyone may read it."""

    id: int
    ref: str
    programme_id: int
    municipality_id: int
    language: str
    sector: str | None
    published_at: datetime
    handling: str
    title: str
    body: str
    place: str | None
    support_count: int
    latitude: float | None
    longitude: float | None

    @property
    def point(self) -> Point | None:
        return _point(self.latitude, self.longitude)


_COLUMNS = (
    Contribution.id, Contribution.ref, Contribution.programme_id, Contribution.municipality_id,
    Contribution.language, Contribution.sector, Contribution.published_at, Contribution.handling,
    TextVersion.title, TextVersion.body, TextVersion.place, Idea.support_count,
    *(case((Idea.hides_point, None), else_=column) for column in (Idea.latitude, Idea.longitude)),
)


def public() -> Select[*tuple[Any, ...]]:
    """What is asked of published ideas, whichever are wanted."""
    return (
        select(*_COLUMNS)
        .join(Idea, Idea.contribution_id == Contribution.id)
        .join(
            TextVersion,
            and_(
                TextVersion.contribution_id == Contribution.id,
                TextVersion.number == Contribution.public_version,
            ),
        )
        .where(Contribution.visibility == Visibility.PUBLISHED)
    )


def public_idea(ref: str) -> PublicIdea | None:
    """A published idea by its reference."""
    row = session.execute(public().where(Contribution.ref == ref)).first()
    return PublicIdea(*row) if row else None


def public_ideas(
    programme_id: int,
    *,
    words: str = "",
    language: str = "",
    municipality_id: int | None = None,
    among: Select[*tuple[Any, ...]] | None = None,
    by_support: bool = False,
    page: int = 1,
) -> Page:
    """One page of a programme's published ideas.

    Parameters
    ----------
    words : each of them must occur in title, description or place, in any form and language.
    among : ids of those to choose from, such as a theme's.
    by_support : most supported first instead of newest first.
    """
    chosen = [Contribution.kind == "idea", Contribution.visibility == Visibility.PUBLISHED]
    if words:
        # Words are of a programme: few rows are looked at, where an index of the programme offers all.
        chosen += contribution_queries.having_words(programme_id, words)
    else:
        chosen.append(Contribution.programme_id == programme_id)
    if language:
        chosen.append(Contribution.language == language)
    if municipality_id:
        chosen.append(Contribution.municipality_id == municipality_id)
    if among is not None:
        chosen.append(Contribution.id.in_(among))
    total = session.scalar(select(func.count()).select_from(Contribution).where(*chosen)) or 0
    if by_support:
        if not words:
            chosen.append(Idea.programme_id == programme_id)
        order: tuple[Any, ...] = (Idea.support_count.desc(), Idea.contribution_id.desc())
    else:
        order = (Contribution.published_at.desc(), Contribution.id.desc())
    rows = session.execute(
        public().where(*chosen).order_by(*order).limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE)
    )
    return Page([PublicIdea(*row) for row in rows], page, PAGE_SIZE, total)


def ideas_by_id(idea_ids: Sequence[int]) -> list[PublicIdea]:
    """Those of some ideas that are published, in the order they were asked for."""
    rows = session.execute(public().where(Contribution.id.in_(idea_ids)))
    found = {row[0]: PublicIdea(*row) for row in rows}
    return [found[one] for one in idea_ids if one in found]


def near_ideas(programme_id: int, centre: Point, *, page: int = 1) -> Page:
    """One page of a programme's published ideas whose point is within `NEAR_KM`, nearest first.

    Read off the index of points: latitude first, the rest is reckoned of the few that are left. Flat
    geometry, with what a database without functions for angles can do; at ten kilometres it is metres off.
    """
    box = points.around(centre, NEAR_KM)
    north = Idea.latitude - centre.latitude
    east = (Idea.longitude - centre.longitude) * points.shrunk(centre)
    apart = north * north + east * east
    chosen = (
        Idea.programme_id == programme_id, Idea.latitude.between(box.south, box.north),
        Idea.longitude.between(box.west, box.east), apart <= (NEAR_KM / points.KM_PER_DEGREE) ** 2,
        Idea.hides_point.is_(False), Contribution.visibility == Visibility.PUBLISHED,
    )
    total = session.scalar(
        select(func.count()).select_from(Idea)
        .join(Contribution, Contribution.id == Idea.contribution_id).where(*chosen)
    )
    rows = session.execute(
        public().where(*chosen).order_by(apart, Idea.contribution_id.desc())
        .limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE)
    )
    return Page([PublicIdea(*row) for row in rows], page, PAGE_SIZE, total or 0)


def point_of(idea_id: int) -> Point | None:
    """An idea's point, whatever its state; None for what is no idea, or has none."""
    row = session.execute(
        select(Idea.latitude, Idea.longitude).where(Idea.contribution_id == idea_id)
    ).first()
    return _point(*row) if row else None


def hides_point(idea_id: int) -> bool:
    """Whether moderators keep an idea's point from others."""
    return bool(session.scalar(select(Idea.hides_point).where(Idea.contribution_id == idea_id)))


def _point(latitude: float | None, longitude: float | None) -> Point | None:
    return Point(latitude, longitude) if latitude is not None and longitude is not None else None


def has_supported(idea_id: int, browser: str) -> bool:
    """Whether a browser has given its support, to an idea or to something that has gone into it."""
    return bool(supported([idea_id], browser))


def supported(idea_ids: Sequence[int], browser: str | None) -> set[int]:
    """Those of some ideas that a browser has given its support, be it by way of what has gone into them."""
    if not idea_ids or not browser:
        return set()
    parts = contribution_queries.parts_of(idea_ids)
    given = set(session.scalars(
        select(Support.idea_id).where(
            Support.idea_id.in_(parts), Support.browser == browser_digest(browser)
        )
    ))
    return {whole for part in given for whole in parts[part]}


def marks(programme_id: int) -> tuple[set[str], set[str]]:
    """References and client keys of everything a programme has, for telling what a file brings anew."""
    rows = session.execute(
        select(Contribution.ref, Contribution.client_key).where(Contribution.programme_id == programme_id)
    ).all()
    return {row.ref for row in rows}, {row.client_key for row in rows}


def support(programme_id: int) -> dict[int, int]:
    """Idea → how many support it, for every idea of a programme in any state."""
    rows = session.execute(
        select(Idea.contribution_id, Idea.support_count).where(Idea.programme_id == programme_id)
    )
    return {row.contribution_id: row.support_count for row in rows}


def support_of(idea_ids: Sequence[int]) -> dict[int, int]:
    """Idea → how many support it, of some ideas in any state."""
    rows = session.execute(
        select(Idea.contribution_id, Idea.support_count).where(Idea.contribution_id.in_(idea_ids))
    )
    return {row.contribution_id: row.support_count for row in rows}
