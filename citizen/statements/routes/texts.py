"""Privacy notice and rules in the municipality's own words, section by section and language by language."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from citizen.base import access, locale
from citizen.base.access import Role
from citizen.base.transaction import only_asks
from citizen.programmes.models import Municipality
from citizen.statements import actions, queries
from citizen.statements.forms import SectionForm
from citizen.statements.routes.blueprint import rooms
from citizen.statements.routes.loading import (
    default_text,
    filled_in,
    filled_text,
    load_mine,
    my_municipalities,
)
from citizen.statements.rules.texts import NAMES, SECTIONS

SECTION = "/statements/<town>/manage/<kind>/<section>/<written_in>"


@rooms.get("/statements/<town>/manage/<kind>")
@access.staff(Role.ADMINISTRATOR)
def own_texts(town: str, kind: str) -> str:
    """Every section in one language, and whose words stand there."""
    if kind not in SECTIONS:
        abort(404)
    municipality = load_mine(town)
    lang = locale.match(request.args.get("written_in")) or locale.current()
    own, stated = queries.own_texts(municipality.id, kind), queries.profile(municipality.id)
    with locale.speaking(lang):
        said = [(s, *filled_text(municipality, stated, kind, s, own.get(s, {}))) for s in SECTIONS[kind]]
    return render_template(
        "statements/manage/texts.html", municipality=municipality, municipalities=my_municipalities(),
        kind=kind, said=said, written_in=lang,
        whose={s: {code for code, row in own.get(s, {}).items() if row.body} for s in SECTIONS[kind]},
    )


@rooms.get(SECTION)
@access.staff(Role.ADMINISTRATOR)
def edit_text(town: str, kind: str, section: str, written_in: str) -> str:
    municipality = _load(town, kind, section, written_in)
    row = queries.text_row(municipality.id, kind, section, written_in)
    body = row.body if row and row.body else _default(municipality, kind, section, written_in)
    form = SectionForm(formdata=None, body=body, version=str(row.version if row else 0))
    return _page(municipality, kind, section, written_in, form)


@rooms.post(SECTION)
@access.staff(Role.ADMINISTRATOR)
def save_text(town: str, kind: str, section: str, written_in: str) -> Response | tuple[str, int]:
    municipality, form = _load(town, kind, section, written_in), SectionForm()
    if not form.validate():
        return _page(municipality, kind, section, written_in, form), 422
    actions.save_text(municipality, kind, section, written_in, str(form.body.data),
                      version=form.seen_version, user_id=access.required_viewer().id)
    flash(_("Saved"), "success")
    return _back(town, kind, section, written_in)


@rooms.post(SECTION + "/default")
@access.staff(Role.ADMINISTRATOR)
def restore_default(town: str, kind: str, section: str, written_in: str) -> Response:
    municipality, form = _load(town, kind, section, written_in), SectionForm()
    actions.save_text(municipality, kind, section, written_in, None, version=form.seen_version,
                      user_id=access.required_viewer().id)
    flash(_("The default text stands again."), "success")
    return _back(town, kind, section, written_in)


@rooms.post(SECTION + "/preview")
@access.staff(Role.ADMINISTRATOR)
@only_asks
def preview_text(town: str, kind: str, section: str, written_in: str) -> tuple[str, int]:
    """The text as readers would see it; nothing is stored."""
    municipality, form = _load(town, kind, section, written_in), SectionForm()
    valid = form.validate()
    stated = queries.profile(municipality.id)
    preview = filled_in(str(form.body.data), written_in, municipality, stated) if valid else ""
    return _page(municipality, kind, section, written_in, form, preview), 200 if valid else 422


def _load(town: str, kind: str, section: str, written_in: str) -> Municipality:
    if section not in SECTIONS.get(kind, ()) or written_in not in locale.LANGUAGES:
        abort(404)
    return load_mine(town)


def _default(municipality: Municipality, kind: str, section: str, written_in: str) -> str:
    with locale.speaking(written_in):
        return default_text(kind, section, municipality.country)


def _page(
    municipality: Municipality, kind: str, section: str, written_in: str, form: SectionForm,
    preview: str = "",
) -> str:
    row = queries.text_row(municipality.id, kind, section, written_in)
    return render_template(
        "statements/manage/text.html", municipality=municipality, kind=kind, section=section,
        written_in=written_in, form=form, preview=preview, is_own=bool(row and row.body), names=NAMES,
        default=filled_in(_default(municipality, kind, section, written_in), written_in, municipality,
                          queries.profile(municipality.id)),
    )


def _back(town: str, kind: str, section: str, written_in: str) -> Response:
    return redirect(url_for(".own_texts", town=town, kind=kind, written_in=written_in, _anchor=section), 303)
