"""Start page and the programme's own page."""

from flask import abort, render_template

from citizen.base import access, clock
from citizen.programmes import queries, rules
from citizen.programmes.models import Programme
from citizen.programmes.routes.blueprint import rooms


@rooms.get("/")
@access.public
def start() -> str:
    found = queries.programmes()
    return render_template("programmes/start.html", programmes=found, today=clock.today(), rules=rules)


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
        days_left=rules.days_left(programme.phases, today),
    )


def load(slug: str) -> Programme:
    """The programme of an address, or not found."""
    return queries.programme(slug) or abort(404)
