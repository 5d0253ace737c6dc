"""What a digest tells, and who wants one. Counts alone: what residents write stands in no mail to staff."""

import hmac
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from flask import current_app
from sqlalchemy import case, func, select

from citizen.accounts.models import RoleGrant, User
from citizen.base import ids
from citizen.base.access import Role
from citizen.base.db import session
from citizen.contributions.models import Contribution, DeletionRequest
from citizen.ideas.models import Report
from citizen.moderation.models import DigestChoice, QueueItem
from citizen.moderation.queries.queue.selection import Selection, is_late, waiting
from citizen.moderation.rules.urgency import FOR_ANOTHER, Kind


@dataclass(frozen=True)
class Receiver:
    """A moderator who gets a digest."""

    email: str
    name: str
    language: str
    municipalities: frozenset[int]


@dataclass(frozen=True)
class Waits:
    """How much of a programme waits, since when, and how much of it for longer than it should."""

    programme_id: int
    count: int
    oldest: datetime
    late: int


@dataclass(frozen=True)
class Digest:
    """What waits for somebody's eyes in some municipalities."""

    programmes: list[Waits]
    reported: int
    deletions: int
    seconds: int
    appeals: int

    @property
    def is_empty(self) -> bool:
        return not (self.programmes or self.reported or self.deletions or self.seconds or self.appeals)

    @property
    def waiting(self) -> int:
        return sum(one.count for one in self.programmes)


def choice(user_id: int) -> DigestChoice | None:
    """When somebody wants a digest; None is never."""
    return session.get(DigestChoice, user_id)


def due(until: date) -> list[tuple[int, date]]:
    """Whose digest is due, and from which day on."""
    rows = session.execute(
        select(DigestChoice.user_id, DigestChoice.next_on)
        .where(DigestChoice.next_on <= until).order_by(DigestChoice.user_id)
    )
    return [(user_id, day) for user_id, day in rows]


def receiver(user_id: int) -> Receiver | None:
    """Where a digest goes; None for who has left, or is a moderator nowhere."""
    rows = session.execute(
        select(User.email, User.name, User.language, RoleGrant.municipality_id)
        .join(RoleGrant, RoleGrant.user_id == User.id)
        .where(User.id == user_id, User.active, RoleGrant.role == Role.MODERATOR)
    ).all()
    if not rows:
        return None
    return Receiver(rows[0].email, rows[0].name, rows[0].language, frozenset(r.municipality_id for r in rows))


def digest(municipalities: Collection[int], now: datetime, user_id: int) -> Digest:
    """What waits for somebody now, and what of it is past the day by which somebody should have looked.

    What they have decided about themselves waits for others.
    """
    selection = Selection(frozenset(municipalities), viewer_id=user_id)
    rows = session.execute(
        select(QueueItem.programme_id, func.count(), func.min(QueueItem.since),
               func.sum(case((is_late(now), 1), else_=0)))
        .where(*waiting(selection), QueueItem.kind.not_in((Kind.REPORTED, *FOR_ANOTHER)))
        .group_by(QueueItem.programme_id)
        .order_by(func.min(QueueItem.since), QueueItem.programme_id)
    )
    others = dict(session.execute(
        select(QueueItem.kind, func.count()).where(*waiting(selection), QueueItem.kind.in_(FOR_ANOTHER))
        .group_by(QueueItem.kind)
    ).all())
    return Digest(
        [Waits(*row) for row in rows], _reported(municipalities), _deletions(municipalities),
        others.get(Kind.SECOND.value, 0), others.get(Kind.APPEAL.value, 0),
    )


def _reported(municipalities: Collection[int]) -> int:
    found = select(func.count(Report.contribution_id.distinct())).join(
        Contribution, Contribution.id == Report.contribution_id
    ).where(Report.closed_at.is_(None), Contribution.municipality_id.in_(municipalities))
    return session.scalar(found) or 0


def _deletions(municipalities: Collection[int]) -> int:
    found = select(func.count()).select_from(DeletionRequest).join(
        Contribution, Contribution.id == DeletionRequest.contribution_id
    ).where(DeletionRequest.handled_at.is_(None), Contribution.municipality_id.in_(municipalities))
    return session.scalar(found) or 0


# ---- the link in every digest


def stop_token(user_id: int) -> str:
    """What stops somebody's digest and does nothing else; derived, so that nobody can guess it."""
    return f"{user_id}-{ids.secret_code(str(current_app.secret_key), f'digest:{user_id}')}"


def by_stop_token(token: str) -> int | None:
    """Whose digest a token stops; None when it is no token of ours."""
    number = token.partition("-")[0]
    if not (number.isascii() and number.isdecimal() and len(number) < 10):
        return None
    known = stop_token(int(number))
    return int(number) if hmac.compare_digest(token.encode(), known.encode()) else None
