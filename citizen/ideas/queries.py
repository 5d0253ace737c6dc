"""Every read of ideas."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import aliased

from citizen.analysis.terms import content_words
from citizen.base.audit import AuditRow
from citizen.base.db import session
from citizen.base.pages import Page
from citizen.contributions import queries as contribution_queries
from citizen.contributions.models import Contribution, TextVersion
from citizen.contributions.rules import Visibility
from citizen.ideas.models import Idea, Report, Support, Voice
from citizen.ideas.rules import browser_digest
from citizen.ideas.rules.alike import FEWEST_WORDS, MOST_SHOWN, least_likeness
from citizen.places.rules import points
from citizen.places.rules.points import Point

PAGE_SIZE = 20
# Several of the likest may be lines under the same idea.
_LOOKED_AT = 10
NOTES_SHOWN = 50
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
    Idea.latitude, Idea.longitude,
)


def _public() -> Select[*tuple[Any, ...]]:
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
    row = session.execute(_public().where(Contribution.ref == ref)).first()
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
        _public().where(*chosen).order_by(*order).limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE)
    )
    return Page([PublicIdea(*row) for row in rows], page, PAGE_SIZE, total)


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
        Contribution.visibility == Visibility.PUBLISHED,
    )
    total = session.scalar(
        select(func.count()).select_from(Idea)
        .join(Contribution, Contribution.id == Idea.contribution_id).where(*chosen)
    )
    rows = session.execute(
        _public().where(*chosen).order_by(apart, Idea.contribution_id.desc())
        .limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE)
    )
    return Page([PublicIdea(*row) for row in rows], page, PAGE_SIZE, total or 0)


def point_of(idea_id: int) -> Point | None:
    """An idea's point, whatever its state; None for what is no idea, or has none."""
    row = session.execute(
        select(Idea.latitude, Idea.longitude).where(Idea.contribution_id == idea_id)
    ).first()
    return _point(*row) if row else None


def _point(latitude: float | None, longitude: float | None) -> Point | None:
    return Point(latitude, longitude) if latitude is not None and longitude is not None else None


def has_supported(idea_id: int, browser: str) -> bool:
    """Whether a browser has given its support."""
    return session.get(Support, (idea_id, browser_digest(browser))) is not None


def alike(programme_id: int, typed: str) -> list[PublicIdea]:
    """The few published ideas that say the same as a text, likest first; most often none.

    A line that says the same stands for the idea it is under.
    """
    words = len(content_words(typed))
    if words < FEWEST_WORDS:
        return []
    likest = contribution_queries.similar(programme_id, typed, _LOOKED_AT)
    same = [match.id for match in likest if match.score >= least_likeness(words)]
    if not same:
        return []
    under = dict(session.execute(
        select(Voice.contribution_id, Voice.idea_id).where(Voice.contribution_id.in_(same))
    ).all())
    order = [under.get(number, number) for number in same]
    found = [PublicIdea(*row) for row in session.execute(_public().where(Contribution.id.in_(order)))]
    return sorted(found, key=lambda idea: order.index(idea.id))[:MOST_SHOWN]


def supported(idea_ids: Sequence[int], browser: str | None) -> set[int]:
    """Those of some ideas that a browser has given its support."""
    if not idea_ids or not browser:
        return set()
    given = select(Support.idea_id).where(
        Support.idea_id.in_(idea_ids), Support.browser == browser_digest(browser)
    )
    return set(session.scalars(given))


@dataclass(frozen=True)
class Line:
    """What somebody adds to an idea, as everyone may read it."""

    id: int
    ref: str
    idea_id: int
    language: str
    body: str
    published_at: datetime


def _lines() -> Select[*tuple[Any, ...]]:
    return (
        select(Contribution.id, Contribution.ref, Voice.idea_id, Contribution.language, TextVersion.body,
               Contribution.published_at)
        .join(Voice, Voice.contribution_id == Contribution.id)
        .join(TextVersion, and_(TextVersion.contribution_id == Contribution.id,
                                TextVersion.number == Contribution.public_version))
        .where(Contribution.visibility == Visibility.PUBLISHED)
    )


def lines(idea_id: int, page: int) -> Page:
    """One page of what others add to an idea, newest first."""
    found = _lines().where(Voice.idea_id == idea_id)
    total = session.scalar(select(func.count()).select_from(found.subquery())) or 0
    newest = found.order_by(Contribution.published_at.desc(), Contribution.id.desc())
    rows = session.execute(newest.limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE))
    return Page([Line(*row) for row in rows], page, PAGE_SIZE, total)


