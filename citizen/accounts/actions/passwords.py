"""Passwords: checked, chosen, changed. Kept as Argon2id and never anywhere else."""

import secrets
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from citizen.accounts import queries
from citizen.accounts.actions.links import send_reset_link, void_links
from citizen.accounts.models import User
from citizen.base import audit
from citizen.base.db import session

_hasher = PasswordHasher()


@lru_cache(maxsize=1)
def _nobodys_hash() -> str:
    return _hasher.hash(secrets.token_urlsafe(32))


def _matches(password_hash: str | None, password: str) -> bool:
    """Whether a password is the right one; takes the same time where there is none to compare with."""
    nobodys = _nobodys_hash()
    try:
        _hasher.verify(password_hash or nobodys, password)
    except (VerificationError, InvalidHashError):
        return False
    return password_hash is not None


def user_with_password(email: str, password: str) -> User | None:
    """The active person with this address and password."""
    user = queries.user_by_email(email)
    known = user.password_hash if user and user.active else None
    user_id = user.id if user else 0
    # Comparing takes a while by design; nobody else shall wait for the database meanwhile.
    session.rollback()
    # Asked first: an unknown address takes as long as a wrong password.
    if not _matches(known, password):
        return None
    user = queries.user(user_id, for_change=True)
    if user is None or not user.active or user.password_hash != known:
        return None
    if _hasher.check_needs_rehash(str(known)):
        user.password_hash = _hasher.hash(password)
    return user


def choose_password(user: User, password: str) -> None:
    """Set a password, sign the person out everywhere and let no older link work."""
    user.password_hash = _hasher.hash(password)
    user.epoch += 1
    void_links(user)
    audit.record("accounts.password", f"user:{user.id}", user.id)
    session.flush()


def change_password(user: User, old: str, new: str) -> bool:
    """Set a password for somebody who knows the old one, or has none yet.

    Returns
    -------
    Whether the old one was right.
    """
    if user.password_hash is not None and not _matches(user.password_hash, old):
        return False
    choose_password(user, new)
    return True


def send_reset(email: str) -> None:
    """Mail a link to whoever has this address; nothing happens where nobody has."""
    user = queries.user_by_email(email)
    if user and user.active:
        send_reset_link(user)
