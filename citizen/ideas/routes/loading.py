"""What several pages load, each with its access."""

import re

from flask import (
    abort,
    current_app,
    request,
    url_for,
)

from citizen.base import locale
from citizen.ideas import queries
from citizen.places.rules.points import Point, read_point
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




def asked_near() -> Point | None:
    """The point that the list is asked to be near; an address with anything else is not found.

    A phone rounds before it asks, so that no address ever holds more than three decimals.
    """
    asked = request.args.get("near")
    if asked is None:
        return None
    if not re.fullmatch(r"\d{2}(\.\d{1,3})?,\d{1,2}(\.\d{1,3})?", asked, re.ASCII):
        abort(404)
    return read_point(*asked.split(",")) or abort(404)


def municipality_choices(programme: Programme) -> list[tuple[str, str]]:
    """(short name, name in the reader's language) of each municipality that runs a programme."""
    language = locale.current()
    return [(m.slug, locale.in_language(m.names, language)[0]) for m in programme.municipalities]


def receipt_address(code: str) -> str:
    """The whole address of a receipt, for the page itself and for mail."""
    base = current_app.extensions["citizen.settings"].base_url
    return f"{base}{url_for('ideas.receipt', code=code)}"
