"""Every read of ideas."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import aliased

from citizen.base.audit import AuditRow
from citizen.base.db import session
from citizen.base.pages import Page
from citizen.contributions import queries as contribution_queries
from citizen.contributions.models import Contribution, TextVersion
from citizen.contributions.rules import Visibility
from citizen.ideas.models import Idea, Support
from citizen.ideas.rules import browser_digest

PAGE_SIZE = 20
NOTES_SHOWN = 50


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


_COLUMNS = (
    Contribution.id, Contribution.ref, Contribution.programme_id, Contribution.municipality_id,
    Contribution.language, Contribution.sector, Contribution.published_at, Contribution.handling,
    TextVersion.title, TextVersion.body, TextVersion.place, Idea.support_count,
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
    by_support: bool = False,
    page: int = 1,
) -> Page:
    """One page of a programme's published ideas.

    Parameters
    ----------
    words : each of them must occur in title, description or place, in any form and language.
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


def has_supported(idea_id: int, browser: str) -> bool:
    """Whether a browser has given its support."""
    return session.get(Support, (idea_id, browser_digest(browser))) is not None


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
