"""The blueprint, and how a programme and a theme are loaded with access."""

from flask import Blueprint, abort

from citizen.base import access
from citizen.programmes import queries as programme_queries
from citizen.programmes.models import Programme
from citizen.themes import queries
from citizen.themes.models import Theme
from citizen.themes.policy import may_work_with_themes

rooms = Blueprint("themes", __name__)


def load_programme(slug: str) -> Programme:
    """The programme of an address, if the viewer works with it; else not found."""
    programme = programme_queries.programme(slug)
    if programme is None or not may_work_with_themes(access.required_viewer(), programme):
        abort(404)
    return programme


def load_theme(programme: Programme, ref: str, *, for_change: bool = False) -> Theme:
    """A theme of a programme, or not found."""
    return queries.theme(programme.id, ref, for_change=for_change) or abort(404)
