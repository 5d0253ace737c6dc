"""Everything about one item, for the registry: a page to print, a PDF, or JSON. Each leaves its trace."""

import hashlib
from dataclasses import replace
from unicodedata import normalize

from flask import Response, abort, make_response, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from citizen.base import access, audit, clock, locale, pdf
from citizen.base.access import Role
from citizen.moderation.queries.dossier import Dossier, dossier
from citizen.moderation.routes.blueprint import rooms
from citizen.moderation.routes.dossier_words import document
from citizen.moderation.routes.loading import asked_desk, load_item
from citizen.moderation.rules import sheets
from citizen.moderation.rules.dossier import Format, file_name, written
from citizen.moderation.rules.sheets import Document

_TYPES = {Format.PDF: "application/pdf", Format.JSON: "application/json"}


@rooms.post("/moderation/<ref>/dossier")
@access.staff(Role.MODERATOR)
def take_out(ref: str) -> AnyResponse:
    """What is taken out leaves a row in the audit, so it is no GET. Nobody decides meanwhile."""
    asked = request.form.get("format", "")
    chosen = next((one for one in Format if one == asked), None) or abort(422)
    found = dossier(load_item(ref, for_change=True)) or abort(404)
    viewer, now = access.required_viewer(), clock.now()
    laid = document(found, now, viewer.name)
    if chosen is Format.PAGE:
        audit.record("moderation.dossier", ref, viewer.id, format=chosen.value)
        return make_response(
            render_template("moderation/dossier.html", item=found.item, laid=laid, desk=asked_desk())
        )
    if chosen is Format.JSON:
        content = written(found, at=now, by_id=viewer.id, by_name=viewer.name)
    else:
        content = _printed(found, laid)
    # So that a file in the registry can be told from one that somebody has changed.
    digest = hashlib.sha256(content).hexdigest()
    audit.record("moderation.dossier", ref, viewer.id, format=chosen.value, sha256=digest)
    answer = Response(content, mimetype=_TYPES[chosen])
    name = file_name(ref, clock.today().isoformat(), chosen)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _printed(found: Dossier, laid: Document) -> bytes:
    def foot(number: int, count: int) -> str:
        return str(_("%(ref)s · page %(number)s of %(count)s", ref=found.item.ref,
                     number=locale.number(number), count=locale.number(count)))

    if any(pdf.writable(text) != normalize("NFC", text) for text in sheets.texts(laid)):
        laid = replace(laid, lead=[*laid.lead, _(
            "Some letters cannot be written in this file and have lost their marks or become question marks."
            " They are whole in the page to print and in the JSON file."
        )])
    author = locale.in_language(found.municipality.names, locale.current())[0]
    return pdf.book(
        sheets.pages(laid, foot, pdf.width), title=laid.title, author=author, language=locale.current()
    )
