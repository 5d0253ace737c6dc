"""A survey on paper: printed to be filled in with a pen, and typed in afterwards by keyboard alone."""

import re
import uuid

from flask import Response as FileResponse
from flask import abort, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from sqlalchemy.exc import NoResultFound
from werkzeug.wrappers import Response

from citizen.base import access, locale, pdf, qr
from citizen.base.forms import choices, whole_number
from citizen.base.pages import whole_address
from citizen.programmes.models import Programme
from citizen.surveys import actions, policy, queries
from citizen.surveys.forms.answering import typed_for
from citizen.surveys.forms.people import SECTOR_WORDS, PaperForm
from citizen.surveys.forms.printed import Words
from citizen.surveys.forms.telling import sentence
from citizen.surveys.forms.words import LEVEL_SENTENCES
from citizen.surveys.models import Survey
from citizen.surveys.queries import Published
from citizen.surveys.routes.blueprint import rooms
from citizen.surveys.routes.loading import load_helping, offer_towns, title_of
from citizen.surveys.rules import Level, links
from citizen.surveys.rules import paper as sheets
from citizen.surveys.rules.document import Kind, asked
from citizen.surveys.rules.reading import Typed, places, read
from citizen.surveys.rules.values import Value

Answer = Response | tuple[str, int]
# What stays the same from one sheet to the next.
KEPT = ("written_in", "municipality")
_CODE = re.compile(r"\s*(S-[0-9A-Z]{8})\s*/\s*(\d{1,4})\s*", re.IGNORECASE)


@rooms.get("/surveys/<ref>/paper")
@access.staff(*policy.HELPERS)
def paper(ref: str) -> str | Response:
    """Print the survey, or type the code of a filled-in sheet to open the page it is typed in on."""
    survey, programme = load_helping(ref)
    typed, problem = request.args.get("code", ""), ""
    if typed:
        found = _CODE.fullmatch(typed)
        if found and (address := _typing_address(found[1].upper(), int(found[2]))):
            return redirect(address, 303)
        problem = _("There is no such sheet. The code stands at the foot of each page: %(example)s",
                    example=f"{survey.ref}/1")
    published = queries.latest(survey.id)
    return render_template(
        "surveys/people/paper.html", survey=survey, programme=programme, published=published,
        title=title_of(survey), code=typed, problem=problem,
        spoken_in=[c for c in (published.document.languages if published else ()) if c in locale.LANGUAGES],
    )


def _typing_address(ref: str, version: int) -> str | None:
    """Where a sheet is typed in: of this survey or another, whichever its code names."""
    survey = queries.survey(ref)
    if survey is None:
        return None
    load_helping(ref)
    found = queries.latest(survey.id)
    return url_for(".typing", ref=ref, version=version) if found and 0 < version <= found.number else None


@rooms.get("/surveys/<ref>/print")
@access.staff(*policy.HELPERS)
def print_form(ref: str) -> Response:
    """The survey as PDF in the language of the address, each page with the version's code."""
    survey, _programme = load_helping(ref)
    latest = queries.latest(survey.id) or abort(404)
    published, language = _version(survey, request.args.get("version", latest.number)), locale.current()
    words, code = Words(published, language), f"{survey.ref}/{published.number}"
    address = whole_address(links.start_path(language, survey.ref))
    head = sheets.Head(
        title=words.text("title"), intro=words.text("intro"), sentences=_sentences(survey),
        online=_("You can also answer by phone:"), address=links.spoken(address),
    )
    laid = sheets.pages(head, list(words.items()), [words.text("thanks"), _("Hand in the sheet at:") + " " +
                                                    "_" * 48], qr.code(address), pdf.width)
    feet = [_("%(code)s · page %(number)s of %(last)s", code=code, number=number, last=len(laid))
            for number in range(1, len(laid) + 1)]
    content = pdf.book(sheets.with_feet(laid, feet, pdf.width), title=words.text("title"), author=code,
                       language=language)
    answer = FileResponse(content, mimetype="application/pdf")
    name = f"{survey.ref}-{published.number}-{language}.pdf"
    answer.headers.set("Content-Disposition", "inline", filename=name)
    return answer


