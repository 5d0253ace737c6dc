"""Move an idea to another programme of a municipality that the moderator moderates."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from citizen.base import access, locale
from citizen.base.access import Role
from citizen.base.forms import choices
from citizen.contributions import queries as contribution_queries
from citizen.contributions import rules as states
from citizen.contributions.actions import StaleDecision
from citizen.contributions.models import Contribution
from citizen.moderation import actions, policy
from citizen.moderation.forms.deciding import DecisionForm
from citizen.moderation.forms.further import MoveForm
from citizen.moderation.routes.blueprint import rooms
from citizen.moderation.routes.loading import Desk, asked_desk, load_item

Answer = Response | tuple[str, int]
Places = dict[str, tuple[int, int]]


@rooms.get("/moderation/<ref>/move")
@access.staff(Role.MODERATOR)
def choose_programme(ref: str) -> str:
    contribution = load_item(ref)
    form, _places = _form(asked_desk(), contribution, version=contribution.version)
    return _page(contribution, form)


@rooms.post("/moderation/<ref>/move")
@access.staff(Role.MODERATOR)
def move(ref: str) -> Answer:
    contribution = load_item(ref, for_change=True)
    form, places = _form(asked_desk(), contribution)
    if not form.validate():
        return _page(contribution, form), 422
    try:
        actions.move(
            contribution, *places[form.to.data], user_id=access.required_viewer().id,
            expected_version=form.seen_version,
        )
    except StaleDecision as conflict:
        form.version.data = str(contribution.version)
        return _page(contribution, form, conflict), 409
    flash(_("The idea has been moved."), "success")
    return redirect(url_for(".show", ref=ref, **asked_desk().kept), 303)


@rooms.post("/moderation/<ref>/move/undo")
@access.staff(Role.MODERATOR)
def unmove(ref: str) -> Response:
    contribution, viewer = load_item(ref, for_change=True), access.required_viewer()
    actions.unmove(contribution, user_id=viewer.id, expected_version=DecisionForm().seen_version)
    flash(_("The idea is back where it came from."), "success")
    desk = asked_desk()
    if not policy.may_moderate(viewer, contribution):
        # It came from a municipality that somebody else moderates.
        return redirect(url_for(".index", **desk.kept), 303)
    return redirect(url_for(".show", ref=ref, **desk.kept), 303)


def _form(desk: Desk, contribution: Contribution, **values: object) -> tuple[MoveForm, Places]:
    """The form with the places that the viewer may move to, and what each value stands for."""
    form, places, language = MoveForm(**values), {}, locale.current()
    named = []
    for programme in desk.programmes.values():
        own = [m for m in programme.municipalities if m.id in desk.municipalities]
        if programme.id == contribution.programme_id:
            continue
        # It stays with its municipality wherever that takes part.
        for town in [m for m in own if m.id == contribution.municipality_id] or own:
            value = f"{programme.slug}:{town.slug}"
            places[value] = (programme.id, town.id)
            title = locale.in_language(programme.titles, language)[0]
            named.append((value, f"{title} – {locale.in_language(town.names, language)[0]}"))
    form.to.choices = choices(("", _("Choose a programme")), *named)
    return form, places


def _page(contribution: Contribution, form: MoveForm, conflict: StaleDecision | None = None) -> str:
    return render_template(
        "moderation/further/move.html", desk=asked_desk(), item=contribution, form=form, conflict=conflict,
        text=contribution_queries.latest_text(contribution.id), places=len(form.to.choices) - 1,
        may_move=states.may_be_moved(contribution.kind, contribution.visibility, contribution.handling),
    )
