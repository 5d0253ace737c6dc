"""What tells one browser from another, and says nothing of its owner."""

import secrets

from flask import session


def browser_key() -> str:
    """This browser's random key, made when it is first needed."""
    if "browser" not in session:
        session["browser"] = secrets.token_urlsafe(16)
        session.permanent = True
    return str(session["browser"])
