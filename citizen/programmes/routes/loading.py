"""A municipality whose words somebody works with, and what its pages need to know of it."""

from collections.abc import Mapping, Sequence

from flask import abort, redirect, url_for
from werkzeug.wrappers import Response

from citizen.analysis.lexicon import Addition
from citizen.base import access
from citizen.base.access import Role
from citizen.programmes import policy, queries
from citizen.programmes.models import Municipality
from citizen.programmes.queries import OwnEntry
from citizen.programmes.rules import matching
from citizen.programmes.rules.matching import Spoken, Warned
from citizen.programmes.rules.words import Entry

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


def spoken_in(municipality: Municipality) -> Spoken:
    """The words of the newest published ideas."""
    return Spoken(queries.newest_texts(municipality.id))


def warnings_of(municipality: Municipality, entries: Sequence[Entry]) -> list[Warned]:
    """What saving some entries would do that somebody should know first."""
    have = {own.entry.key: own.entry for own in queries.own_entries(municipality.id)}
    new = {entry.key: queries.as_addition(entry, municipality.slug) for entry in entries}
    fresh = {
        new[entry.key].id: [s for s in entry.stems if entry.key not in have or s not in have[entry.key].stems]
        for entry in entries
    }
    replaced = {one.id for one in new.values()}
    others: list[Addition] = [a for a in queries.additions_of(municipality) if a.id not in replaced]
    if not any(fresh.values()):
        return []
    return matching.warnings(list(new.values()), fresh, others, spoken_in(municipality))


def concept_names(municipality: Municipality, more: Sequence[Entry] = ()) -> dict[str, Mapping[str, str]]:
    """Id → names of every concept a page may speak of, with those of entries that are not stored yet."""
    known = {concept.id: concept.names for concept in queries.lexicon_of(municipality).concepts}
    return known | {
        queries.as_addition(entry, municipality.slug).id: entry.names for entry in more if not entry.extends
    }


def to_list(municipality: Municipality, done: int | None = None) -> Response:
    """Back to the list; ``done`` is the number of what was just done and can be taken back."""
    return redirect(url_for(".own_words", town=municipality.slug, done=done), 303)