def line(ref: str) -> tuple[PublicIdea, Line] | None:
    """A published line by its reference, with the published idea it adds to."""
    row = session.execute(_lines().where(Contribution.ref == ref)).first()
    found = Line(*row) if row else None
    idea = session.execute(_public().where(Contribution.id == found.idea_id)).first() if found else None
    return (PublicIdea(*idea), found) if found and idea else None


@dataclass(frozen=True)
class AddedTo:
    """The idea that a line adds to, in any state, with its newest title."""

    ref: str
    programme_id: int
    language: str
    title: str
    is_public: bool


def added_to(contribution_ids: Sequence[int]) -> dict[int, AddedTo]:
    """Those of some contributions that are lines, each with the idea it adds to."""
    if not contribution_ids:
        return {}
    newest = aliased(TextVersion)
    found: Select[*tuple[Any, ...]] = (
        select(Voice.contribution_id, Contribution.ref, Contribution.programme_id, Contribution.language,
               TextVersion.title, Contribution.visibility == Visibility.PUBLISHED)
        .join(Contribution, Contribution.id == Voice.idea_id)
        .join(TextVersion, TextVersion.contribution_id == Contribution.id)
        .where(
            Voice.contribution_id.in_(contribution_ids),
            TextVersion.number == select(func.max(newest.number))
            .where(newest.contribution_id == Contribution.id).correlate(Contribution).scalar_subquery(),
        )
    )
    return {row[0]: AddedTo(*row[1:]) for row in session.execute(found)}


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


# ---- reports, for those who moderate


@dataclass(frozen=True)
class Reported:
    """Something published that readers want looked at, and how many of them."""

    id: int
    ref: str
    language: str
    title: str | None
    body: str
    count: int


def reported(municipality_ids: Iterable[int]) -> list[Reported]:
    """What has open reports in some municipalities, the first reported first."""
    rows = session.execute(
        select(Contribution.id, Contribution.ref, Contribution.language, TextVersion.title, TextVersion.body,
               func.count())
        .join(Report, Report.contribution_id == Contribution.id)
        .join(TextVersion, and_(TextVersion.contribution_id == Contribution.id,
                                TextVersion.number == Contribution.public_version))
        .where(Report.closed_at.is_(None), Contribution.municipality_id.in_(municipality_ids))
        .group_by(Contribution.id, Contribution.ref, Contribution.language, TextVersion.title,
                  TextVersion.body)
        .order_by(func.min(Report.at), Contribution.id)
    )
    return [Reported(*row) for row in rows]


def reports(contribution_id: int) -> Sequence[Report]:
    """Every report of a contribution, oldest first."""
    return session.scalars(
        select(Report).where(Report.contribution_id == contribution_id).order_by(Report.id)
    ).all()


@dataclass(frozen=True)
class Note:
    """What somebody has typed in for another, with its newest text."""

    ref: str
    visibility: str
    language: str
    source: str
    title: str | None
    body: str


def typed_notes(programme_id: int, user_id: int, since: datetime) -> list[Note]:
    """What somebody has typed in for a programme and not taken back, newest first."""
    newest = aliased(TextVersion)
    latest = (
        select(func.max(newest.number))
        .where(newest.contribution_id == Contribution.id)
        .correlate(Contribution)
        .scalar_subquery()
    )
    rows = session.execute(
        select(Contribution.ref, Contribution.visibility, Contribution.language, Contribution.source,
               TextVersion.title, TextVersion.body)
        .join(TextVersion, and_(TextVersion.contribution_id == Contribution.id,
                                TextVersion.number == latest))
        .where(Contribution.programme_id == programme_id, Contribution.submitted_at >= since,
               Contribution.visibility != Visibility.WITHDRAWN,
               Contribution.ref.in_(_typed_by(user_id).where(AuditRow.at >= since)))
        .order_by(Contribution.id.desc())
        .limit(NOTES_SHOWN)
    )
    return [Note(*row) for row in rows]


def note(programme_id: int, user_id: int, ref: str, *, for_change: bool = False) -> Contribution | None:
    """A contribution that somebody has typed in themselves."""
    found = select(Contribution).where(
        Contribution.programme_id == programme_id, Contribution.ref == ref,
        Contribution.ref.in_(_typed_by(user_id).where(AuditRow.subject == ref)),
    )
    return session.scalar(found.with_for_update() if for_change else found)


def _typed_by(user_id: int) -> Select[str]:
    return select(AuditRow.subject).where(AuditRow.action == "ideas.note", AuditRow.actor_id == user_id)
