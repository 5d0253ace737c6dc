"""Which surveys can be answered now, and what came of others."""

from flask import render_template

from citizen.base import access, clock
from citizen.programmes import queries as programme_queries
from citizen.surveys import policy, queries
from citizen.surveys.routes.blueprint import rooms

rooms.app_template_global("has_public_results")(policy.has_public_results)


@rooms.get("/surveys/")
@access.public
def index() -> str:
    today = clock.today()
    found = []
    for programme in programme_queries.programmes():
        known = queries.surveys_with_results(programme.id)
        told = [one for one in known if policy.has_public_results(one[0])]
        found.append((programme, queries.entrances(programme.id, today), told))
    return render_template("surveys/index.html", programmes=[one for one in found if one[1] or one[2]])
