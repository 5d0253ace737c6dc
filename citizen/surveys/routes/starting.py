"""Where residents begin with a survey, come back to it, and leave it."""

from datetime import timedelta
from typing import Any

from flask import abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from citizen.base import access, clock, ids, locale
from citizen.base.limits import guess_limited, guess_limited_form, limiter, survey_limit
from citizen.base.pages import whole_address
from citizen.programmes import queries as programme_queries
from citizen.programmes.models import Programme
from citizen.programmes.rules import nearest_municipality
from citizen.surveys import actions, policy, queries
from citizen.surveys.forms.answering import BackForm, StartForm
from citizen.surveys.forms.telling import Texts
from citizen.surveys.models import Survey
from citizen.surveys.queries import Published
from citizen.surveys.queries import answering as found
from citizen.surveys.routes.attempts import (
    came_by,
    code_of,
    forget,
    load_answering,
    remember,
    sender,
    where_left,
)
from citizen.surveys.routes.blueprint import rooms
from citizen.surveys.routes.loading import load_survey, offer_towns
from citizen.surveys.rules import KEPT_UNFINISHED_DAYS, Channel
from citizen.surveys.rules.document import keys_of
from citizen.surveys.rules.minutes import about


@rooms.get("/surveys/<ref>")
@access.public
def start(ref: str) -> str | tuple[str, int]:
    survey = load_survey(ref)
    published = queries.latest(survey.id)
    if published is None:
        return render_template("surveys/answer/closed.html", why="unpublished"), 404
    programme = programme_queries.programme_by_id(survey.programme_id)
    if not policy.may_answer(survey, clock.today()):
        return _closed(survey, published, programme)
    came_by(survey.ref)
    form = _start_form(survey, programme)
    form.municipality.data = _likely_municipality(programme)
    return _start_page(survey, published, programme, form)


@rooms.post("/surveys/<ref>")
@access.public
@limiter.limit(survey_limit)
def begin(ref: str) -> Response | str | tuple[str, int]:
    survey = load_survey(ref)
    published = queries.latest(survey.id) or abort(404)
    programme = programme_queries.programme_by_id(survey.programme_id)
    if not policy.may_answer(survey, clock.today()):
        return _closed(survey, published, programme)
    form = _start_form(survey, programme)
    if not form.validate():
        return _start_page(survey, published, programme, form), 422
    by_slug = {m.slug: m.id for m in programme.municipalities}
    code = actions.begin(
        survey, published.number, channel=sender(survey).channel, language=locale.current(),
        municipality_id=survey.municipality_id or by_slug[str(form.municipality.data)],
        place=came_by(survey.ref).get("place", ""),
    )
    remember(survey.ref, code)
    return redirect(where_left(load_answering(survey.ref)), 303)


@rooms.post("/surveys/<ref>/anew")
@access.public
def begin_anew(ref: str) -> Response:
    """Somebody else uses this phone: what was begun stays, and opens with its code alone."""
    survey, code = load_survey(ref), code_of(ref)
    attempt = found.attempt(code) if code else None
    if _has_taken_part(survey) or (attempt is not None and attempt.channel == Channel.INVITATION):
        # The invitation is theirs who were here before.
        forget(survey.ref, "came_by")
    forget(survey.ref)
    return redirect(url_for(".start", ref=survey.ref), 303)


@rooms.get("/surveys/<ref>/left")
@access.public
def left(ref: str) -> str:
    """The way back, for whoever goes on later."""
    here = load_answering(ref)
    return render_template(
        "surveys/answer/left.html", survey=here.survey, texts=here.texts, programme=here.programme,
        code=here.code, on=where_left(here),
        address=whole_address(url_for(".continue_with_code", code=here.code)),
        kept_until=here.attempt.touched_on + timedelta(days=KEPT_UNFINISHED_DAYS),
    )


@rooms.get("/surveys/continue")
@access.public
def find_answer() -> str:
    return render_template("surveys/answer/find.html", form=BackForm())


@rooms.post("/surveys/continue")
@access.public
@guess_limited_form
def open_answer() -> Response | tuple[str, int]:
    form = BackForm()
    if form.validate():
        if address := _behind(ids.read_code(form.code.data or "")):
            return redirect(address, 303)
        form.code.errors = [
            _("No answer has this code. Check the twelve letters and digits. What nobody has gone on with for"
              " %(days)s days has been deleted.", days=KEPT_UNFINISHED_DAYS)
        ]
    return render_template("surveys/answer/find.html", form=form), 422


@rooms.get("/surveys/continue/<code>")
@access.public
@guess_limited
def continue_with_code(code: str) -> Response:
    """The way back by link; this browser then remembers it."""
    return redirect(_behind(ids.read_code(code)) or abort(404), 303)


def _behind(code: str) -> str | None:
    """Where a code leads: on with what was begun, else to what was sent."""
    attempt = found.attempt(code)
    if attempt is None:
        return url_for(".receipt", code=code) if found.received(found.digest_of(code)) else None
    survey = queries.survey_by_id(attempt.survey_id)
    remember(survey.ref, code)
    return where_left(load_answering(survey.ref))


def _has_taken_part(survey: Survey) -> bool:
    known = sender(survey).participant if survey.participation_key else None
    return known is not None and found.has_taken_part(survey.id, known)


def _start_form(survey: Survey, programme: Programme) -> StartForm:
    form, towns = StartForm(), programme.municipalities
    offer_towns(form.municipality, [town for town in towns if survey.municipality_id in (town.id, None)])
    return form


def _likely_municipality(programme: Programme) -> str | None:
    """The one a poster or link names, else the only one that speaks the reader's language."""
    by_id = {m.id: m for m in programme.municipalities}
    asked = request.args.get("municipality")
    if asked in {m.slug for m in by_id.values()}:
        return asked
    nearest = nearest_municipality(locale.current(), [(m.id, m.languages) for m in by_id.values()])
    return by_id[nearest].slug if nearest else None


def _start_page(survey: Survey, published: Published, programme: Programme, form: StartForm) -> str:
    code, texts = code_of(survey.ref), Texts(published)
    said = {key: texts.of(key)[0] for key in keys_of(published.document)}
    is_begun = bool(code) and found.attempt(code) is not None
    return render_template(
        "surveys/answer/start.html", survey=survey, texts=texts, programme=programme, form=form,
        languages_offered=published.document.languages, minutes=about(published.document, said),
        asks_municipality=survey.municipality_id is None and len(programme.municipalities) > 1,
        is_begun=is_begun, on=where_left(load_answering(survey.ref)) if is_begun else "",
        sent=code if code and not is_begun and found.received(found.digest_of(code)) else "",
        has_taken_part=_has_taken_part(survey),
        kept_days=KEPT_UNFINISHED_DAYS,
        must_answer=any(q.required and not q.hidden for q in published.document.questions),
    )


def _closed(survey: Survey, published: Published, programme: Programme) -> tuple[str, int]:
    why = "closed" if policy.has_closed(survey, clock.today()) else "early"
    told: dict[str, Any] = {"survey": survey, "texts": Texts(published), "programme": programme}
    return render_template("surveys/answer/closed.html", why=why, **told), 200


