"""What an administrator states of the municipality, and the sheet for uustatus.no."""

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from citizen.base import access
from citizen.base.access import Role
from citizen.programmes.models import Municipality
from citizen.statements import actions, queries
from citizen.statements.forms import ProfileForm
from citizen.statements.routes.blueprint import rooms
from citizen.statements.routes.loading import load_mine, my_municipalities, service_of
from citizen.statements.routes.pages import words


@rooms.get("/statements/mine")
@access.staff(Role.ADMINISTRATOR)
def mine() -> Response:
    """The statements of the viewer's municipality, the first of several."""
    found = my_municipalities() or abort(404)
    return redirect(url_for(".manage", town=found[0].slug))


@rooms.get("/statements/<town>/manage")
@access.staff(Role.ADMINISTRATOR)
def manage(town: str) -> str:
    municipality = load_mine(town)
    stated = queries.profile(municipality.id)
    return render_template(
        "statements/manage/index.html", municipality=municipality, municipalities=my_municipalities(),
        stated=stated, missing=queries.missing(municipality, stated), product=queries.product(),
        report=queries.report(municipality), waiting=queries.count_open(municipality.id), **words(),
    )


@rooms.get("/statements/<town>/manage/facts")
@access.staff(Role.ADMINISTRATOR)
def facts(town: str) -> str:
    municipality = load_mine(town)
    return _page(municipality, ProfileForm.of(municipality.country, queries.profile(municipality.id)))


@rooms.post("/statements/<town>/manage/facts")
@access.staff(Role.ADMINISTRATOR)
def save_facts(town: str) -> Response | tuple[str, int]:
    municipality = load_mine(town)
    form = ProfileForm(municipality.country)
    if not form.validate():
        return _page(municipality, form), 422
    actions.save_profile(
        municipality, form.facts, version=form.seen_version, user_id=access.required_viewer().id
    )
    flash(_("Saved"), "success")
    return redirect(url_for(".manage", town=town), 303)


@rooms.get("/statements/<town>/manage/sheet")
@access.staff(Role.ADMINISTRATOR)
def sheet(town: str) -> str:
    """What a Norwegian municipality writes into its statement at uustatus.no."""
    municipality = load_mine(town)
    if municipality.country != "NO":
        abort(404)
    stated = queries.profile(municipality.id)
    return render_template(
        "statements/manage/sheet.html", municipality=municipality, stated=stated,
        service=service_of(stated), report=queries.report(municipality), product=queries.product(),
        changed=queries.last_change(municipality, "accessibility"), **words(),
    )


def _page(municipality: Municipality, form: ProfileForm) -> str:
    return render_template("statements/manage/facts.html", municipality=municipality, form=form)
