"""Which surveys can be answered now."""

from flask import render_template

from citizen.base import access, clock
from citizen.programmes import queries as programme_queries
from citizen.surveys import queries
from citizen.surveys.routes.blueprint import rooms


@rooms.get("/surveys/")
@access.public
def index() -> str:
    today = clock.today()
    found = [
        (programme, queries.entrances(programme.id, today)) for programme in programme_queries.programmes()
    ]
    return render_template("surveys/index.html", programmes=[(p, now) for p, now in found if now])
