"""How a programme is moderated: chosen by the administrators of the municipality in charge."""

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from citizen.base import access
from citizen.base.access import Role
from citizen.moderation import actions, policy
from citizen.moderation.forms.modes import ModeForm
from citizen.moderation.routes.blueprint import rooms
from citizen.programmes import actions as programmes
from citizen.programmes import queries as programme_queries
from citizen.programmes.models import Programme


@rooms.get("/moderation/modes")
@access.staff(Role.ADMINISTRATOR)
def modes() -> str:
    own = access.required_viewer().municipalities(Role.ADMINISTRATOR)
    return render_template("moderation/modes.html", programmes=programme_queries.programmes_of(own))


@rooms.get("/moderation/modes/<slug>")
@access.staff(Role.ADMINISTRATOR)
def mode(slug: str) -> str:
    programme = _programme(slug)
    form = ModeForm(formdata=None, mode=programme.moderation, promise_days=programme.promise_days)
    return render_template("moderation/mode.html", programme=programme, form=form)


@rooms.post("/moderation/modes/<slug>")
@access.staff(Role.ADMINISTRATOR)
def choose_mode(slug: str) -> Response | tuple[str, int]:
    programme, form = _programme(slug), ModeForm()
    if not form.validate():
        return render_template("moderation/mode.html", programme=programme, form=form), 422
    programmes.change_moderation(
        programme, form.mode.data, form.promise_days.data, user_id=access.required_viewer().id
    )
    actions.follow_promise(programme.id)
    flash(_("Saved. What comes in from now on is moderated like this; what waits already still waits."),
          "success")
    return redirect(url_for(".modes"), 303)


def _programme(slug: str) -> Programme:
    found = programme_queries.programme(slug) or abort(404)
    if not policy.may_read_mode(access.required_viewer(), found):
        abort(404)
    if not policy.may_choose_mode(access.required_viewer(), found):
        abort(403)
    return found
