"""One page to take out a file from."""

import tempfile

from flask import Blueprint, abort, render_template, send_file
from werkzeug.wrappers import Response

from citizen.base import access, clock, locale
from citizen.base.access import Role
from citizen.export import policy
from citizen.export.actions import Order, write_export
from citizen.export.forms import ExportForm
from citizen.export.rules import files
from citizen.export.rules.files import Format, Variant, What
from citizen.programmes import queries as programme_queries
from citizen.programmes.models import Programme

rooms = Blueprint("export", __name__)


@rooms.get("/export/<slug>")
@access.staff(Role.FACILITATOR, Role.MODERATOR, Role.ADMINISTRATOR)
def index(slug: str) -> str:
    programme = _programme(slug)
    form = ExportForm(
        what=What.EVERYTHING.value, variant=Variant.PUBLIC.value, format=Format.XLSX.value,
        separator=files.separator(locale.current()),
    )
    return _page(programme, form)


@rooms.post("/export/<slug>")
@access.staff(Role.FACILITATOR, Role.MODERATOR, Role.ADMINISTRATOR)
def download(slug: str) -> Response | tuple[str, int]:
    """A download leaves an audit row, so it is no GET."""
    programme, form = _programme(slug), ExportForm()
    if not form.validate():
        return _page(programme, form), 422
    what, variant, chosen = What(form.what.data), Variant(form.variant.data), Format(form.format.data)
    if not policy.may_export_variant(access.required_viewer(), programme, variant):
        abort(403)
    # On disk, not in memory; gone once it has been sent.
    out = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it
    order = Order(what, variant, chosen, form.delimiter, locale.current())
    write_export(out, programme, order, access.required_viewer().id)
    size = out.tell()
    out.seek(0)
    answer = send_file(
        out, mimetype=files.MIME_TYPES[files.ending(what, chosen)], as_attachment=True,
        download_name=files.file_name(programme.slug, what, variant, chosen, clock.today()),
    )
    answer.content_length = size
    return answer


def _programme(slug: str) -> Programme:
    programme = programme_queries.programme(slug)
    if programme is None or not policy.may_export(access.required_viewer(), programme):
        abort(404)
    return programme


def _page(programme: Programme, form: ExportForm) -> str:
    internal = policy.may_export_variant(access.required_viewer(), programme, Variant.INTERNAL)
    return render_template("export/index.html", programme=programme, form=form, may_export_internal=internal)
