"""Themes of one's own: made before anything is found, given other examples, closed by hand."""

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from citizen.base import access, audit
from citizen.base.access import Role
from citizen.base.forms import VersionForm
from citizen.themes import actions, queries
from citizen.themes.forms import ExamplesForm, OwnForm
from citizen.themes.routes.pages import theme_view
from citizen.themes.routes.rooms import load_programme, load_theme, rooms

Answer = Response | tuple[str, int]


@rooms.get("/themes/<slug>/own")
@access.staff(Role.FACILITATOR)
def new_own(slug: str) -> str:
    return render_template("themes/own.html", programme=load_programme(slug), form=OwnForm())


@rooms.post("/themes/<slug>/own")
@access.staff(Role.FACILITATOR)
def create_own(slug: str) -> Answer:
    programme, viewer = load_programme(slug), access.required_viewer()
    form = OwnForm()
    if not form.validate():
        return render_template("themes/own.html", programme=programme, form=form), 422
    queries.hold(programme.id)
    theme = actions.make_own_theme(
        programme.id, str(form.name.data), form.sentences, user_id=viewer.id
    )
    audit.record("themes.own", theme.ref, viewer.id)
    flash(_("The theme is there. It is looked for the next time themes are found."), "success")
    return redirect(url_for(".show", slug=slug, ref=theme.ref), 303)


@rooms.post("/themes/<slug>/<ref>/examples")
@access.staff(Role.FACILITATOR)
def change_examples(slug: str, ref: str) -> Answer:
    programme, viewer = load_programme(slug), access.required_viewer()
    theme = load_theme(programme, ref, for_change=True)
    form = ExamplesForm()
    if not form.validate():
        return theme_view(programme, theme, examples=form), 422
    actions.change_examples(
        theme, form.sentences, user_id=viewer.id, version=form.seen_version
    )
    audit.record("themes.own", theme.ref, viewer.id)
    flash(_("Saved"), "success")
    return redirect(url_for(".show", slug=slug, ref=theme.ref), 303)


@rooms.post("/themes/<slug>/<ref>/closing")
@access.staff(Role.FACILITATOR)
def close(slug: str, ref: str) -> Response:
    programme, viewer = load_programme(slug), access.required_viewer()
    theme = load_theme(programme, ref, for_change=True)
    form = VersionForm()
    if not form.validate():
        abort(422)
    actions.close_theme(theme, user_id=viewer.id, version=form.seen_version)
    audit.record("themes.close", theme.ref, viewer.id)
    flash(_("The theme is closed."), "success")
    return redirect(url_for(".show", slug=slug, ref=theme.ref), 303)
