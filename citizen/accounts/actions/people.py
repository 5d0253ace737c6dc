"""People and their roles."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from flask import render_template
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from citizen.accounts import queries, rules
from citizen.accounts.actions.links import send_invitation, send_reset_link, void_links, whole_address
from citizen.accounts.models import RoleGrant, User
from citizen.base import audit, clock, locale, outbox
from citizen.base.access import Role
from citizen.base.db import session
from citizen.base.errors import Conflict, Refused


@dataclass(frozen=True)
class Invited:
    """What an invitation led to. No token where the person has a password or is locked out."""

    user: User
    is_new: bool
    token: str | None


def create_user(*, email: str, name: str, language: str, grants: Iterable[tuple[int, Role]]) -> User:
    """Add a member of staff, who cannot sign in before using a link.

    Parameters
    ----------
    grants : (municipality, role).

    Raises
    ------
    IntegrityError
        If somebody has the address already.
    """
    user = User(email=email.strip().casefold(), name=name, language=language, active=True, epoch=1,
                created_at=clock.now())
    user.grants = [RoleGrant(municipality_id=m, role=role) for m, role in sorted(set(grants))]
    session.add(user)
    session.flush()
    return user


def grant(user: User, grants: Iterable[tuple[int, Role]]) -> set[tuple[int, Role]]:
    """Give somebody roles in addition to those they have.

    Returns
    -------
    The roles they did not have.
    """
    new = set(grants) - _held(user)
    user.grants += [RoleGrant(municipality_id=m, role=role) for m, role in sorted(new)]
    session.flush()
    return new


def invite(
    *, email: str, name: str, language: str, grants: Collection[tuple[int, Role]], actor_id: int, inviter: str
) -> Invited:
    """Let somebody in, or give new roles to whoever has the address already.

    A person who is known keeps name and language. Older links stop working: whoever has been
    shown one must not come into the new roles with it. For the same reason a password that was
    chosen through a link shown to an administrator does not open another municipality.
    """
    user, is_new = _found_or_created(email, name, language)
    before = {municipality for municipality, _role in _held(user)}
    new = grant(user, grants)
    if user.unproven and {municipality for municipality, _role in new} - before:
        _ask_for_proof(user)
    audit.record("accounts.invite", f"user:{user.id}", actor_id, roles=_as_details(new))
    token = None
    if user.active and user.password_hash is None:
        void_links(user)
        token = send_invitation(user, inviter)
    elif user.active and new:
        _tell_of_roles(user, inviter)
    return Invited(user, is_new, token)


def _ask_for_proof(user: User) -> None:
    """Let nobody in until the owner of the address has chosen a password anew."""
    user.password_hash, user.unproven = None, False
    user.epoch += 1


def _found_or_created(email: str, name: str, language: str) -> tuple[User, bool]:
    if user := queries.user_by_email(email, for_change=True):
        return user, False
    try:
        with session.begin_nested():
            return create_user(email=email, name=name, language=language, grants=()), True
    except IntegrityError:
        # Two administrators invited the same person at once.
        user = queries.user_by_email(email, for_change=True)
        if user is None:
            raise
        return user, False


def _tell_of_roles(user: User, inviter: str) -> None:
    with locale.speaking(user.language):
        outbox.put(
            receiver=user.email, language=user.language, about=f"roles:{user.id}",
            subject=_("You have new roles"),
            body=render_template("mail/roles.txt", name=user.name, inviter=inviter,
                                 address=whole_address("accounts.sign_in", language=user.language)),
        )


def change_roles(
    user_id: int, wanted: set[tuple[int, Role]], *, within: Collection[int], seen: str, actor_id: int
) -> None:
    """Make somebody's roles in some municipalities exactly these; roles elsewhere stay.

    Parameters
    ----------
    seen : the roles the form was made from, as `rules.as_seen` writes them.

    Raises
    ------
    Conflict
        If somebody else changed the roles after the form was made.
    Refused
        If a municipality would have no administrator left.
    """
    administrators = queries.administrators_for_change(within)
    user = queries.user(user_id, for_change=True)
    held = {g for g in _held(user) if g[0] in within} if user else set()
    if user is None or rules.as_seen(held) != seen:
        raise Conflict(_("Somebody else has changed this person's roles. Nothing was overwritten."))
    gone, new = held - wanted, wanted - held
    losing = {m for m, role in gone if role == Role.ADMINISTRATOR}
    if user.active:
        _refuse_without_administrator(losing, user_id, administrators)
    user.grants = [g for g in user.grants if (g.municipality_id, Role(g.role)) not in gone]
    user.grants += [RoleGrant(municipality_id=m, role=role) for m, role in sorted(new)]
    audit.record("accounts.roles", f"user:{user_id}", actor_id,
                 given=_as_details(new), taken=_as_details(gone))
    session.flush()


def deactivate(user_id: int, *, actor_id: int) -> None:
    """Sign somebody out everywhere and let them in no more. Roles are kept for a change of mind.

    Raises
    ------
    Refused
        If a municipality would have no administrator left.
    """
    workplaces = queries.workplaces(user_id)
    administrators = queries.administrators_for_change(workplaces)
    user = session.get_one(User, user_id, with_for_update=True)
    _refuse_without_administrator(workplaces, user_id, administrators)
    user.active = False
    user.epoch += 1
    void_links(user)
    audit.record("accounts.deactivate", f"user:{user_id}", actor_id)
    session.flush()


def reactivate(user_id: int, *, actor_id: int) -> None:
    """Let somebody in again."""
    user = session.get_one(User, user_id, with_for_update=True)
    user.active = True
    user.epoch += 1
    audit.record("accounts.reactivate", f"user:{user_id}", actor_id)
    session.flush()


def send_new_link(user_id: int, *, actor_id: int, inviter: str) -> str:
    """Mail somebody a fresh link to choose a password; older ones stop working.

    Returns
    -------
    The token.

    Raises
    ------
    Refused
        If the account is deactivated.
    """
    user = session.get_one(User, user_id, with_for_update=True)
    if not user.active:
        raise Refused(_("This account is deactivated. Reactivate it first."))
    void_links(user)
    audit.record("accounts.link", f"user:{user_id}", actor_id)
    return send_invitation(user, inviter) if user.password_hash is None else send_reset_link(user)


def sign_out(user_id: int) -> None:
    """End somebody's sessions, also those on other machines and in copied cookies."""
    user = session.get_one(User, user_id, with_for_update=True)
    user.epoch += 1
    audit.record("accounts.sign_out", f"user:{user_id}", user_id)
    session.flush()


def change_profile(user: User, *, name: str, language: str) -> None:
    """Set how somebody is called and in which language we write to them."""
    user.name, user.language = name, language
    audit.record("accounts.profile", f"user:{user.id}", user.id)
    session.flush()


def _held(user: User) -> set[tuple[int, Role]]:
    return {(g.municipality_id, Role(g.role)) for g in user.grants}


def _as_details(grants: Iterable[tuple[int, Role]]) -> list[str]:
    return rules.as_seen(grants).split()


def _refuse_without_administrator(
    losing: Iterable[int], user_id: int, administrators: Collection[tuple[int, int]]
) -> None:
    left = rules.left_without_administrator(losing, user_id, administrators)
    for place in queries.places(left) if left else ():
        name = locale.in_language(place.names, locale.current())[0]
        raise Refused(_(
            "%(municipality)s would have no administrator left. Give somebody else that role first.",
            municipality=name,
        ))
