"""Ideas that have been merged, as everyone may read of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, func, select

from citizen.base.db import session
from citizen.contributions import queries as contribution_queries
from citizen.contributions.models import Contribution, Merge, TextVersion
from citizen.contributions.rules import Visibility
from citizen.ideas.models import Support, Voice
from citizen.programmes.models import Programme


@dataclass(frozen=True)
class Other:
    """Another published idea, as a page points at it."""

    id: int
    ref: str
    programme: str
    language: str
    title: str


def _others() -> Select[*tuple[Any, ...]]:
    return (
        select(Contribution.id, Contribution.ref, Programme.slug, Contribution.language, TextVersion.title)
        .join(Programme, Programme.id == Contribution.programme_id)
        .join(TextVersion, and_(TextVersion.contribution_id == Contribution.id,
                                TextVersion.number == Contribution.public_version))
        .where(Contribution.visibility == Visibility.PUBLISHED)
    )


def merged_into(idea_ids: Sequence[int]) -> dict[int, Other]:
    """Those of some ideas that have gone into one that can be read, each with that one."""
    ends = {of: into[-1] for of, into in contribution_queries.merged_with(idea_ids).items()}
    if not ends:
        return {}
    rows = session.execute(_others().where(Contribution.id.in_(ends.values())))
    others = {row[0]: Other(*row) for row in rows}
    return {of: others[end] for of, end in ends.items() if end in others}


def merged_here(idea_id: int) -> list[Other]:
    """Published ideas that have gone into an idea, the first merged first."""
    parts = contribution_queries.family([idea_id]) - {idea_id}
    if not parts:
        return []
    rows = session.execute(
        _others()
        .join(Merge, and_(Merge.contribution_id == Contribution.id, Merge.undone_at.is_(None)))
        .where(Contribution.id.in_(parts))
        .order_by(Merge.id)
    )
    return [Other(*row) for row in rows]


def supporters(idea_id: int) -> int:
    """How many browsers support an idea or something that has gone into it, each counted once."""
    parts = contribution_queries.family([idea_id])
    return session.scalar(
        select(func.count(func.distinct(Support.browser))).where(Support.idea_id.in_(parts))
    ) or 0


def counting_ideas(idea_id: int) -> list[int]:
    """Where a voice for an idea counts: there, and in all that it has gone into."""
    return [idea_id, *contribution_queries.merged_with([idea_id]).get(idea_id, [])]


def lines_under(idea_id: int) -> Sequence[int]:
    """The ids of what others add to an idea, in any state."""
    return session.scalars(select(Voice.contribution_id).where(Voice.idea_id == idea_id)).all()
