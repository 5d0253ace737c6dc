"""Programmes and the candidates of each."""

from flask import render_template, request

from citizen.base import access
from citizen.portfolio import policy, queries, rules
from citizen.portfolio.forms import STATUS_WORDS, OverviewForm
from citizen.portfolio.routes.loading import load_programme, rooms, shown_with
from citizen.programmes import queries as programme_queries


@rooms.get("/portfolio/")
@access.staff(*policy.READERS)
def programmes() -> str:
    viewer = access.required_viewer()
    found = programme_queries.programmes_of(viewer.municipalities(*policy.READERS))
    return render_template(
        "portfolio/programmes.html", programmes=found,
        counts=queries.candidate_counts([p.id for p in found]),
    )


@rooms.get("/portfolio/<slug>")
@access.staff(*policy.READERS)
def index(slug: str) -> str:
    programme = load_programme(slug)
    form = OverviewForm(request.args)
    status = form.status.data if form.status.data in STATUS_WORDS else ""
    sort = form.sort.data if form.sort.data in rules.ORDERS else "newest"
    every = queries.candidates(programme.id)
    found = rules.in_order([c for c in every if status in ("", c.status)], str(sort))
    return render_template(
        "portfolio/index.html", programme=programme, form=form, candidates=found, total=len(every),
        status=status, themes=queries.themes_behind([c.id for c in found]), **shown_with(programme),
    )
