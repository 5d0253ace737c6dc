"""A municipality's colours: chosen, tried, checked, and worn by its pages."""

import hashlib
from functools import lru_cache
from pathlib import Path

from flask import Response as FlaskResponse
from flask import abort, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from citizen.base import access
from citizen.base.access import Role
from citizen.programmes import actions, policy, queries
from citizen.programmes.forms.colours import NAMES, ColoursForm
from citizen.programmes.models import Municipality, Programme
from citizen.programmes.routes.blueprint import rooms
from citizen.programmes.rules import colours, themes
from citizen.programmes.rules.themes import Theme

Answer = Response | tuple[str, int]
TOWN = "/programmes/colours/<town>"
PUBLIC, STAFF = "citizen.css", "staff.css"


@rooms.get("/programmes/colours")
@access.staff(Role.ADMINISTRATOR)
def colours_of_mine() -> Response:
    """The colours of the viewer's municipality, the first of several."""
    mine = _municipalities() or abort(404)
    return redirect(url_for(".choose_colours", town=mine[0].slug))


@rooms.get(TOWN)
@access.staff(Role.ADMINISTRATOR)
def choose_colours(town: str) -> str:
    """The colours as they are, or others to look at: an address keeps nothing."""
    municipality = _load(town)
    worn = queries.theme_of(municipality) or Theme()
    if NAMES[0] not in request.args:
        return _page(municipality, ColoursForm(None, main_colour=worn.main, second_colour=worn.second))
    asked = ColoursForm(_asked(), meta={"csrf": False})
    asked.validate()
    form = ColoursForm(None, **{name: asked[name].data for name in NAMES})
    for name in NAMES:
        form[name].errors = asked[name].errors
    return _page(municipality, form)


@rooms.post(TOWN)
@access.staff(Role.ADMINISTRATOR)
def change_colours(town: str) -> Answer:
    municipality, form = _load(town), ColoursForm()
    if not form.validate():
        return _page(municipality, form), 422
    return _changed(municipality, form.theme, form)


@rooms.post(TOWN + "/default")
@access.staff(Role.ADMINISTRATOR)
def default_colours(town: str) -> Answer:
    return _changed(_load(town), None, ColoursForm())


@rooms.get(TOWN + "/sheet.css")
@access.public
def sheet(town: str) -> Response:
    """The sheet that all share, in the colours of one municipality."""
    municipality = queries.municipality(town) or abort(404)
    theme = queries.theme_of(municipality) or Theme()
    name = STAFF if request.args.get("who") == "staff" else PUBLIC
    answer = FlaskResponse(_shared(name) + themes.written(theme), mimetype="text/css")
    if request.args.get("v") == _fingerprint(name, theme):
        answer.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return answer


@rooms.get(TOWN + "/trial.css")
@access.staff(Role.ADMINISTRATOR)
def trial_sheet(town: str) -> Response:
    """The sheet of the page on which colours are tried: it shows them in the light and in the dark."""
    _load(town)
    found = [colours.as_colour(request.args.get(name, "")) for name in ("main", "second")]
    main, second = (colour or abort(404) for colour in found)
    return FlaskResponse(_shared(STAFF) + themes.shown(Theme(main, second)), mimetype="text/css")


# ---- what pages wear


@rooms.app_template_global()
def town_of(programme: object = None) -> Municipality | None:
    """The one municipality whose page this is: it alone runs the programme, or is alone here.

    False instead of a programme: nobody's page, and nothing is asked of the database. Nor is it for staff.
    """
    if isinstance(programme, Programme):
        return programme.municipalities[0] if len(programme.municipalities) == 1 else None
    if programme is False or access.viewer() is not None:
        return None
    return queries.only_municipality()


@rooms.app_template_global()
def sheet_of(town: Municipality | None) -> str:
    """The address of the one style sheet of a page; whoever has signed in gets that of staff."""
    name = STAFF if access.viewer() else PUBLIC
    theme = queries.theme_of(town) if town else None
    if town is None or theme is None:
        return url_for("static", filename=name)
    who = "staff" if name == STAFF else None
    return url_for("programmes.sheet", town=town.slug, who=who, v=_fingerprint(name, theme))


def _shared(name: str) -> str:
    """A sheet as it is kept."""
    path = Path(current_app.static_folder or "") / name
    return _read(path, path.stat().st_mtime)


@lru_cache(maxsize=8)
def _read(path: Path, _changed: float) -> str:
    return path.read_text(encoding="utf-8")


def _fingerprint(name: str, theme: Theme) -> str:
    """Changes with the sheet and with the colours."""
    return _digest(_shared(name), themes.written(theme))


@lru_cache(maxsize=256)
def _digest(*texts: str) -> str:
    return hashlib.sha256("".join(texts).encode()).hexdigest()[:10]


# ---- what the page of colours needs


def _municipalities() -> list[Municipality]:
    """Every municipality whose colours the viewer may change."""
    viewer = access.required_viewer()
    return [m for m in queries.municipalities() if policy.may_change_colours(viewer, m.id)]


def _load(slug: str) -> Municipality:
    """The municipality of an address whose colours the viewer may change, or not found."""
    found = queries.municipality(slug)
    if found is None or not policy.may_change_colours(access.required_viewer(), found.id):
        abort(404)
    return found


def _asked() -> MultiDict[str, str]:
    """The colours in the address. A button that offers one comes after the field it is for."""
    return MultiDict({name: (request.args.getlist(name) or [""])[-1] for name in NAMES})


def _changed(municipality: Municipality, chosen: Theme | None, form: ColoursForm) -> Response:
    actions.change_colours(
        municipality, chosen, seen=form.seen.data or "", user_id=access.required_viewer().id
    )
    flash(_("Saved"), "success")
    return redirect(url_for(".choose_colours", town=municipality.slug), 303)


def _page(municipality: Municipality, form: ColoursForm) -> str:
    form.seen.data = form.seen.data or queries.colours_seen(municipality)
    drawn = form.drawn
    return render_template(
        "programmes/colours.html", municipality=municipality, form=form, drawn=drawn, offers=form.offers,
        pairs=themes.weakest(themes.pairs_of(drawn)) if drawn else [], municipalities=_municipalities(),
        is_tried=NAMES[0] in request.args, has_own=queries.theme_of(municipality) is not None,
    )
