"""What others add to an idea: lines of their own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, func, select

from citizen.base.db import session
from citizen.base.pages import Page
from citizen.contributions.models import Contribution, TextVersion
from citizen.contributions.queries import newest_number
from citizen.contributions.rules import Visibility
from citizen.ideas.models import Voice
from citizen.ideas.queries.reading import PAGE_SIZE, PublicIdea, public


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
    idea = session.execute(public().where(Contribution.id == found.idea_id)).first() if found else None
    return (PublicIdea(*idea), found) if found and idea else None


@dataclass(frozen=True)
class AddedTo:
    """The idea that a line adds to, in any state, with its public title, else its newest."""

    ref: str
    programme_id: int
    language: str
    title: str
    is_public: bool


def added_to(contribution_ids: Sequence[int]) -> dict[int, AddedTo]:
    """Those of some contributions that are lines, each with the idea it adds to."""
    if not contribution_ids:
        return {}
    found: Select[*tuple[Any, ...]] = (
        select(Voice.contribution_id, Contribution.ref, Contribution.programme_id, Contribution.language,
               TextVersion.title, Contribution.visibility == Visibility.PUBLISHED)
        .join(Contribution, Contribution.id == Voice.idea_id)
        .join(TextVersion, TextVersion.contribution_id == Contribution.id)
        .where(
            Voice.contribution_id.in_(contribution_ids),
            TextVersion.number == func.coalesce(Contribution.public_version, newest_number()),
        )
    )
    return {row[0]: AddedTo(*row[1:]) for row in session.execute(found)}
