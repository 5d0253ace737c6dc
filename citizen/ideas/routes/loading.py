"""What several pages load, each with its access."""

from flask import (
    abort,
    current_app,
    url_for,
)

from citizen.base import locale
from citizen.base.transaction import keep_anyway
from citizen.contributions import actions as contributions
from citizen.contributions.forms import Photos
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


def keep_photos(holder: str, photos: Photos) -> None:
    """Keep the good photos of a form that comes back, so that nobody has to send them twice."""
    if photos.new:
        photos.now_stored(contributions.keep_pictures(holder, [ready for ready, _alt in photos.new]))
        keep_anyway()


def municipality_choices(programme: Programme) -> list[tuple[str, str]]:
    """(short name, name in the reader's language) of each municipality that runs a programme."""
    language = locale.current()
    return [(m.slug, locale.in_language(m.names, language)[0]) for m in programme.municipalities]


def receipt_address(code: str) -> str:
    """The whole address of a receipt, for the page itself and for mail."""
    base = current_app.extensions["citizen.settings"].base_url
    return f"{base}{url_for('ideas.receipt', code=code)}"
