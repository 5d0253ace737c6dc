"""The form, and what comes in through it."""

import uuid
from dataclasses import replace

from flask import (
    flash,
    jsonify,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from citizen.base import access, clock, ids, kiosk, locale
from citizen.base.forms import choices
from citizen.base.limits import cost_of_photos, limiter, submit_limit
from citizen.base.uploads import takes_files
from citizen.contributions import actions as contributions
from citizen.contributions import queries as contribution_queries
from citizen.contributions import rules as states
from citizen.contributions.forms import Photos, read_photos
from citizen.ideas import actions
from citizen.ideas.forms import IdeaForm
from citizen.ideas.routes.blueprint import rooms
from citizen.ideas.routes.holding import held_as
from citizen.ideas.routes.loading import keep_photos, load_programme, municipality_choices
from citizen.places.forms import pointing
from citizen.programmes.models import Programme
from citizen.programmes.rules import nearest_municipality, takes_ideas


@rooms.get("/ideas/<slug>/new")
@access.public
def new(slug: str) -> str:
    programme = load_programme(slug)
    form = _idea_form(programme)
    form.client_key.data = str(uuid.uuid4())
    form.written_in.data = locale.current()
    form.municipality.data = _likely_municipality(programme)
    return _form_page(programme, form)


@rooms.post("/ideas/<slug>/new")
@access.public
@limiter.limit(submit_limit, exempt_when=pointing.costs_nothing, cost=cost_of_photos)
@takes_files(states.MOST_PICTURES, states.LARGEST_PICTURE)
def create(slug: str) -> Response | tuple[Response | str, int]:
    # Before the database is asked: nobody else who writes waits for photos to be read.
    photos = read_photos()
    programme = load_programme(slug)
    photos.look_up(contribution_queries.held_pictures(_holder(request.form.get("client_key"))))
    form = _idea_form(programme, photos)
    if pointing.is_asked():
        # Photos are kept under a key of this form's own, never under one that is missing or odd.
        form.validate_client_key(form.client_key)
        keep_photos(_holder(form.client_key.data), photos)
        return _form_page(programme, form, pointing.answer(_towns(programme), form)), 200
    valid = form.validate()
    if valid and (sent := contribution_queries.by_client_key(_key_of(form))):
        return _received(contributions.receipt_code(sent.ref))
    if not valid or not takes_ideas(programme.phases, clock.today()):
        keep_photos(_holder(form.client_key.data), photos)
        return _not_received(programme, form)
    idea = _new_idea(programme, form)
    idea = replace(idea, held_as=held_as(idea.municipality_id, f"{idea.title}\n{idea.body}"))
    contribution, is_new = actions.submit_idea(idea)
    code = contributions.receipt_code(contribution.ref)
    if is_new and form.email.data:
        actions.promise_news(contribution, form.email.data)
    return _received(code, is_new=True)


def _received(code: str, *, is_new: bool = False) -> Response:
    """To the receipt; a phone that sends by itself is told where it is."""
    address = url_for(".receipt", code=code)
    if is_new:
        # The receipt tells once of others who think alike.
        session["sent"] = code
        flash(_("Thank you! Your idea has been sent."), "success")
    if _asks_for_data():
        return jsonify(receipt=address, code=ids.spoken(code))
    if kiosk.is_on():
        kiosk.show_receipt(code)
    return redirect(address, 303)


def _not_received(programme: Programme, form: IdeaForm) -> Response | tuple[Response | str, int]:
    """The form again; a phone that sends by itself is told what is wrong, field by field."""
    if not _asks_for_data():
        return _form_page(programme, form), 422
    closed = [("", _("This programme is not collecting ideas at the moment."))]
    return jsonify(problems=form.problems or closed), 422


def _asks_for_data() -> bool:
    return bool(request.accept_mimetypes.best == "application/json")


def _key_of(form: IdeaForm) -> str:
    """The same text under the same key is one idea, however often it arrives.

    Whoever goes back and writes something else sends the old key with another idea: that is its own.
    """
    text = f"{form.title.data}\n{form.body.data}"
    return f"web:{uuid.uuid5(uuid.UUID(form.client_key.data), text)}"


def _holder(client_key: str | None) -> str:
    return states.held_by_form(client_key or "")


def _idea_form(programme: Programme, photos: Photos | None = None) -> IdeaForm:
    form = IdeaForm(pictures=photos)
    form.municipality.choices = choices(*municipality_choices(programme))
    if len(programme.municipalities) == 1:
        form.municipality.data = programme.municipalities[0].slug
    return form


def _form_page(programme: Programme, form: IdeaForm, pointed: pointing.Pointing | None = None) -> str:
    return render_template(
        "ideas/new.html", programme=programme, form=form,
        pointing=pointed or pointing.offered(_towns(programme)),
        takes_ideas=takes_ideas(programme.phases, clock.today()),
    )


def _towns(programme: Programme) -> list[int]:
    return [m.id for m in programme.municipalities]


def _likely_municipality(programme: Programme) -> str | None:
    """The one a poster or link names, else the only one that speaks the reader's language."""
    by_id = {m.id: m for m in programme.municipalities}
    asked = request.args.get("municipality")
    if asked in {m.slug for m in by_id.values()}:
        return asked
    found = nearest_municipality(locale.current(), [(m.id, m.languages) for m in by_id.values()])
    return by_id[found].slug if found else None


def _new_idea(programme: Programme, form: IdeaForm) -> actions.NewIdea:
    by_slug = {m.slug: m for m in programme.municipalities}
    return actions.NewIdea(
        programme_id=programme.id,
        municipality_id=by_slug[str(form.municipality.data)].id,
        source=states.Source.WEB,
        language=str(form.written_in.data),
        client_key=_key_of(form),
        title=str(form.title.data),
        body=str(form.body.data),
        place=form.place.data or None,
        sector=form.sector.data or None,
        photos=form.pictures.data.chosen,
        holder=_holder(form.client_key.data),
        point=form.point,
    )
