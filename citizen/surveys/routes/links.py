"""Links to a survey: one for each place or channel, as words, as a code to scan and as a poster."""

from flask import Response as FileResponse
from flask import abort, render_template, request
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from citizen.base import access, locale, pdf, qr
from citizen.base.pages import whole_address
from citizen.programmes.models import Programme
from citizen.programmes.rules import sheets
from citizen.surveys import policy, queries
from citizen.surveys.forms.people import PLACE_LENGTH, PlaceForm
from citizen.surveys.models import Survey
from citizen.surveys.routes.blueprint import rooms
from citizen.surveys.routes.loading import load_helping, title_of
from citizen.surveys.rules import links as addresses

SIZES = {"a4": pdf.A4, "a5": pdf.A5}


@rooms.get("/surveys/<ref>/links")
@access.staff(*policy.HELPERS)
def links(ref: str) -> str:
    """The open link, and the one of a place that is named in the address."""
    survey, programme = load_helping(ref)
    form = PlaceForm(MultiDict(request.args)) if "via" in request.args else PlaceForm(None)
    # Nothing is stored: a form that asks needs no token.
    via = str(form.via.data) if "via" in request.args and form.via.validate(form) else ""
    published = queries.latest(survey.id)
    offered = published.document.languages if published else ()
    address = _address(survey, locale.current(), via)
    return render_template(
        "surveys/people/links.html", survey=survey, programme=programme, form=form, via=via,
        title=title_of(survey), published=published, address=address, qr=qr.code(address),
        spoken_in=[code for code in offered if code in locale.LANGUAGES],
    )


@rooms.get("/surveys/<ref>/poster.pdf")
@access.staff(*policy.HELPERS)
def survey_poster(ref: str) -> Response:
    """A poster in the language of the page's address."""
    survey, programme = load_helping(ref)
    published = queries.latest(survey.id) or abort(404)
    size, via = request.args.get("size", "a4"), request.args.get("via", "")
    if size not in SIZES or len(via) > PLACE_LENGTH:
        abort(404)
    language = locale.current()
    title = locale.in_language(published.texts["title"], language, published.document.languages)[0]
    address = _address(survey, language, via)
    texts = sheets.Texts(
        question=title, title=locale.in_language(programme.titles, language)[0],
        municipalities=_places(survey, programme), scan=_("Point your phone’s camera at the square"),
        go_to=_("or go to"), address=addresses.spoken(address),
        until=_("You can answer until %(day)s", day=locale.day(survey.closes_on)) if survey.closes_on else "",
        no_account=_("You need no account. You can stop and go on later."),
    )
    content = pdf.sheet(
        sheets.poster(texts, qr.code(address), pdf.width), title=_("Poster: %(title)s", title=title),
        author=_places(survey, programme), language=language, size=SIZES[size],
    )
    answer = FileResponse(content, mimetype="application/pdf")
    answer.headers.set("Content-Disposition", "inline", filename=f"{survey.ref}-{size}-{language}.pdf")
    return answer


def _places(survey: Survey, programme: Programme) -> str:
    return " · ".join(
        locale.in_language(m.names, locale.current())[0] for m in programme.municipalities
        if survey.municipality_id in (None, m.id)
    )


def _address(survey: Survey, language: str, via: str) -> str:
    return whole_address(addresses.start_path(language, survey.ref, via=via))
