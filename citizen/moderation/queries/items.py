"""Every read of one item: the thing itself, its texts and its history."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased

from citizen.accounts.models import User
from citizen.base.db import session
from citizen.contributions.models import Contribution, Revision, TextVersion, VisibilityChange


@dataclass(frozen=True)
class Step:
    """A step in the history, with the name of who took it; no name where none of the staff did."""

    id: int
    before: str
    after: str
    at: datetime
    user_id: int | None
    name: str | None
    reason: str | None
    words: str | None
    undoes_id: int | None
    is_undone: bool
    at_once: bool
    # It published what the author had sent in instead of what had a part removed.
    is_revision: bool


def contribution(ref: str, *, for_change: bool = False) -> Contribution | None:
    """A contribution by its reference, locked where it is to be changed."""
    found = select(Contribution).where(Contribution.ref == ref)
    return session.scalar(found.with_for_update() if for_change else found)


def texts(contribution_id: int) -> Sequence[TextVersion]:
    """Every version of a text that has not been set aside, newest first."""
    return session.scalars(
        select(TextVersion)
        .where(TextVersion.contribution_id == contribution_id, TextVersion.set_aside_at.is_(None))
        .order_by(TextVersion.number.desc())
    ).all()


def history(contribution_id: int) -> list[Step]:
    """Every step along the first axis with who took it, oldest first; undone ones too."""
    undoing = aliased(VisibilityChange)
    steps: Select[*tuple[Any, ...]] = (
        select(
            VisibilityChange.id, VisibilityChange.before, VisibilityChange.after, VisibilityChange.at,
            VisibilityChange.user_id, User.name, VisibilityChange.reason, VisibilityChange.words,
            VisibilityChange.undoes_id, undoing.id.is_not(None), VisibilityChange.at_once,
            Revision.version.is_not(None),
        )
        .outerjoin(User, User.id == VisibilityChange.user_id)
        .outerjoin(undoing, undoing.undoes_id == VisibilityChange.id)
        .outerjoin(Revision, Revision.decision_id == VisibilityChange.id)
        .where(VisibilityChange.contribution_id == contribution_id)
        .order_by(VisibilityChange.id)
    )
    return [Step(*row) for row in session.execute(steps)]
