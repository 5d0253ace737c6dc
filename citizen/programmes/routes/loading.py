"""A municipality whose words somebody works with."""

from flask import abort, redirect, url_for
from werkzeug.wrappers import Response

from citizen.base import access
from citizen.base.access import Role
from citizen.programmes import policy, queries
from citizen.programmes.models import Municipality
from citizen.programmes.queries import OwnEntry

READERS = (Role.ADMINISTRATOR, Role.FACILITATOR)


def load_municipality(slug: str, *, for_change: bool = False) -> Municipality:
    """The municipality of an address whose words the viewer may read, or not found."""
    viewer, found = access.required_viewer(), queries.municipality(slug)
    if found is None or not policy.may_read_words(viewer, found.id):
        abort(404)
    if for_change and not policy.may_change_words(viewer, found.id):
        abort(403)
    return found


def load_entry(municipality: Municipality, entry_id: int) -> OwnEntry:
    """An entry of a municipality, or not found."""
    entries = queries.own_entries(municipality.id)
    return next((own for own in entries if own.id == entry_id), None) or abort(404)


def readable_municipalities() -> list[Municipality]:
    """Every municipality whose words the viewer may read."""
    viewer = access.required_viewer()
    return [m for m in queries.municipalities() if policy.may_read_words(viewer, m.id)]


def to_list(municipality: Municipality, done: int | None = None) -> Response:
    """Back to the list; ``done`` is the number of what was just done and can be taken back."""
    return redirect(url_for(".own_words", town=municipality.slug, done=done), 303)
