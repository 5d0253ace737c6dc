"""What people have told of barriers."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from citizen.accounts.models import User
from citizen.base.db import session
from citizen.base.pages import Page
from citizen.statements.models import Feedback

PAGE_SIZE = 20


@dataclass(frozen=True)
class Told:
    """A barrier that somebody has told of, and who has dealt with it."""

    id: int
    at: datetime
    language: str
    body: str
    page: str
    email: str | None
    handled_at: datetime | None
    handled_by: str | None


def feedback(municipality_id: int, page: int) -> Page:
    """What people have told a municipality, newest first."""
    total = session.scalar(
        select(func.count()).select_from(Feedback).where(Feedback.municipality_id == municipality_id)
    )
    rows = session.execute(
        select(Feedback, User.name)
        .outerjoin(User, User.id == Feedback.handled_by)
        .where(Feedback.municipality_id == municipality_id)
        .order_by(Feedback.at.desc(), Feedback.id.desc())
        .offset((page - 1) * PAGE_SIZE).limit(PAGE_SIZE)
    )
    items = [
        Told(row.id, row.at, row.language, row.body, row.page, row.email, row.handled_at, name)
        for row, name in rows
    ]
    return Page(items, page, PAGE_SIZE, total or 0)


def count_open(municipality_id: int) -> int:
    """How much of it nobody has dealt with yet."""
    return session.scalar(
        select(func.count()).select_from(Feedback)
        .where(Feedback.municipality_id == municipality_id, Feedback.handled_at.is_(None))
    ) or 0


def feedback_by_key(client_key: str) -> Feedback | None:
    """What has arrived under a sender's key."""
    return session.scalar(select(Feedback).where(Feedback.client_key == client_key))


def feedback_by_id(municipality_id: int, feedback_id: int) -> Feedback | None:
    """What somebody has told a municipality."""
    return session.scalar(
        select(Feedback).where(Feedback.id == feedback_id, Feedback.municipality_id == municipality_id)
    )
