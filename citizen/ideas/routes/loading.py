"""What several pages load, each with its access."""

import secrets

from flask import (
    abort,
    current_app,
    session,
    url_for,
)

from citizen.base import locale
from citizen.ideas import queries
from citizen.programmes import queries as programme_queries
from citizen.programmes.models import Programme


def load_programme(slug: str) -> Programme:
    """The programme of an address, or not found."""
    return programme_queries.programme(slug) or abort(404)


def load_public_idea(slug: str, ref: str) -> tuple[Programme, queries.PublicIdea]:
    """A published idea under its own programme, or not found."""
    programme, idea = load_programme(slug), queries.public_idea(ref)
    if idea is None or idea.programme_id != programme.id:
        abort(404)
    return programme, idea


def browser_key() -> str:
    """This browser's random key, made when it is first needed; it says nothing of its owner."""
    if "browser" not in session:
        session["browser"] = secrets.token_urlsafe(16)
        session.permanent = True
    return str(session["browser"])


def municipality_choices(programme: Programme) -> list[tuple[str, str]]:
    """(short name, name in the reader's language) of each municipality that runs a programme."""
    language = locale.current()
    return [(m.slug, locale.in_language(m.names, language)[0]) for m in programme.municipalities]


def receipt_address(code: str) -> str:
    """The whole address of a receipt, for the page itself and for mail."""
    return whole_address(url_for("ideas.receipt", code=code))


def whole_address(path: str) -> str:
    """An address as it is told outside the page."""
    return f"{current_app.extensions['citizen.settings'].base_url}{path}"
