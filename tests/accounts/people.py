"""What the tests of this room ask for again and again."""

import re
from typing import Any

from flask import Flask
from sqlalchemy import select

from citizen.accounts import actions
from citizen.accounts.models import RoleGrant, User
from citizen.base.access import Role
from citizen.base.audit import AuditRow
from citizen.base.db import session
from citizen.base.outbox import Mail
from tests.pages import Browser, Page

PASSWORD = "fjord lykt sadel mandag"


def with_password(app: Flask, user_id: int, password: str = PASSWORD) -> str:
    """Give somebody a password; gives their address."""
    with app.app_context():
        user = session.get_one(User, user_id)
        user.password_hash = actions.passwords._hasher.hash(password)
        session.commit()
        return user.email


def somebody(app: Flask, name: str, *grants: tuple[int, str]) -> int:
    with app.app_context():
        user = actions.create_user(
            email=f"{name}@example.org", name=name.title(), language="nn",
            grants=[(m, Role(role)) for m, role in grants],
        )
        session.commit()
        return user.id


def a_link(app: Flask, user_id: int, purpose: str) -> str:
    """The path of a new link, in Nynorsk."""
    with app.app_context():
        token = actions.new_link(session.get_one(User, user_id), purpose)
        session.commit()
    return f"/nn/accounts/link/{token}"


def sign_in(browser: Browser, email: str, password: str = PASSWORD, **more: Any) -> Page:
    return browser.post("/sv/accounts/sign-in", {"email": email, "password": password, **more})


def is_in(browser: Browser) -> bool:
    return browser.get("/sv/accounts/me").status == 200


def mails(app: Flask, receiver: str) -> list[tuple[str, str, str]]:
    """(language, subject, body) of what waits for somebody."""
    with app.app_context():
        rows = session.scalars(select(Mail).where(Mail.receiver == receiver).order_by(Mail.id))
        return [(mail.language, mail.subject, mail.body) for mail in rows]


def link_in(text: str) -> str:
    """The path of the one-time link that a text contains."""
    found = re.search(r"http://127\.0\.0\.1:5000(/\w+/accounts/link/[\w-]+)", text)
    assert found, text
    return found.group(1)


def roles_of(app: Flask, user_id: int) -> set[tuple[int, str]]:
    with app.app_context():
        rows = session.execute(
            select(RoleGrant.municipality_id, RoleGrant.role).where(RoleGrant.user_id == user_id)
        )
        return {(municipality_id, role) for municipality_id, role in rows}


def audited(app: Flask, action: str) -> list[tuple[int | None, str]]:
    """(who, subject) of every row of an action."""
    with app.app_context():
        rows = session.execute(
            select(AuditRow.actor_id, AuditRow.subject).where(AuditRow.action == action).order_by(AuditRow.id)
        )
        return [(actor, subject) for actor, subject in rows]


def path_of(app: Flask, endpoint: str, language: str = "sv") -> str:
    """Where a page lies, for rooms whose addresses are their own business."""
    return app.url_map.bind("").build(endpoint, {"language": language})
