"""Notes from workshops and paper, typed by staff, one after the other by keyboard alone."""

import uuid
from datetime import timedelta
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from citizen.base import access, clock, locale
from citizen.base.forms import ActionForm, choices
from citizen.base.words import first_sentence
from citizen.contributions import actions as contributions
from citizen.contributions import queries as contribution_queries
from citizen.contributions import rules as states
from citizen.contributions.models import Contribution
from citizen.ideas import actions, policy, queries
from citizen.ideas.forms import NOTE_SOURCES, NoteForm, RetypeForm
from citizen.ideas.routes.blueprint import rooms
from citizen.ideas.routes.loading import load_desk, municipality_choices
from citizen.programmes.models import Programme

# What stays the same from one note to the next.
KEPT = ("source", "municipality", "written_in")
TITLE_OF_A_NOTE = 80
LISTED_FOR = timedelta(hours=12)


@rooms.get("/ideas/<slug>/notes")
@access.staff(*policy.HELPERS)
def notes(slug: str) -> str:
    programme = load_desk(slug)
    form = _note_form(programme)
    form.client_key.data = str(uuid.uuid4())
    offered = {"source": set(NOTE_SOURCES), "written_in": set(locale.LANGUAGES),
               "municipality": {choice.value for choice in form.municipality.choices}}
    form.written_in.data = locale.current()
    for name in KEPT:
        if (asked := request.args.get(name)) in offered[name]:
            form[name].data = asked
    return _notes_page(programme, form)


@rooms.post("/ideas/<slug>/notes")
@access.staff(*policy.HELPERS)
def type_note(slug: str) -> Response | tuple[str, int]:
    programme = load_desk(slug)
    form = _note_form(programme)
    if not form.validate():
        return _notes_page(programme, form), 422
    actions.type_note(_new_idea(programme, form), user_id=access.required_viewer().id)
    return redirect(url_for(".notes", slug=slug, **{name: form[name].data for name in KEPT}), 303)


@rooms.get("/ideas/<slug>/notes/<ref>")
@access.staff(*policy.HELPERS)
def note(slug: str, ref: str) -> str:
    programme = load_desk(slug)
    contribution = _own_note(programme, ref)
    text = contribution_queries.latest_text(contribution.id)
    return _note_page(programme, contribution,
                      RetypeForm(title=text.title, body=text.body, place=text.place))


@rooms.post("/ideas/<slug>/notes/<ref>")
@access.staff(*policy.HELPERS)
def retype_note(slug: str, ref: str) -> Response | tuple[str, int]:
    programme = load_desk(slug)
    contribution, form = _own_note(programme, ref, for_change=True), RetypeForm()
    if not form.validate():
        return _note_page(programme, contribution, form), 422
    actions.retype_note(
        contribution, title=_title(form), body=str(form.body.data), place=form.place.data or None,
        user_id=access.required_viewer().id,
    )
    flash(_("The note has been corrected."), "success")
    return redirect(url_for(".notes", slug=slug, **_kept_of(programme, contribution)), 303)


@rooms.post("/ideas/<slug>/notes/<ref>/withdrawal")
@access.staff(*policy.HELPERS)
def take_note_back(slug: str, ref: str) -> Response:
    programme = load_desk(slug)
    contribution = _own_note(programme, ref, for_change=True)
    if not states.may_be_retyped(contribution.visibility):
        abort(409)
    actions.take_note_back(contribution, user_id=access.required_viewer().id)
    flash(_("The note has been taken back."), "success")
    return redirect(url_for(".notes", slug=slug, **_kept_of(programme, contribution)), 303)


def _own_note(programme: Programme, ref: str, *, for_change: bool = False) -> Contribution:
    """A note that the viewer has typed in where they still help people to take part, or not found."""
    viewer = access.required_viewer()
    found = queries.note(programme.id, viewer.id, ref, _own_towns(programme), for_change=for_change)
    return found or abort(404)


def _own_towns(programme: Programme) -> list[int]:
    return [m.id for m in policy.desks(access.required_viewer(), programme)]


def _kept_of(programme: Programme, contribution: Contribution) -> dict[str, Any]:
    slugs = {m.id: m.slug for m in programme.municipalities}
    return {"source": contribution.source, "municipality": slugs[contribution.municipality_id],
            "written_in": contribution.language}


def _note_form(programme: Programme) -> NoteForm:
    form = NoteForm()
    own = policy.desks(access.required_viewer(), programme)
    form.municipality.choices = choices(*municipality_choices(programme, own))
    if len(own) == 1:
        form.municipality.data = own[0].slug
    return form


def _title(form: NoteForm | RetypeForm) -> str:
    """What was typed, else the first words."""
    return str(form.title.data or first_sentence(form.body.data, TITLE_OF_A_NOTE))


def _new_idea(programme: Programme, form: NoteForm) -> actions.NewIdea:
    by_slug = {m.slug: m for m in programme.municipalities}
    return actions.NewIdea(
        programme_id=programme.id, municipality_id=by_slug[str(form.municipality.data)].id,
        source=str(form.source.data), language=str(form.written_in.data),
        client_key=f"note:{form.client_key.data}", title=_title(form), body=str(form.body.data),
        place=form.place.data or None, sector=form.sector.data or None,
    )


def _notes_page(programme: Programme, form: NoteForm) -> str:
    typed = queries.typed_notes(
        programme.id, access.required_viewer().id, clock.now() - LISTED_FOR, _own_towns(programme)
    )
    return render_template(
        "ideas/notes/index.html", programme=programme, form=form, notes=typed,
        codes={one.ref: contributions.receipt_code(one.ref) for one in typed},
        may_change={one.ref for one in typed if states.may_be_retyped(one.visibility)},
    )


def _note_page(programme: Programme, contribution: Contribution, form: RetypeForm) -> str:
    return render_template(
        "ideas/notes/edit.html", programme=programme, note=contribution, form=form, action=ActionForm(),
        may_change=states.may_be_retyped(contribution.visibility),
    )
