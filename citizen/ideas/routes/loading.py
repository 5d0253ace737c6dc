"""What several pages load, each with its access."""

import re

from flask import abort, request, url_for

from citizen.base import access, locale
from citizen.base.pages import whole_address
from citizen.base.transaction import keep_anyway
from citizen.contributions import actions as contributions
from citizen.contributions import queries as contribution_queries
from citizen.contributions.forms import Photos
from citizen.contributions.models import Contribution
from citizen.ideas import policy, queries
from citizen.places.rules.points import Point, read_point
from citizen.programmes import queries as programme_queries
from citizen.programmes.models import Municipality, Programme


def load_programme(slug: str) -> Programme:
    """The programme of an address, or not found."""
    return programme_queries.programme(slug) or abort(404)


def load_public_idea(slug: str, ref: str) -> tuple[Programme, queries.PublicIdea]:
    """A published idea under its own programme, or not found."""
    programme, idea = load_programme(slug), queries.public_idea(ref)
    if idea is None:
        abort(404)
    return own_programme(programme, idea), idea


def own_programme(programme: Programme, idea: queries.PublicIdea) -> Programme:
    """The programme that an idea is in, where the address names that one or one it was moved from.

    Whoever had the page open while it was moved loses nothing of what they send.
    """
    if idea.programme_id == programme.id:
        return programme
    if not contribution_queries.moves_of(idea.id):
        abort(404)
    return programme_queries.programme_by_id(idea.programme_id)


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


def keep_photos(holder: str, photos: Photos) -> None:
    """Keep the good photos of a form that comes back, so that nobody has to send them twice."""
    if photos.new:
        photos.now_stored(contributions.keep_pictures(holder, [ready for ready, _alt in photos.new]))
        keep_anyway()


def load_desk(slug: str) -> Programme:
    """A programme that the viewer helps people to take part in, or not found."""
    programme = load_programme(slug)
    if not policy.desks(access.required_viewer(), programme):
        abort(404)
    return programme


def municipality_choices(
    programme: Programme, only: list[Municipality] | None = None
) -> list[tuple[str, str]]:
    """(short name, name in the reader's language) of each municipality that runs a programme."""
    language = locale.current()
    return [
        (m.slug, locale.in_language(m.names, language)[0])
        for m in (programme.municipalities if only is None else only)
    ]


def load_receipt(code: str, *, for_change: bool = False) -> Contribution:
    """What a receipt's code opens, or not found."""
    return contribution_queries.by_receipt(code, for_change=for_change) or abort(404)


def receipt_address(code: str) -> str:
    """The whole address of a receipt, for the page itself and for mail."""
    return whole_address(url_for("ideas.receipt", code=code))
