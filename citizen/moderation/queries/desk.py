"""Single questions about what waits: who has it, what says the same, how long it usually takes."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, func, select
from sqlalchemy.orm import aliased

from citizen.accounts.models import RoleGrant, User
from citizen.base import clock
from citizen.base.access import Role
from citizen.base.db import session
from citizen.contributions.models import Contribution, TextVersion, VisibilityChange
from citizen.contributions.queries import newest_number
from citizen.contributions.rules import Visibility
from citizen.moderation.models import QueueItem, SavedView

_LOOKED_BACK = 5_000
_DECISIONS = 100
_MOST_TWINS = 5


def first_with_words(item: QueueItem) -> QueueItem | None:
    """What waits in the same programme and says the same in the same words, the first of them."""
    if not item.words:
        return None
    return session.scalar(
        select(QueueItem)
        .where(QueueItem.words == item.words, QueueItem.programme_id == item.programme_id,
               QueueItem.contribution_id != item.contribution_id)
        .order_by(QueueItem.due_at, QueueItem.contribution_id)
        .limit(1)
    )


@dataclass(frozen=True)
class Twin:
    """Something else that waits and says the same."""

    ref: str
    language: str
    title: str | None
    body: str
    since: datetime


def twins(item: QueueItem | None, municipalities: Collection[int]) -> list[Twin]:
    """What else waits and says the same in the same words, oldest first."""
    if item is None or not item.words:
        return []
    rows = session.execute(
        select(Contribution.ref, Contribution.language, TextVersion.title, TextVersion.body, QueueItem.since)
        .join(QueueItem, QueueItem.contribution_id == Contribution.id)
        .join(TextVersion, and_(TextVersion.contribution_id == Contribution.id,
                                TextVersion.number == newest_number()))
        .where(QueueItem.words == item.words, QueueItem.programme_id == item.programme_id,
               QueueItem.contribution_id != item.contribution_id,
               QueueItem.municipality_id.in_(municipalities))
        .order_by(QueueItem.since, Contribution.id)
        .limit(_MOST_TWINS)
    )
    return [Twin(*row) for row in rows]


def came_back_at(contribution_id: int) -> datetime | None:
    """When its author last sent it again; None where it has never been returned."""
    return session.scalar(
        select(func.max(VisibilityChange.at)).where(
            VisibilityChange.contribution_id == contribution_id,
            VisibilityChange.before == Visibility.RETURNED, VisibilityChange.after == Visibility.SUBMITTED,
            _stands_by_itself(),
        )
    )


def _stands_by_itself() -> ColumnElement[bool]:
    """A step that takes none back. Not as IS NULL: SQLite would go through all such steps by their index."""
    return func.coalesce(VisibilityChange.undoes_id, 0) == 0


def item(contribution_id: int) -> QueueItem | None:
    """What waits, by its contribution."""
    return session.get(QueueItem, contribution_id)


def holder(item: QueueItem | None) -> User | None:
    """Who has an item in hand at this moment."""
    if item is None or item.claimed_until is None or item.claimed_until < clock.now():
        return None
    return session.get(User, item.claimed_by)


def moderators(municipality_id: int) -> Sequence[User]:
    """Who moderates in a municipality, by name."""
    return session.scalars(
        select(User).join(RoleGrant, RoleGrant.user_id == User.id)
        .where(RoleGrant.municipality_id == municipality_id, RoleGrant.role == Role.MODERATOR, User.active)
        .order_by(User.name, User.id)
    ).all()


def on_deserted_desks() -> Sequence[tuple[QueueItem, str]]:
    """What lies on the desk of somebody who does not moderate there any more, with its reference; locked."""
    works_there = exists().where(
        RoleGrant.user_id == QueueItem.assigned_to, RoleGrant.municipality_id == QueueItem.municipality_id,
        RoleGrant.role == Role.MODERATOR, User.id == QueueItem.assigned_to, User.active,
    )
    rows = session.execute(
        select(QueueItem, Contribution.ref)
        .join(Contribution, Contribution.id == QueueItem.contribution_id)
        .where(QueueItem.assigned_to.is_not(None), ~works_there)
        .order_by(QueueItem.contribution_id)
        .with_for_update(of=QueueItem, skip_locked=True)
    )
    return [(item, ref) for item, ref in rows]


def people(user_ids: Collection[int]) -> dict[int, str]:
    """Names of members of staff."""
    return dict(session.execute(select(User.id, User.name).where(User.id.in_(user_ids))).all())


def hours_to_decision(programme_id: int) -> list[float]:
    """How long the latest first decisions about what came in took, in hours; undone ones count not.

    What an author has corrected was decided about once before: how long that took its author is no time
    of ours.
    """
    undoing, resent = aliased(VisibilityChange), aliased(VisibilityChange)
    newest = session.scalar(select(func.max(VisibilityChange.id))) or 0
    rows = session.execute(
        select(Contribution.submitted_at, VisibilityChange.at)
        .join(Contribution, Contribution.id == VisibilityChange.contribution_id)
        .where(VisibilityChange.id > newest - _LOOKED_BACK,
               VisibilityChange.before == Visibility.SUBMITTED,
               VisibilityChange.after != Visibility.WITHDRAWN,
               VisibilityChange.user_id.is_not(None), _stands_by_itself(),
               Contribution.programme_id == programme_id,
               ~select(undoing.id).where(undoing.undoes_id == VisibilityChange.id).exists(),
               ~select(resent.id).where(
                   resent.contribution_id == VisibilityChange.contribution_id,
                   resent.id < VisibilityChange.id, resent.before == Visibility.RETURNED,
                   resent.after == Visibility.SUBMITTED, func.coalesce(resent.undoes_id, 0) == 0,
               ).exists())
        .order_by(VisibilityChange.id.desc())
        .limit(_DECISIONS)
    )
    return [max(0.0, (decided - came).total_seconds() / 3600) for came, decided in rows]


def saved_views(user_id: int) -> Sequence[SavedView]:
    """The views somebody has named, by name."""
    own = select(SavedView).where(SavedView.user_id == user_id)
    return session.scalars(own.order_by(SavedView.name)).all()
