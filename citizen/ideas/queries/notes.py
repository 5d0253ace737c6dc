"""Notes that staff have typed in for others."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, and_, select

from citizen.base.audit import AuditRow
from citizen.base.db import session
from citizen.contributions.models import Contribution, TextVersion
from citizen.contributions.queries import newest_number
from citizen.contributions.rules import Visibility

NOTES_SHOWN = 50


@dataclass(frozen=True)
class Note:
    """What somebody has typed in for another, with its newest text."""

    ref: str
    visibility: str
    language: str
    source: str
    title: str | None
    body: str


def typed_notes(
    programme_id: int, user_id: int, since: datetime, municipalities: Collection[int]
) -> list[Note]:
    """What somebody has typed in for a programme's municipalities and not taken back, newest first."""
    rows = session.execute(
        select(Contribution.ref, Contribution.visibility, Contribution.language, Contribution.source,
               TextVersion.title, TextVersion.body)
        .join(TextVersion, and_(TextVersion.contribution_id == Contribution.id,
                                TextVersion.number == newest_number()))
        .where(Contribution.programme_id == programme_id, Contribution.submitted_at >= since,
               Contribution.municipality_id.in_(municipalities),
               Contribution.visibility != Visibility.WITHDRAWN,
               Contribution.ref.in_(_typed_by(user_id).where(AuditRow.at >= since)))
        .order_by(Contribution.id.desc())
        .limit(NOTES_SHOWN)
    )
    return [Note(*row) for row in rows]


def note(
    programme_id: int, user_id: int, ref: str, municipalities: Collection[int], *, for_change: bool = False
) -> Contribution | None:
    """A contribution of some municipalities that somebody has typed in themselves."""
    found = select(Contribution).where(
        Contribution.programme_id == programme_id, Contribution.ref == ref,
        Contribution.municipality_id.in_(municipalities),
        Contribution.ref.in_(_typed_by(user_id).where(AuditRow.subject == ref)),
    )
    return session.scalar(found.with_for_update() if for_change else found)


def _typed_by(user_id: int) -> Select[str]:
    return select(AuditRow.subject).where(AuditRow.action == "ideas.note", AuditRow.actor_id == user_id)
