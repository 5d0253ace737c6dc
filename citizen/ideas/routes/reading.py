"""The list, one idea, and support for it."""

from collections.abc import Mapping
from typing import Any

from flask import Response as FlaskResponse
from flask import (
    abort,
    after_this_request,
    current_app,
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
from citizen.base.browsers import browser_key
from citizen.base.forms import ActionForm, choices
from citizen.base.limits import limiter, submit_limit
from citizen.base.pages import Page, asked_page, whole_address
from citizen.contributions import queries as contribution_queries
from citizen.ideas import actions, queries
from citizen.ideas.forms import SearchForm, VoiceForm
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
    themes, theme = _themes(programme)
    page = queries.public_ideas(
        programme.id,
        words=form.q.data or "",
        language=locale.match(form.written_in.data) or "",
        municipality_id=chosen.id if chosen else None,
        among=theme.members() if theme else None,
        by_support=form.sort.data == "support",
        page=asked_page(),
    )
    filtered = any(request.args.get(n) for n in ("q", "written_in", "municipality")) or bool(theme)
    return _list_page(
        programme, form, page, is_filtered=filtered, themes=themes, theme=theme,
        theme_is_gone=bool(request.args.get("theme")) and theme is None,
    )


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
    km: Mapping[int, float] | None = None, **themes: Any,
) -> str:
    if page.number > page.last:
        abort(404)
    return render_template(
        "ideas/index.html", programme=programme, form=form, page=page,
        names={m.id: m.names for m in programme.municipalities},
        takes_ideas=takes_ideas(programme.phases, clock.today()),
        photos=contribution_queries.public_photos([idea.id for idea in page.items]),
        merged=queries.merged_into([idea.id for idea in page.items]),
        is_filtered=is_filtered, km=km, near_km=queries.NEAR_KM, **themes,
    )


def _themes(programme: Programme) -> tuple[list[Any], Any]:
    """The themes that the public may read by, and the chosen one. Who keeps them stands above this room."""
    themes = current_app.extensions["citizen.public_themes"](programme.id)
    return themes, next((theme for theme in themes if theme.ref == request.args.get("theme")), None)


@rooms.get("/ideas/<slug>/<ref>")
@access.public
def show(slug: str, ref: str) -> str | Response:
    if found := queries.line(ref):
        # Whoever follows the reference of a line finds it where it is read.
        return redirect(url_for(".show", slug=slug, ref=found[0].ref, _anchor=ref))
    programme, idea = load_public_idea(slug, ref)
    if programme.slug != slug:
        # It has been moved since somebody passed its address on.
        return redirect(url_for(".show", slug=programme.slug, ref=ref))
    return idea_page(programme, idea)


def idea_page(programme: Programme, idea: queries.PublicIdea, form: VoiceForm | None = None) -> str:
    """An idea's own page; with a line that could not be accepted, as it was typed."""
    browser, lines = session.get("browser"), queries.lines(idea.id, asked_page())
    if lines.number > lines.last:
        abort(404)
    return render_template(
        "ideas/show.html", programme=programme, idea=idea, form=ActionForm(),
        municipality=_municipality(programme, idea.municipality_id),
        news=contribution_queries.public_handling(idea.id),
        photos=contribution_queries.public_photos([idea.id]).get(idea.id, []),
        supported=bool(browser) and queries.has_supported(idea.id, str(browser)),
        lines=lines, voice=form or VoiceForm(idea.ref),
        merged_into=queries.merged_into([idea.id]).get(idea.id), merged_here=queries.merged_here(idea.id),
        official=contribution_queries.official_answer(idea.id),
        answered_at=contribution_queries.first_answered_at(idea.id),
        takes_ideas=takes_ideas(programme.phases, clock.today()),
        address=whole_address(url_for(".show", slug=programme.slug, ref=idea.ref)),
        map=place_queries.map_showing(idea.point, maps_for(programme, idea.municipality_id)),
    )


@rooms.post("/ideas/<slug>/<ref>/support")
@access.public
@limiter.limit(submit_limit)
def support(slug: str, ref: str) -> Response:
    _programme_found, idea = load_public_idea(slug, ref)
    actions.support_idea(idea.id, browser_key())
    return redirect(url_for(".show", slug=slug, ref=ref), 303)


@rooms.post("/ideas/<slug>/<ref>/support/withdrawal")
@access.public
@limiter.limit(submit_limit)
def withdraw_support(slug: str, ref: str) -> Response:
    _programme_found, idea = load_public_idea(slug, ref)
    if browser := session.get("browser"):
        actions.withdraw_support(idea.id, browser)
    return redirect(url_for(".show", slug=slug, ref=ref), 303)


def _municipality(programme: Programme, municipality_id: int) -> Municipality:
    return next(m for m in programme.municipalities if m.id == municipality_id)
