"""Every read of people and their roles."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from email_validator import EmailNotValidError, validate_email
from flask import current_app
from sqlalchemy import select

from citizen.accounts.models import OneTimeLink, RoleGrant, User
from citizen.base import clock, ids
from citizen.base.access import Role, Viewer
from citizen.base.db import session
from citizen.base.pages import Page

PAGE_SIZE = 30


@dataclass(frozen=True)
class Place:
    """A municipality, as far as accounts need to know it."""

    id: int
    slug: str
    names: Mapping[str, str]


@dataclass(frozen=True)
class Person:
    """A member of staff with the roles held in the municipalities asked for."""

    id: int
    name: str
    email: str
    language: str
    active: bool
    has_password: bool
    roles: Mapping[int, frozenset[Role]]

    @property
    def grants(self) -> set[tuple[int, Role]]:
        return {(m, role) for m, held in self.roles.items() for role in held}


@dataclass(frozen=True)
class FoundLink:
    """A one-time link and whom it belongs to."""

    id: int
    purpose: str
    user_id: int
    email: str
    name: str
    expires_at: datetime
    used_at: datetime | None
    active: bool

    @property
    def works(self) -> bool:
        return self.active and self.used_at is None and self.expires_at > clock.now()


# ---- who is looking


def viewer(user_id: int, epoch: int | None) -> Viewer | None:
    """Who a session belongs to; None once the person has been signed out or closed."""
    rows = session.execute(
        select(User.id, User.name, RoleGrant.municipality_id, RoleGrant.role)
        .outerjoin(RoleGrant, RoleGrant.user_id == User.id)
        .where(User.id == user_id, User.epoch == epoch, User.active)
    ).all()
    if not rows:
        return None
    grants = [(municipality_id, role) for _id, _name, municipality_id, role in rows if role]
    return Viewer(rows[0].id, rows[0].name, _by_municipality(grants))


def user_by_email(email: str, *, for_change: bool = False) -> User | None:
    found = select(User).where(User.email == _as_stored(email))
    return session.scalar(found.with_for_update() if for_change else found)


def _as_stored(email: str) -> str:
    """An address as it is kept, however it is typed; one that is none finds nobody."""
    try:
        return validate_email(email.strip(), check_deliverability=False).normalized.casefold()
    except EmailNotValidError:
        return email.strip().casefold()


def user(user_id: int, *, for_change: bool = False) -> User | None:
    found = select(User).where(User.id == user_id)
    return session.scalar(found.with_for_update() if for_change else found)


def link(token: str) -> FoundLink | None:
    """The link behind a token, whether it still works or not."""
    row = session.execute(
        select(OneTimeLink.id, OneTimeLink.purpose, User.id, User.email, User.name,
               OneTimeLink.expires_at, OneTimeLink.used_at, User.active)
        .join(User, User.id == OneTimeLink.user_id)
        .where(OneTimeLink.digest == digest_of(token))
    ).first()
    return FoundLink(*row) if row else None


def digest_of(token: str) -> str:
    """What is stored of a link's token."""
    return ids.digest_of(str(current_app.secret_key), token)


# ---- municipalities, told by the application: they are a room above this one


def places(among: Collection[int] | None = None) -> list[Place]:
    """Municipalities by slug, all or those with the given ids."""
    told: Iterable[tuple[int, str, Mapping[str, str]]] = current_app.extensions["citizen.municipalities"]()
    return [Place(*values) for values in told if among is None or values[0] in among]


# ---- people, as an administrator sees them


def people(municipality_ids: Collection[int], *, words: str = "", page: int = 1) -> Page:
    """One page of those with a role in one of the municipalities, by name.

    Names are folded and sorted here: SQLite folds ASCII alone, and a municipality's staff are few.

    Parameters
    ----------
    words : each of them must occur in name or address.
    """
    rows = session.execute(
        select(User.id, User.name, User.email).where(User.id.in_(
            select(RoleGrant.user_id).where(RoleGrant.municipality_id.in_(municipality_ids))
        ))
    ).all()
    wanted = words.casefold().split()[:8]
    found = [r for r in rows if all(word in f"{r.name} {r.email}".casefold() for word in wanted)]
    found.sort(key=lambda row: (row.name.casefold(), row.id))
    shown = [row.id for row in found[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]]
    return Page(_persons(shown, municipality_ids), page, PAGE_SIZE, len(found))


def person(user_id: int, municipality_ids: Collection[int]) -> Person | None:
    """Somebody with a role in one of the municipalities."""
    found = _persons([user_id], municipality_ids)
    return found[0] if found else None


def _persons(user_ids: list[int], municipality_ids: Collection[int]) -> list[Person]:
    """People in the order of the ids, in one query."""
    rows = session.execute(
        select(User.id, User.name, User.email, User.language, User.active,
               User.password_hash.is_not(None).label("has_password"),
               RoleGrant.municipality_id, RoleGrant.role)
        .join(RoleGrant, RoleGrant.user_id == User.id)
        .where(User.id.in_(user_ids), RoleGrant.municipality_id.in_(municipality_ids))
    ).all()
    grants: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for row in rows:
        grants[row.id].append((row.municipality_id, row.role))
    known = {row.id: row for row in rows}
    return [
        Person(r.id, r.name, r.email, r.language, r.active, r.has_password, _by_municipality(grants[r.id]))
        for r in (known[user_id] for user_id in user_ids if user_id in known)
    ]


def workplaces(user_id: int) -> set[int]:
    """Every municipality in which somebody has a role."""
    return set(session.scalars(select(RoleGrant.municipality_id).where(RoleGrant.user_id == user_id)))


def administrators_for_change(municipality_ids: Collection[int]) -> set[tuple[int, int]]:
    """(municipality, person) of the active administrators, held until the transaction ends.

    Held, so that of two administrators who remove each other at once the second one sees the first.
    """
    rows = session.execute(
        select(RoleGrant.municipality_id, User.id)
        .join(User, User.id == RoleGrant.user_id)
        .where(RoleGrant.municipality_id.in_(municipality_ids),
               RoleGrant.role == Role.ADMINISTRATOR, User.active)
        .order_by(User.id, RoleGrant.municipality_id)
        .with_for_update()
    )
    return {(municipality_id, user_id) for municipality_id, user_id in rows}


def _by_municipality(grants: Iterable[tuple[int, str]]) -> dict[int, frozenset[Role]]:
    roles: dict[int, set[Role]] = defaultdict(set)
    for municipality_id, role in grants:
        roles[municipality_id].add(Role(role))
    return {m: frozenset(held) for m, held in roles.items()}
