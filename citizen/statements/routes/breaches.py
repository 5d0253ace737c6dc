"""A municipality's own breaches: told, told otherwise, taken away when they are mended."""

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from citizen.base import access, clock
from citizen.base.access import Role
from citizen.base.forms import VersionForm
from citizen.programmes.models import Municipality
from citizen.statements import actions, queries
from citizen.statements.forms import BreachForm
from citizen.statements.routes.blueprint import rooms
from citizen.statements.routes.loading import load_mine
from citizen.statements.rules.breaches import Finding

Answer = Response | tuple[str, int]
# The largest number that fits the column; anything above is no breach.
BREACH = "/statements/<town>/manage/breaches/<int(max=2147483647):breach_id>"


@rooms.get("/statements/<town>/manage/breaches/new")
@access.staff(Role.ADMINISTRATOR)
def new_breach(town: str) -> str:
    municipality = load_mine(town)
    return _page(municipality, _form(municipality, formdata=None, since_on=clock.today().isoformat()))


@rooms.post("/statements/<town>/manage/breaches/new")
@access.staff(Role.ADMINISTRATOR)
def add_breach(town: str) -> Answer:
    municipality = load_mine(town)
    form = _form(municipality)
    if not form.validate():
        return _page(municipality, form), 422
    actions.add_breach(municipality, form.told, user_id=access.required_viewer().id)
    return _done(town)


@rooms.get(BREACH)
@access.staff(Role.ADMINISTRATOR)
def edit_breach(town: str, breach_id: int) -> str:
    municipality = load_mine(town)
    found = _load(municipality, breach_id)
    return _page(municipality, _form(municipality, formdata=None, **BreachForm.values_of(found)), found)


@rooms.post(BREACH)
@access.staff(Role.ADMINISTRATOR)
def change_breach(town: str, breach_id: int) -> Answer:
    municipality = load_mine(town)
    found, form = _load(municipality, breach_id), _form(municipality)
    if not form.validate():
        return _page(municipality, form, found), 422
    actions.change_breach(municipality, breach_id, form.told, version=form.seen_version,
                          user_id=access.required_viewer().id)
    return _done(town)


@rooms.post(BREACH + "/removal")
@access.staff(Role.ADMINISTRATOR)
def remove_breach(town: str, breach_id: int) -> Response:
    municipality = load_mine(town)
    _load(municipality, breach_id)
    actions.remove_breach(municipality, breach_id, version=VersionForm().seen_version,
                          user_id=access.required_viewer().id)
    flash(_("Removed"), "success")
    return redirect(url_for(".manage", town=town), 303)


def _load(municipality: Municipality, breach_id: int) -> Finding:
    return queries.breach(municipality.id, breach_id) or abort(404)


def _form(municipality: Municipality, **values: object) -> BreachForm:
    return BreachForm(queries.criteria(), municipality.languages, **values)


def _page(municipality: Municipality, form: BreachForm, found: Finding | None = None) -> str:
    return render_template("statements/manage/breach.html", municipality=municipality, form=form, found=found)


def _done(town: str) -> Response:
    flash(_("Saved"), "success")
    return redirect(url_for(".manage", town=town), 303)
