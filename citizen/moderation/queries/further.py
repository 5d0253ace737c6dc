"""What stands on an item's page beside its decision: notes, and where it may go."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from citizen.accounts.models import User
from citizen.base.db import session
from citizen.contributions.models import Contribution
from citizen.moderation.models import InternalNote


@dataclass(frozen=True)
class Note:
    """What somebody of the staff noted, and when."""

    body: str
    at: datetime
    name: str


def notes(contribution_id: int) -> list[Note]:
    """Every internal note about a contribution, oldest first."""
    rows = session.execute(
        select(InternalNote.body, InternalNote.at, User.name)
        .join(User, User.id == InternalNote.user_id)
        .where(InternalNote.contribution_id == contribution_id)
        .order_by(InternalNote.id)
    )
    return [Note(*row) for row in rows]


def both(ref: str, other: str, municipalities: set[int]) -> tuple[Contribution | None, Contribution | None]:
    """Two contributions of some municipalities, locked in the order of their ids; None for what is not."""
    rows: Sequence[Contribution] = session.scalars(
        select(Contribution)
        .where(Contribution.ref.in_([ref, other]), Contribution.municipality_id.in_(municipalities))
        .order_by(Contribution.id)
        .with_for_update()
    ).all()
    found = {row.ref: row for row in rows}
    return found.get(ref), found.get(other)
