from typing import Any

from flask import Blueprint, request

from citizen.base import access
from citizen.statements.rules import places

rooms = Blueprint("statements", __name__)

# Parts of addresses that name something anybody may know of; every other part may be a secret.
_OPEN_PARTS = {"slug", "ref", "town", "kind"}


@rooms.app_context_processor
def name_the_page() -> dict[str, Any]:
    """What links about barriers need on every page."""
    return {"page_here": page_here}


def page_here() -> str | None:
    """The address that somebody who follows a link about barriers comes from, if it may be told."""
    if request.blueprint == rooms.name:
        return places.path_here(request.args.get("page", "")) or None
    known = access.declared(request.endpoint) is not None
    if not known or not set(request.view_args or {}) <= _OPEN_PARTS:
        return None
    return places.path_here(request.path) or None
