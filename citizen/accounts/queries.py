"""Every read of people and their roles."""

from collections import defaultdict

from sqlalchemy import select

from citizen.accounts.models import RoleGrant, User
from citizen.base.access import Role, Viewer
from citizen.base.db import session


def viewer(user_id: int, epoch: int | None) -> Viewer | None:
    """Who a session belongs to; None once the person has been signed out or closed."""
    rows = session.execute(
        select(User.id, User.name, RoleGrant.municipality_id, RoleGrant.role)
        .outerjoin(RoleGrant, RoleGrant.user_id == User.id)
        .where(User.id == user_id, User.epoch == epoch, User.active)
    ).all()
    if not rows:
        return None
    roles: dict[int, set[Role]] = defaultdict(set)
    for _id, _name, municipality_id, role in rows:
        if role:
            roles[municipality_id].add(Role(role))
    return Viewer(rows[0].id, rows[0].name, {m: frozenset(held) for m, held in roles.items()})


def user_by_email(email: str) -> User | None:
    return session.scalar(select(User).where(User.email == email.strip().casefold()))
