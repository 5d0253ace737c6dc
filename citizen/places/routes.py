"""A municipality's map: kept by its administrator, sent to whoever looks at a place."""

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from citizen.base import access
from citizen.base.access import Role
from citizen.base.forms import ActionForm
from citizen.base.uploads import takes_files
from citizen.places import actions, policy, queries
from citizen.places.forms import MapForm, form_of
from citizen.places.models import BaseMap
from citizen.places.rules.rasters import LARGEST_SENT, MIME_TYPE
from citizen.programmes import queries as programme_queries
from citizen.programmes.models import Municipality

rooms = Blueprint("places", __name__)
# Of a picture whose address changes with it.
FOR_EVER = "public, max-age=31536000, immutable"


@rooms.get("/places/maps")
@access.staff(Role.ADMINISTRATOR)
def maps_of_mine() -> Response:
    """The map of the viewer's municipality, the first of several."""
    mine = _own_municipalities() or abort(404)
    return redirect(url_for(".own_map", town=mine[0].slug))


@rooms.get("/places/maps/<town>")
@access.staff(Role.ADMINISTRATOR)
def own_map(town: str) -> str:
    municipality = _load(town)
    known = queries.map_of(municipality.id)
    return _map_page(municipality, known, form_of(known))


@rooms.post("/places/maps/<town>")
@access.staff(Role.ADMINISTRATOR)
@takes_files(1, LARGEST_SENT)
def save_map(town: str) -> Response | tuple[str, int]:
    municipality = _load(town)
    known = queries.map_of(municipality.id)
    form = MapForm(known)
    if not form.validate():
        return _map_page(municipality, known, form), 422
    user_id = access.required_viewer().id
    saved = actions.save_map(
        municipality, form.raster, form.bounds, str(form.source.data), user_id=user_id
    )
    flash(_("Saved"), "success")
    if not saved.is_in_proportion:
        flash(_("The picture and its edges do not have the same proportions. Points may come out in the "
                "wrong place: check the edges, and that the map is in Web Mercator."), "warning")
    return redirect(url_for(".own_map", town=town), 303)


@rooms.post("/places/maps/<town>/removal")
@access.staff(Role.ADMINISTRATOR)
def remove_map(town: str) -> Response:
    actions.remove_map(_load(town), user_id=access.required_viewer().id)
    flash(_("The map has been removed."), "success")
    return redirect(url_for(".own_map", town=town), 303)


@rooms.get("/places/maps/<town>/<size>")
@access.public
def picture(town: str, size: str) -> Response:
    """A map's picture; under an address of its own, so that it is fetched once."""
    municipality = programme_queries.municipality(town)
    if municipality is None or size not in ("large", "small"):
        abort(404)
    content, digest = queries.picture(municipality.id, large=size == "large") or abort(404)
    answer = current_app.response_class(content, mimetype=MIME_TYPE)
    if request.args.get("v") == digest:
        answer.headers["Cache-Control"] = FOR_EVER
    answer.set_etag(f"{digest}-{size}")
    return answer.make_conditional(request)


def _load(town: str) -> Municipality:
    """The municipality of an address whose map the viewer may change, or not found."""
    found = programme_queries.municipality(town)
    if found is None or not policy.may_change_map(access.required_viewer(), found.id):
        abort(404)
    return found


def _own_municipalities() -> list[Municipality]:
    viewer = access.required_viewer()
    return [m for m in programme_queries.municipalities() if policy.may_change_map(viewer, m.id)]


def _map_page(municipality: Municipality, known: BaseMap | None, form: MapForm) -> str:
    return render_template(
        "places/map.html", municipality=municipality, municipalities=_own_municipalities(), known=known,
        form=form, removal=ActionForm(None),
    )
