"""A device in a library or at a workshop that many people write on, one after the other."""

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from citizen.base import access, audit, kiosk
from citizen.base.forms import choices
from citizen.ideas import policy
from citizen.ideas.forms import KioskForm
from citizen.ideas.routes.blueprint import rooms
from citizen.ideas.routes.loading import load_desk, municipality_choices
from citizen.programmes.models import Programme


def _address(slug: str, municipality: str) -> str:
    return url_for("ideas.new", slug=slug, municipality=municipality, kiosk=1)


kiosk.offer(
    "ideas", home="ideas.new", address=lambda place: _address(**place),
    shown=("ideas.receipt",), parts=("programmes.sheet", "places.picture"),
    allows=lambda place, asked: asked.get("slug") in (None, place["slug"]),
)


@rooms.get("/ideas/<slug>/kiosk")
@access.staff(*policy.HELPERS)
def offer_kiosk(slug: str) -> str:
    programme = load_desk(slug)
    return _page(programme, _form(programme))


@rooms.post("/ideas/<slug>/kiosk")
@access.staff(*policy.HELPERS)
def make_kiosk(slug: str) -> Response | tuple[str, int]:
    """Leave the device to the public. Whoever made it one is signed out on it."""
    programme = load_desk(slug)
    form, viewer = _form(programme), access.required_viewer()
    if not form.validate():
        return _page(programme, form), 422
    audit.record("ideas.kiosk", slug, viewer.id, municipality=form.municipality.data)
    kiosk.turn_on("ideas", slug=slug, municipality=str(form.municipality.data))
    return redirect(url_for(".new", slug=slug, kiosk=1, municipality=form.municipality.data), 303)


def _form(programme: Programme) -> KioskForm:
    form = KioskForm()
    own = policy.desks(access.required_viewer(), programme)
    form.municipality.choices = choices(*municipality_choices(programme, own))
    if len(own) == 1:
        form.municipality.data = own[0].slug
    return form


def _page(programme: Programme, form: KioskForm) -> str:
    return render_template("ideas/kiosk/start.html", programme=programme, form=form)
