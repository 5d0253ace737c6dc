"""Every read of what waits for another person."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, literal, select, union_all
from sqlalchemy.orm import InstrumentedAttribute, aliased

from citizen.accounts.models import RoleGrant, User
from citizen.base.access import Role
from citizen.base.db import session
from citizen.base.words import first_sentence
from citizen.contributions.models import Appeal, Contribution, SecondLook, TextVersion, VisibilityChange
from citizen.contributions.queries import appeal_is_open, look_is_open, newest_number


@dataclass(frozen=True)
class Waiting:
    """A contribution that waits for another person. ``first_id`` is one of those who are not that."""

    kind: str
    ref: str
    language: str
    visibility: str
    title: str | None
    body: str
    at: datetime
    first_id: int | None
    first_name: str | None

    @property
    def heading(self) -> str:
        """Its title, or how its text begins."""
        return self.title or first_sentence(self.body)


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
    """What waits for another person in some municipalities, longest first: looks, and appeals.

    Each with who proposed or decided, who is not the one that is waited for.
    """
    # What is unanswered is little; said first, so that nobody reads through everything that has come in.
    looks_at = select(SecondLook.contribution_id).where(SecondLook.answered_at.is_(None))
    asked_about = select(Appeal.contribution_id).where(Appeal.answered_at.is_(None))
    look = _waiting("look", SecondLook.at, look_is_open(), looks_at).join(
        SecondLook, SecondLook.contribution_id == Contribution.id
    ).join(User, User.id == SecondLook.first_id)
    appeal = (
        _waiting("appeal", Appeal.at, appeal_is_open(), asked_about)
        .join(Appeal, Appeal.contribution_id == Contribution.id)
        .join(VisibilityChange, VisibilityChange.id == Appeal.step_id)
        .outerjoin(User, User.id == VisibilityChange.user_id)
    )
    both = union_all(*(
        part.where(Contribution.municipality_id.in_(municipality_ids)) for part in (look, appeal)
    )).subquery()
    found = [Waiting(*row) for row in session.execute(select(both).order_by(both.c.at, both.c.ref))]
    return [one for one in found if one.kind == "look"], [one for one in found if one.kind == "appeal"]


def _waiting(
    kind: str, at: InstrumentedAttribute[datetime], is_open: ColumnElement[bool], among: Select[int]
) -> Select[*tuple[Any, ...]]:
    return (
        select(literal(kind).label("kind"), Contribution.ref, Contribution.language, Contribution.visibility,
               TextVersion.title, TextVersion.body, at, User.id, User.name)
        .select_from(Contribution)
        .join(TextVersion, and_(TextVersion.contribution_id == Contribution.id,
                                TextVersion.number == newest_number()))
        .where(Contribution.id.in_(among), is_open)
    )


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
