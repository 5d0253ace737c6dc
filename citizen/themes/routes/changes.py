"""Correcting themes. Every change says what it did and leads back to the theme."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from citizen.base import access, audit, locale
from citizen.base.access import Role
from citizen.programmes.models import Programme
from citizen.themes import actions, queries, rules
from citizen.themes.forms import UNSORTED, MergeForm, MoveForm, RenameForm, SplitForm, UndoForm
from citizen.themes.models import Theme
from citizen.themes.routes.pages import offer_targets, theme_view, unsorted_view
from citizen.themes.routes.rooms import load_programme, load_theme, rooms

Answer = Response | tuple[str, int]


@rooms.post("/themes/<slug>/<ref>/name")
@access.staff(Role.FACILITATOR)
def rename(slug: str, ref: str) -> Answer:
    programme, viewer = load_programme(slug), access.required_viewer()
    theme = load_theme(programme, ref, for_change=True)
    form = RenameForm()
    valid = form.validate()
    if valid and not form.name.data and not theme.suggested_names:
        form.name.errors = [_("Give the theme a name; nothing has been suggested for it yet.")]
        valid = False
    if not valid:
        return theme_view(programme, theme, rename=form), 422
    actions.rename_theme(
        theme, form.name.data or None, user_id=viewer.id, version=form.seen_version
    )
    audit.record("themes.rename", theme.ref, viewer.id)
    flash(_("Saved"), "success")
    return _back_to(programme, theme)


@rooms.post("/themes/<slug>/unsorted/moves")
@access.staff(Role.FACILITATOR)
def move_unsorted(slug: str) -> Answer:
    programme = load_programme(slug)
    queries.hold(programme.id)
    return _move(programme, None)


@rooms.post("/themes/<slug>/<ref>/moves")
@access.staff(Role.FACILITATOR)
def move(slug: str, ref: str) -> Answer:
    programme = load_programme(slug)
    return _move(programme, load_theme(programme, ref, for_change=True))


def _move(programme: Programme, source: Theme | None) -> Answer:
    form, viewer = MoveForm(), access.required_viewer()
    offer_targets(form, queries.themes(programme.id), source)
    if not form.validate():
        return _page_again(programme, source, form), 422
    target = None if form.target.data == UNSORTED else load_theme(programme, str(form.target.data))
    actions.move_ideas(programme.id, source, target, form.ideas.data, user_id=viewer.id)
    audit.record("themes.move", _subject(source), viewer.id, to=_subject(target), ideas=form.ideas.data)
    # One of the two is a theme; its history has the move, to be told and taken back.
    theme = source or target
    return _back_to(programme, source, moved=queries.latest_edit_id(theme.id) if theme else None)


@rooms.post("/themes/<slug>/unsorted/parts")
@access.staff(Role.FACILITATOR)
def split_unsorted(slug: str) -> Answer:
    programme = load_programme(slug)
    queries.hold(programme.id)
    return _split(programme, None)


@rooms.post("/themes/<slug>/<ref>/parts")
@access.staff(Role.FACILITATOR)
def split(slug: str, ref: str) -> Answer:
    programme = load_programme(slug)
    return _split(programme, load_theme(programme, ref, for_change=True))


def _split(programme: Programme, source: Theme | None) -> Answer:
    form, viewer = SplitForm(), access.required_viewer()
    offer_targets(form, queries.themes(programme.id), source)
    if not form.validate():
        return _page_again(programme, source, form), 422
    theme = actions.split_theme(
        programme.id, source, form.ideas.data, str(form.part.data), user_id=viewer.id
    )
    audit.record("themes.split", _subject(source), viewer.id, to=theme.ref, ideas=form.ideas.data)
    flash(_("This is the new theme."), "success")
    return _back_to(programme, theme)


@rooms.get("/themes/<slug>/<ref>/merge")
@access.staff(Role.FACILITATOR)
def confirm_merge(slug: str, ref: str) -> str | Response:
    programme = load_programme(slug)
    theme = load_theme(programme, ref)
    if not request.args.get("into"):
        flash(_("Choose a theme"), "warning")
        return _back_to(programme, theme)
    figures = {t.ref: t for t in queries.themes(programme.id)}
    into = figures.get(request.args["into"])
    if theme.ref not in figures or into is None or into.id == theme.id:
        abort(404)
    form = MergeForm(None, into=into.ref, version=queries.latest_edit_id(theme.id))
    return render_template(
        "themes/merge.html", programme=programme, theme=figures[theme.ref], into=into, form=form
    )


@rooms.post("/themes/<slug>/<ref>/merge")
@access.staff(Role.FACILITATOR)
def merge(slug: str, ref: str) -> Response:
    programme, viewer = load_programme(slug), access.required_viewer()
    theme = load_theme(programme, ref, for_change=True)
    form = MergeForm()
    if not form.validate():
        abort(422)
    into = load_theme(programme, form.into.data or "")
    actions.merge_themes(theme, into, user_id=viewer.id, version=form.seen_version)
    audit.record("themes.merge", theme.ref, viewer.id, to=into.ref)
    flash(_("“%(one)s” is now part of this theme.", one=_called(theme)), "success")
    return _back_to(programme, into)


@rooms.post("/themes/<slug>/<ref>/undo")
@access.staff(Role.FACILITATOR)
def undo(slug: str, ref: str) -> Response:
    programme, viewer = load_programme(slug), access.required_viewer()
    theme = load_theme(programme, ref, for_change=True)
    form = UndoForm()
    if not form.validate():
        abort(422)
    kind = actions.undo_edit(theme, form.seen_edit, user_id=viewer.id)
    audit.record(f"themes.{kind}", theme.ref, viewer.id, undoes=form.seen_edit)
    flash(_("The latest change has been taken back."), "success")
    return _back_to(programme, theme)


def _page_again(programme: Programme, source: Theme | None, form: MoveForm | SplitForm) -> str:
    return theme_view(programme, source, ideas=form) if source else unsorted_view(programme, form)


def _back_to(programme: Programme, theme: Theme | None, moved: int | None = None) -> Response:
    ref = theme.ref if theme else UNSORTED
    return redirect(url_for(".show", slug=programme.slug, ref=ref, moved=moved), 303)


def _subject(theme: Theme | None) -> str:
    return theme.ref if theme else UNSORTED


def _called(theme: Theme) -> str:
    return rules.name_in(theme.name, theme.suggested_names, locale.current()) or theme.ref
