"""Every read of what waits for another person."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, select
from sqlalchemy.orm import aliased

from citizen.accounts.models import RoleGrant, User
from citizen.base.access import Role
from citizen.base.db import session
from citizen.base.words import first_sentence
from citizen.contributions.models import Contribution, SecondLook, TextVersion
from citizen.contributions.queries import newest_number
from citizen.moderation.models import QueueItem
from citizen.moderation.rules.urgency import FOR_ANOTHER


@dataclass(frozen=True)
class Waiting:
    """A contribution that waits for another person than those who have decided."""

    kind: str
    ref: str
    language: str
    title: str | None
    body: str
    at: datetime
    decided_by: int | None
    confirmed_by: int | None
    name: str | None

    @property
    def heading(self) -> str:
        """Its title, or how its text begins."""
        return self.title or first_sentence(self.body)

    def is_of(self, user_id: int) -> bool:
        """Whether somebody has decided, and is not the one that is waited for."""
        return user_id in (self.decided_by, self.confirmed_by)


@dataclass(frozen=True)
class Look:
    """A look that was asked for, with the names of both people."""

    id: int
    after: str
    reason: str
    words: str | None
    first_id: int
    first_name: str
    at: datetime
    outcome: str | None
    second_id: int | None
    second_name: str | None
    answered_at: datetime | None
    note: str | None


def waiting(municipality_ids: Collection[int]) -> tuple[list[Waiting], list[Waiting]]:
    """What waits for another person in some municipalities, the most urgent first: looks, and appeals.

    Each with who proposed or decided, who is not the one that is waited for.
    """
    found: Select[*tuple[Any, ...]] = (
        select(QueueItem.kind, Contribution.ref, Contribution.language, TextVersion.title, TextVersion.body,
               QueueItem.since, QueueItem.decided_by, QueueItem.confirmed_by, User.name)
        .join(Contribution, Contribution.id == QueueItem.contribution_id)
        .join(TextVersion, and_(TextVersion.contribution_id == Contribution.id,
                                TextVersion.number == newest_number()))
        .outerjoin(User, User.id == QueueItem.decided_by)
        .where(QueueItem.kind.in_(FOR_ANOTHER), QueueItem.municipality_id.in_(municipality_ids))
        .order_by(QueueItem.due_at, QueueItem.contribution_id)
    )
    rows = [Waiting(*row) for row in session.execute(found)]
    looks_at, appeals = ([one for one in rows if one.kind == kind] for kind in FOR_ANOTHER)
    return looks_at, appeals


def looks(contribution_id: int) -> list[Look]:
    """Every look that was asked for, oldest first."""
    first, second = aliased(User), aliased(User)
    found: Select[*tuple[Any, ...]] = (
        select(SecondLook.id, SecondLook.after, SecondLook.reason, SecondLook.words, first.id, first.name,
               SecondLook.at, SecondLook.outcome, second.id, second.name, SecondLook.answered_at,
               SecondLook.note)
        .join(first, first.id == SecondLook.first_id)
        .outerjoin(second, second.id == SecondLook.second_id)
        .where(SecondLook.contribution_id == contribution_id)
        .order_by(SecondLook.id)
    )
    return [Look(*row) for row in session.execute(found)]


def others(
    municipality_id: int, deciders: Collection[int],
    roles: Collection[Role] = (Role.MODERATOR, Role.ADMINISTRATOR),
) -> list[str]:
    """Names of those who may look where some people may not any more, by name."""
    return sorted(session.scalars(
        select(User.name).distinct()
        .join(RoleGrant, RoleGrant.user_id == User.id)
        .where(RoleGrant.municipality_id == municipality_id, User.active, User.id.not_in(deciders),
               RoleGrant.role.in_(roles))
    ), key=str.casefold)
