"""What tells one browser from another, and says nothing of its owner."""

import secrets

from flask import Flask, request, session
from flask.sessions import SecureCookieSessionInterface, SessionMixin


class OneSession(SecureCookieSessionInterface):
    """A session is begun and prolonged by pages that somebody opens, not by what is fetched beside them.

    Such an answer may come late: its session, as it was when it was asked for, would take the place of the
    one that a form has been given since. A survey that was just begun would be forgotten.
    """

    def should_set_cookie(self, app: Flask, session: SessionMixin) -> bool:
        if request.headers.get("Purpose") == "prefetch":
            return False
        is_page = request.headers.get("Sec-Fetch-Dest", "document") == "document"
        return (session.modified or is_page) and super().should_set_cookie(app, session)


def browser_key() -> str:
    """This browser's random key, made when it is first needed."""
    if "browser" not in session:
        session["browser"] = secrets.token_urlsafe(16)
        session.permanent = True
    return str(session["browser"])
