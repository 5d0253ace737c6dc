"""A device on which many people answer a survey, one after the other."""

from collections.abc import Mapping
from typing import Any

from flask import abort, redirect, render_template
from werkzeug.wrappers import Response

from citizen.base import access, audit, kiosk, locale
from citizen.programmes.models import Programme
from citizen.surveys import policy, queries
from citizen.surveys.forms.people import KioskForm
from citizen.surveys.models import Survey
from citizen.surveys.routes.blueprint import rooms
from citizen.surveys.routes.loading import load_helping, offer_towns, title_of
from citizen.surveys.rules.links import start_path


def _address(place: Mapping[str, str]) -> str:
    """Where the next person begins."""
    return start_path(locale.current(), place["ref"], kiosk="1", municipality=place["municipality"])


def _allows(place: Mapping[str, str], asked: Mapping[str, Any]) -> bool:
    """Only the pages of this survey, and the receipt of whoever has just sent."""
    if str(asked.get("ref", place["ref"])).upper() != place["ref"]:
        return False
    return "code" not in asked or kiosk.may_show(asked["code"])


kiosk.offer(
    "surveys", home="surveys.start", address=_address,
    # Not `surveys.left`: a way back to a half-written answer stands on no screen that others look at.
    shown=("surveys.answer", "surveys.check", "surveys.receipt"),
    parts=("programmes.sheet", "places.picture", "pictures.show"), allows=_allows,
)


@rooms.get("/surveys/<ref>/kiosk")
@access.staff(*policy.HELPERS)
def offer_kiosk(ref: str) -> str:
    survey, programme = load_helping(ref)
    return _page(survey, _form(survey, programme))


@rooms.post("/surveys/<ref>/kiosk")
@access.staff(*policy.HELPERS)
def make_kiosk(ref: str) -> Response | tuple[str, int]:
    """Leave the device to the public. Whoever made it one is signed out on it."""
    survey, programme = load_helping(ref)
    form, viewer = _form(survey, programme), access.required_viewer()
    if not form.validate():
        return _page(survey, form), 422
    town = str(form.municipality.data)
    audit.record("surveys.kiosk", survey.ref, viewer.id, municipality=town)
    kiosk.turn_on("surveys", ref=survey.ref, municipality=town)
    return redirect(_address({"ref": survey.ref, "municipality": town}), 303)


def _form(survey: Survey, programme: Programme) -> KioskForm:
    form = KioskForm()
    offer_towns(form.municipality, policy.helped(access.required_viewer(), survey, programme))
    return form


def _page(survey: Survey, form: KioskForm) -> str:
    if not queries.is_published(survey.id):
        abort(404)
    return render_template("surveys/people/kiosk.html", survey=survey, form=form, title=title_of(survey))
