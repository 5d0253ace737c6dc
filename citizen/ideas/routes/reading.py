"""The list, one idea, and support for it."""

import secrets

from flask import (
    abort,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from citizen.base import access, clock, locale
from citizen.base.forms import ActionForm, choices
from citizen.base.pages import asked_page
from citizen.contributions import queries as contribution_queries
from citizen.ideas import actions, queries
from citizen.ideas.forms import SearchForm
from citizen.ideas.routes.blueprint import rooms
from citizen.ideas.routes.loading import (
    load_programme,
    load_public_idea,
    municipality_choices,
)
from citizen.programmes.models import Municipality, Programme
from citizen.programmes.rules import takes_ideas


@rooms.get("/ideas/<slug>")
@access.public
def index(slug: str) -> str:
    programme = load_programme(slug)
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
    if page.number > page.last:
        abort(404)
    return render_template(
        "ideas/index.html", programme=programme, form=form, page=page,
        names={m.id: m.names for m in programme.municipalities},
        takes_ideas=takes_ideas(programme.phases, clock.today()),
        photos=contribution_queries.public_photos([idea.id for idea in page.items]),
        is_filtered=any(request.args.get(n) for n in ("q", "written_in", "municipality")),
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
        photos=contribution_queries.public_photos([idea.id]).get(idea.id, []),
        supported=bool(browser) and queries.has_supported(idea.id, str(browser)),
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
