"""The list, one idea, and support for it."""

import secrets
from collections.abc import Mapping

from flask import Response as FlaskResponse
from flask import (
    abort,
    after_this_request,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from citizen.base import access, clock, locale
from citizen.base.forms import ActionForm, choices
from citizen.base.pages import Page, asked_page
from citizen.contributions import queries as contribution_queries
from citizen.ideas import actions, queries
from citizen.ideas.forms import SearchForm
from citizen.ideas.routes.blueprint import rooms
from citizen.ideas.routes.loading import (
    asked_near,
    load_programme,
    load_public_idea,
    municipality_choices,
)
from citizen.places import queries as place_queries
from citizen.places.queries import maps_for
from citizen.places.rules import points
from citizen.places.rules.points import Point
from citizen.programmes.models import Municipality, Programme
from citizen.programmes.rules import takes_ideas


@rooms.get("/ideas/<slug>")
@access.public
def index(slug: str) -> str:
    programme = load_programme(slug)
    if near := asked_near():
        return _near_page(programme, near)
    form = SearchForm(request.args)
    form.municipality.choices = choices(("", _("All municipalities")), *municipality_choices(programme))
    chosen = {m.slug: m for m in programme.municipalities}.get(form.municipality.data or "")
    page = queries.public_ideas(
        programme.id,
        words=form.q.data or "",
        language=locale.match(form.written_in.data) or "",
        municipality_id=chosen.id if chosen else None,
        by_support=form.sort.data == "support",
        page=asked_page(),
    )
    filtered = any(request.args.get(n) for n in ("q", "written_in", "municipality"))
    return _list_page(programme, form, page, is_filtered=filtered)


def _near_page(programme: Programme, centre: Point) -> str:
    """The list by distance, and by nothing else: what is searched for beside it is not looked at."""
    page = queries.near_ideas(programme.id, centre, page=asked_page())
    form = SearchForm(MultiDict())
    form.municipality.choices = choices(("", _("All municipalities")), *municipality_choices(programme))
    # Where somebody stood is for this page alone: no cache keeps it, nor the phone in the list's stead.
    after_this_request(_not_kept)
    km = {idea.id: points.km_between(centre, idea.point) for idea in page.items}
    return _list_page(programme, form, page, is_filtered=True, km=km)


def _not_kept(response: FlaskResponse) -> FlaskResponse:
    response.headers["Cache-Control"] = "no-store"
    return response


def _list_page(
    programme: Programme, form: SearchForm, page: Page, *, is_filtered: bool,
    km: Mapping[int, float] | None = None,
) -> str:
    if page.number > page.last:
        abort(404)
    return render_template(
        "ideas/index.html", programme=programme, form=form, page=page,
        names={m.id: m.names for m in programme.municipalities},
        takes_ideas=takes_ideas(programme.phases, clock.today()),
        is_filtered=is_filtered, km=km, near_km=queries.NEAR_KM,
    )


@rooms.get("/ideas/<slug>/<ref>")
@access.public
def show(slug: str, ref: str) -> str:
    programme, idea = load_public_idea(slug, ref)
    browser = session.get("browser")
    return render_template(
        "ideas/show.html", programme=programme, idea=idea, form=ActionForm(),
        municipality=_municipality(programme, idea.municipality_id),
        news=contribution_queries.public_handling(idea.id),
        supported=bool(browser) and queries.has_supported(idea.id, str(browser)),
        map=place_queries.map_showing(idea.point, maps_for(programme, idea.municipality_id)),
    )


@rooms.post("/ideas/<slug>/<ref>/support")
@access.public
def support(slug: str, ref: str) -> Response:
    _programme_found, idea = load_public_idea(slug, ref)
    if "browser" not in session:
        session["browser"] = secrets.token_urlsafe(16)
        session.permanent = True
    actions.support_idea(idea.id, session["browser"])
    return redirect(url_for(".show", slug=slug, ref=ref), 303)


@rooms.post("/ideas/<slug>/<ref>/support/withdrawal")
@access.public
def withdraw_support(slug: str, ref: str) -> Response:
    _programme_found, idea = load_public_idea(slug, ref)
    if browser := session.get("browser"):
        actions.withdraw_support(idea.id, browser)
    return redirect(url_for(".show", slug=slug, ref=ref), 303)


def _municipality(programme: Programme, municipality_id: int) -> Municipality:
    return next(m for m in programme.municipalities if m.id == municipality_id)
