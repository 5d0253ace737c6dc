"""Everything that was answered, as files in one archive."""

from flask import Response, abort, render_template, stream_with_context
from werkzeug.wrappers import Response as AnyResponse

from citizen.base import access, clock, locale
from citizen.surveys import policy, queries
from citizen.surveys.actions import exporting
from citizen.surveys.actions.exporting import Order, Words
from citizen.surveys.actions.exporting.order import words_allowed
from citizen.surveys.forms.exporting import PackForm
from citizen.surveys.models import Survey
from citizen.surveys.routes.blueprint import rooms
from citizen.surveys.routes.loading import load_published


@rooms.get("/surveys/<ref>/export")
@access.staff(*policy.EDITORS)
def exports(ref: str) -> str:
    survey = _load(ref)
    separator = "comma" if locale.current() == "en" else "semicolon"
    return _page(survey, _form(survey, version="all", words=words_allowed(survey)[0], separator=separator))


@rooms.post("/surveys/<ref>/export")
@access.staff(*policy.EDITORS)
def download_exports(ref: str) -> AnyResponse | tuple[str, int]:
    """A download leaves an audit row, so it is no GET."""
    survey = _load(ref)
    form = _form(survey)
    if not form.validate():
        return _page(survey, form), 422
    order = Order(locale.current(), form.delimiter, Words(form.words.data), form.chosen_version)
    exporting.note_download(survey, order, access.required_viewer().id)
    answer = Response(stream_with_context(exporting.packed(survey.id, order)), mimetype="application/zip")
    name = f"{survey.ref}-export-{clock.today().isoformat()}.zip"
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


def _load(ref: str) -> Survey:
    survey, _published, programme = load_published(ref)
    if not policy.may_read_results(access.required_viewer(), survey, programme):
        abort(404)
    return survey


def _form(survey: Survey, **values: str) -> PackForm:
    numbers = [one.version.number for one in queries.exporting.versions(survey.id)]
    return PackForm(allowed=words_allowed(survey), versions=numbers, **values)


def _page(survey: Survey, form: PackForm) -> str:
    published = queries.latest(survey.id)
    return render_template(
        "surveys/export/index.html", survey=survey, published=published, form=form,
        submissions=queries.exporting.submission_count(survey.id),
        some_wait=queries.some_wait(survey.id),
    )
