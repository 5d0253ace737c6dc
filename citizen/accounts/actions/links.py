"""One-time links: made, sent, used once."""

import secrets
from typing import Any

from flask import current_app, render_template
from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, update

from citizen.accounts import queries
from citizen.accounts.models import OneTimeLink, User
from citizen.accounts.rules import LIFETIMES, Purpose
from citizen.base import clock, locale, outbox
from citizen.base.db import session


def new_link(user: User, purpose: str) -> str:
    """Make a link for somebody.

    Returns
    -------
    The token, which is stored nowhere.
    """
    token, now = secrets.token_urlsafe(32), clock.now()
    session.execute(
        delete(OneTimeLink).where(OneTimeLink.user_id == user.id, OneTimeLink.expires_at < now)
    )
    session.add(OneTimeLink(
        user_id=user.id, purpose=Purpose(purpose), digest=queries.digest_of(token),
        created_at=now, expires_at=now + LIFETIMES[Purpose(purpose)],
    ))
    session.flush()
    return token


def link_address(token: str, language: str) -> str:
    """The whole address of a link, for a mail or a terminal."""
    return whole_address("accounts.link", language=language, token=token)


def whole_address(endpoint: str, **values: str) -> str:
    """The address of a page with its host, also where no page is being made."""
    base = current_app.extensions["citizen.settings"].base_url
    return f"{base}{current_app.url_map.bind('').build(endpoint, values)}"


def show_link(token: str) -> None:
    """Note that somebody other than its owner is shown a link."""
    session.execute(
        update(OneTimeLink)
        .where(OneTimeLink.digest == queries.digest_of(token))
        .values(shown=True)
        .execution_options(synchronize_session=False)
    )


def use_link(link_id: int) -> User | None:
    """Use a link up.

    Returns
    -------
    The person it lets in; None where it no longer works or somebody else was first.
    """
    now = clock.now()
    used = session.execute(
        update(OneTimeLink)
        .where(OneTimeLink.id == link_id, OneTimeLink.used_at.is_(None), OneTimeLink.expires_at > now)
        .values(used_at=now)
        .returning(OneTimeLink.user_id, OneTimeLink.purpose, OneTimeLink.shown)
        .execution_options(synchronize_session=False)
    ).first()
    user = queries.user(used.user_id, for_change=True) if used else None
    if used is None or user is None or not user.active:
        return None
    if used.purpose != Purpose.SIGN_IN:
        user.unproven = used.shown
    return user


def void_links(user: User) -> None:
    """Let none of somebody's links work any longer, sent or about to be."""
    session.execute(
        update(OneTimeLink)
        .where(OneTimeLink.user_id == user.id, OneTimeLink.used_at.is_(None))
        .values(used_at=clock.now())
        .execution_options(synchronize_session=False)
    )
    outbox.take_back(_about(user))


def send_invitation(user: User, inviter: str) -> str:
    """Mail a link with which somebody chooses a first password.

    Returns
    -------
    The token.
    """
    subject = _l("You are invited to work with ideas from residents")
    return _mail_link(user, Purpose.INVITATION, subject, "mail/invitation.txt", inviter=inviter)


def send_reset_link(user: User) -> str:
    """Mail a link with which somebody chooses a new password.

    Returns
    -------
    The token.
    """
    return _mail_link(user, Purpose.RESET, _l("Choose a new password"), "mail/reset.txt")


def _mail_link(user: User, purpose: Purpose, subject: Any, template: str, **told: str) -> str:
    token = new_link(user, purpose)
    with locale.speaking(user.language):
        body = render_template(template, name=user.name, address=link_address(token, user.language), **told)
        outbox.put(receiver=user.email, language=user.language, about=_about(user),
                   subject=str(subject), body=body)
    return token


def _about(user: User) -> str:
    return f"account:{user.id}"
