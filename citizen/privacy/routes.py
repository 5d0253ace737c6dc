"""What a municipality's administrators choose about private data in texts."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from citizen.base import access
from citizen.base.access import Role
from citizen.privacy import actions, policy, queries
from citizen.privacy.forms import ChoiceForm
from citizen.programmes import queries as programmes
from citizen.programmes.models import Municipality

rooms = Blueprint("privacy", __name__)


@rooms.get("/privacy/<town>")
@access.staff(Role.ADMINISTRATOR)
def manage(town: str) -> str:
    municipality = _load(town)
    chosen = queries.setting(municipality.id)
    form = ChoiceForm(formdata=None, shows_hints=chosen.shows_hints, version=str(chosen.version))
    return render_template("privacy/manage.html", municipality=municipality, form=form)


@rooms.post("/privacy/<town>")
@access.staff(Role.ADMINISTRATOR)
def choose(town: str) -> Response | tuple[str, int]:
    municipality, form = _load(town), ChoiceForm()
    if not form.validate():
        return render_template("privacy/manage.html", municipality=municipality, form=form), 422
    actions.choose(municipality, shows_hints=bool(form.shows_hints.data), version=form.seen_version,
                   user_id=access.required_viewer().id)
    flash(_("Saved"), "success")
    return redirect(url_for(".manage", town=town), 303)


def _load(town: str) -> Municipality:
    """A municipality that the viewer looks after, or not found."""
    found = programmes.municipality(town) or abort(404)
    return found if policy.may_manage(access.required_viewer(), found.id) else abort(404)