def _sentences(survey: Survey) -> tuple[str, ...]:
    told = (str(LEVEL_SENTENCES[Level(survey.level)]), _("Do not write your own name."))
    if survey.closes_on is None:
        return told
    return (*told, _("You can answer until %(day)s.", day=locale.day(survey.closes_on)))


# ---- typing in


@rooms.get("/surveys/<ref>/paper/<version>")
@access.staff(*policy.HELPERS)
def typing(ref: str, version: str) -> str:
    survey, programme = load_helping(ref)
    published, form = _version(survey, version), _paper_form(survey, programme)
    form.client_key.data = str(uuid.uuid4())
    for name in KEPT:
        if request.args.get(name) in {choice.value for choice in form[name].choices}:
            form[name].data = request.args[name]
    return _typing_page(survey, published, form, {}, {})


@rooms.post("/surveys/<ref>/paper/<version>")
@access.staff(*policy.HELPERS)
def type_in(ref: str, version: str) -> Answer:
    """Take in one sheet, once however often it is sent."""
    survey, programme = load_helping(ref)
    published, form = _version(survey, version), _paper_form(survey, programme)
    questions = [q for page in published.document.pages for q in asked(page)]
    typed = {name: texts for q in questions for name, texts in typed_for(q).items()}
    # As on the phone, but for what must be answered: what a pen has left out stays empty.
    readings = [(q, read(q, typed)) for q in questions]
    troubles = {q.id: sentence(found.trouble, q) for q, found in readings if found.trouble}
    values = {q.id: found.value for q, found in readings if not found.value.is_empty}
    is_valid = form.validate()
    if is_valid and not values and not troubles:
        form.client_key.errors = [_("Nothing has been typed yet.")]
        is_valid = False
    if troubles or not is_valid:
        return _typing_page(survey, published, form, typed, troubles), 422
    is_new = actions.type_in(survey, _sheet(survey, programme, published, form, values),
                             user_id=access.required_viewer().id)
    flash(_("Sheet number %(number)s has been stored. Here is the next.", number=_count(survey.ref))
          if is_new else _("This sheet had been stored already."), "success")
    kept = {name: form[name].data for name in KEPT}
    return redirect(url_for(".typing", ref=survey.ref, version=version, **kept), 303)


def _count(ref: str) -> int:
    """How many sheets of a survey somebody has stored since they signed in, this one among them."""
    known: dict[str, int] = session.get("sheets", {})
    session["sheets"] = {**known, ref: known.get(ref, 0) + 1}
    return known.get(ref, 0) + 1


def _sheet(
    survey: Survey, programme: Programme, published: Published, form: PaperForm, values: dict[str, Value]
) -> actions.Sheet:
    by_slug = {m.slug: m.id for m in policy.helped(access.required_viewer(), survey, programme)}
    return actions.Sheet(
        version=published.number, language=str(form.written_in.data), client_key=str(form.client_key.data),
        municipality_id=by_slug[str(form.municipality.data)], values=values,
        sector=(form.sector.data or None) if survey.asks_sector else None,
    )


def _version(survey: Survey, number: object) -> Published:
    try:
        return queries.published(survey.id, whole_number(number))
    except NoResultFound:
        abort(404)


def _paper_form(survey: Survey, programme: Programme) -> PaperForm:
    form = PaperForm()
    offer_towns(form.municipality, policy.helped(access.required_viewer(), survey, programme))
    latest = queries.latest(survey.id)
    spoken = latest.document.languages if latest else locale.LANGUAGES
    form.written_in.choices = choices(*((code, locale.NAMES.get(code, code)) for code in spoken))
    form.sector.choices = choices(("", _("Not told")), *SECTOR_WORDS.items())
    return form


def _typing_page(
    survey: Survey, published: Published, form: PaperForm, typed: Typed,
    troubles: dict[str, str],
) -> str:
    language = str(form.written_in.data or locale.current())
    can_be_typed = (q.id for page in published.document.pages for q in asked(page)
                    if q.kind not in (Kind.STATEMENT, Kind.PHOTO))
    return render_template(
        "surveys/people/typing.html", survey=survey, published=published, form=form, typed=typed,
        troubles=troubles, words=Words(published, language), title=title_of(survey),
        code=f"{survey.ref}/{published.number}", places=places,
        first=next(can_be_typed, ""),
    )
