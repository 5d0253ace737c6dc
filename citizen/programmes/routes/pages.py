"""Start page and the programme's own page."""

from collections.abc import Sequence

from flask import abort, current_app, render_template

from citizen.base import access, clock
from citizen.programmes import queries, rules
from citizen.programmes.models import Programme
from citizen.programmes.routes.blueprint import rooms


@rooms.get("/")
@access.public
def start() -> str:
    found = queries.programmes()
    return render_template(
        "programmes/start.html", programmes=found, today=clock.today(), rules=rules,
        surveys={programme.id: _surveys(programme) for programme in found},
    )


@rooms.get("/programmes/<slug>")
@access.public
def show(slug: str) -> str:
    programme = load(slug)
    today = clock.today()
    return render_template(
        "programmes/show.html",
        programme=programme,
        phase=rules.phase_on(programme.phases, today),
        takes_ideas=rules.takes_ideas(programme.phases, today),
        surveys=_surveys(programme),
        days_left=rules.days_left(programme.phases, today),
    )


def _surveys(programme: Programme) -> Sequence[object]:
    """The open surveys of a programme; their room stands above and has said how to ask."""
    found: Sequence[object] = current_app.extensions["citizen.open_surveys"](programme.id, clock.today())
    return found


def load(slug: str) -> Programme:
    """The programme of an address, or not found."""
    return queries.programme(slug) or abort(404)
