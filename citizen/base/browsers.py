"""What tells one browser from another, and says nothing of its owner."""

import secrets

from flask import Flask, request, session
from flask.sessions import SecureCookieSessionInterface, SessionMixin


class OneSession(SecureCookieSessionInterface):
    """A session begins with a page that somebody opens, never with a copy that is fetched to be kept.

    On a first visit both are on their way at once: the copy's session would take the place of the page's,
    and the page's forms would be refused.
    """

    def should_set_cookie(self, app: Flask, session: SessionMixin) -> bool:
        begins = self.get_cookie_name(app) not in request.cookies
        to_be_kept = request.headers.get("Purpose") == "prefetch"
        return not (begins and to_be_kept) and super().should_set_cookie(app, session)


def browser_key() -> str:
    """This browser's random key, made when it is first needed."""
    if "browser" not in session:
        session["browser"] = secrets.token_urlsafe(16)
        session.permanent = True
    return str(session["browser"])
