"""What is in a theme, and what is in none."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select

from citizen.base.db import session
from citizen.base.pages import Page
from citizen.contributions.models import Contribution, TextVersion
from citizen.contributions.rules import Visibility
from citizen.ideas.models import Idea
from citizen.themes.models import Placement
from citizen.themes.queries.themes import ThemeSummary

PAGE_SIZE = 25


@dataclass(frozen=True)
class Member:
    """A published contribution where it stands now.

    ``is_new``: nothing has placed it yet. ``reasons`` are empty where its text reads otherwise now than
    when it was placed. ``second_theme_id`` is the theme it speaks of too or, of an unsorted one, the one
    it is nearest to; ``alike`` is shared by ideas that say the same.
    """

    contribution_id: int
    ref: str
    theme_id: int | None
    title: str | None
    body: str
    language: str
    sector: str | None
    municipality_id: int
    source: str
    place: str | None
    support_count: int
    published_at: datetime
    confidence: float
    pinned: bool
    is_new: bool
    second_theme_id: int | None
    reasons: list[list[Any]]
    near: list[int]
    alike: int | None


def _published(*chosen: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Contribution.id, Contribution.ref, Placement.theme_id, TextVersion.title,
            TextVersion.body, Contribution.language, Contribution.sector,
            Contribution.municipality_id, Contribution.source, TextVersion.place,
            func.coalesce(Idea.support_count, 0), Contribution.published_at,
            func.coalesce(Placement.confidence, 0.0), func.coalesce(Placement.pinned, False),
            Placement.contribution_id.is_(None), Placement.second_theme_id,
            case((Placement.text_version == Contribution.public_version, Placement.reasons), else_=None),
            Placement.near, Placement.alike,
        )
        .select_from(Contribution)
        .join(
            TextVersion,
            and_(
                TextVersion.contribution_id == Contribution.id,
                TextVersion.number == Contribution.public_version,
            ),
        )
        .outerjoin(Placement, Placement.contribution_id == Contribution.id)
        .outerjoin(Idea, Idea.contribution_id == Contribution.id)
        .where(Contribution.visibility == Visibility.PUBLISHED, *chosen)
    )


def members(theme_ids: Sequence[int]) -> list[Member]:
    """Published members of themes, most confident first."""
    found = _published(Placement.theme_id.in_(theme_ids))
    rows = session.execute(found.order_by(Placement.confidence.desc(), Contribution.id))
    return [_member(row) for row in rows]


def _member(row: Sequence[Any]) -> Member:
    member = Member(*row)
    return replace(member, reasons=member.reasons or [], near=member.near or [])


def members_by_id(contribution_ids: Collection[int]) -> dict[int, Member]:
    """Those of some contributions that are published."""
    rows = session.execute(_published(Contribution.id.in_(contribution_ids))) if contribution_ids else ()
    return {row[0]: _member(row) for row in rows}


def representatives(themes: Sequence[ThemeSummary], each: int = 3) -> dict[int, list[Member]]:
    """Theme id → its most typical ideas, as far as they are still in it and published."""
    found = members_by_id({i for theme in themes for i in theme.representatives})
    return {
        theme.id: [
            found[i] for i in theme.representatives if i in found and found[i].theme_id == theme.id
        ][:each]
        for theme in themes
    }


def members_page(theme_id: int, page: int, *, doubtful_first: bool = False) -> Page:
    """One page of a theme's published members, most confident first or least."""
    confidence = Placement.confidence
    order = (confidence if doubtful_first else confidence.desc(), Contribution.id)
    return _page(_published(Placement.theme_id == theme_id).order_by(*order), page)


def touching(theme_id: int) -> Page:
    """The first published ideas of other themes that speak of a theme too, and how many there are."""
    found = _published(
        Placement.second_theme_id == theme_id, Placement.theme_id != theme_id, Placement.pinned.is_(False)
    )
    return _page(found.order_by(Placement.confidence, Contribution.id), 1)


def alike(theme_id: int) -> list[list[Member]]:
    """Groups of a theme's published ideas that say the same, largest first."""
    several = (
        select(Placement.alike)
        .join(Contribution, Contribution.id == Placement.contribution_id)
        .where(Placement.theme_id == theme_id, Contribution.visibility == Visibility.PUBLISHED)
        .group_by(Placement.alike)
        .having(func.count() > 1)
    )
    found = _published(Placement.theme_id == theme_id, Placement.alike.in_(several))
    groups: dict[int | None, list[Member]] = {}
    for row in session.execute(found.order_by(Contribution.id)):
        member = _member(row)
        groups.setdefault(member.alike, []).append(member)
    return sorted(groups.values(), key=lambda group: -len(group))


def unsorted_page(programme_id: int, page: int) -> Page:
    """One page of a programme's published ideas that are in no theme, newest first."""
    found = _published(Contribution.programme_id == programme_id, Placement.theme_id.is_(None))
    return _page(found.order_by(Contribution.published_at.desc(), Contribution.id.desc()), page)


def _page(found: Select[*tuple[Any, ...]], page: int) -> Page:
    total = session.scalar(select(func.count()).select_from(found.order_by(None).subquery())) or 0
    rows = session.execute(found.limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE))
    return Page([_member(row) for row in rows], page, PAGE_SIZE, total)


def places(programme_id: int, refs: Sequence[str]) -> list[tuple[int, str, Placement | None]]:
    """(id, reference, placement) of a programme's published contributions among references."""
    rows = session.execute(
        select(Contribution.id, Contribution.ref, Placement)
        .outerjoin(Placement, Placement.contribution_id == Contribution.id)
        .where(
            Contribution.programme_id == programme_id, Contribution.ref.in_(refs),
            Contribution.visibility == Visibility.PUBLISHED,
            or_(Placement.programme_id == programme_id, Placement.programme_id.is_(None)),
        )
        .order_by(Contribution.id)
    )
    return [(row[0], row[1], row[2]) for row in rows]
