"""The end of a survey: answers are checked and sent, and read again with a receipt."""

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from citizen.base import access, clock, ids, kiosk, qr
from citizen.base.forms import ActionForm
from citizen.base.limits import guess_limited, limiter, survey_limit
from citizen.base.pages import whole_address
from citizen.contributions import queries as contribution_queries
from citizen.contributions.rules import held_by_answer
from citizen.privacy.forms import doubtful
from citizen.programmes import queries as programme_queries
from citizen.surveys import actions, policy, queries
from citizen.surveys.forms.answering import SendForm
from citizen.surveys.forms.telling import Texts, sentence
from citizen.surveys.queries import answering as found
from citizen.surveys.routes.attempts import Answering, load_answering, remember, sender, show_receipt
from citizen.surveys.routes.blueprint import rooms
from citizen.surveys.routes.holding import held_as
from citizen.surveys.rules.flow import way
from citizen.surveys.rules.reading import lacks, read, texts_in
from citizen.surveys.rules.values import EMPTY


@rooms.get("/surveys/<ref>/check")
@access.public
def check(ref: str) -> str:
    here = load_answering(ref)
    return _check_page(here, _send_form(here))


@rooms.post("/surveys/<ref>/check")
@access.public
@limiter.limit(survey_limit)
def send(ref: str) -> Response | tuple[str, int]:
    here = load_answering(ref, for_change=True)
    form = _send_form(here)
    if not form.validate() or form.lacking or _lacks_invitation(here):
        return _check_page(here, form), 422
    is_correction = found.received(here.attempt.digest) is not None
    try:
        actions.send(here.survey, here.attempt, sector=form.sector.data or None, sender=sender(here.survey),
                     held_as=None if is_correction else held_as(here))
    except actions.Closed as closed:
        if is_correction:
            flash(str(closed), "warning")
            return redirect(url_for(".receipt", code=here.code), 303)
        return redirect(url_for(".start", ref=here.survey.ref), 303)
    except actions.AlreadyAnswered:
        return render_template("surveys/answer/already.html", survey=here.survey, texts=here.texts,
                               programme=here.programme), 409
    remember(here.survey.ref, here.code)
    show_receipt(here.code)
    if is_correction:
        flash(_("Thank you! Your corrected answer has been sent."), "success")
    else:
        flash(_("Thank you! Your answer has been sent."), "success")
    return redirect(url_for(".receipt", code=here.code), 303)


def _send_form(here: Answering) -> SendForm:
    """The button that sends, with what still has to be answered before."""
    answers, typed, texts = here.answers, here.attempt.typed, here.texts
    lacking = []
    for question in (q for step in here.steps for q in step.questions):
        trouble = lacks(question, answers.get(question.id, EMPTY))
        if question.id in typed:
            trouble = read(question, typed[question.id]).trouble or trouble
        if trouble:
            lacking.append((f"a-{question.id}", f"{texts.of(f'{question.id}.text')[0]} – "
                            f"{sentence(trouble, question)}"))
    private = _private(here)
    is_shown = bool(private.keys() & _shown(here))
    return SendForm(lacking, is_private=bool(private), is_shown=is_shown)


def _private(here: Answering) -> dict[str, list[str]]:
    """What seems to tell more than it should, in sentences, by question."""
    private = {}
    for question in (q.id for step in here.steps for q in step.questions):
        texts = texts_in(here.answers.get(question, EMPTY))
        if said := [sentence for text in texts for sentence in doubtful(text)]:
            private[question] = said
    return private


def _shown(here: Answering) -> set[str]:
    """The questions with a text that everyone will read."""
    return {q.id for step in here.steps for q in step.questions if q.contributes}


def _lacks_invitation(here: Answering) -> bool:
    """Whether the link of an invitation has to be opened on this device before anything is sent."""
    is_new = found.received(here.attempt.digest) is None
    return is_new and policy.needs_invitation(here.survey, here.attempt.channel, sender(here.survey).channel)


def _check_page(here: Answering, form: SendForm) -> str:
    return render_template(
        "surveys/answer/check.html", survey=here.survey, programme=here.programme, texts=here.texts,
        steps=here.steps, answers=here.answers, form=form, code=here.code,
        photos=_photos(here.attempt.digest),
        lacks_invitation=_lacks_invitation(here),
        is_correction=found.received(here.attempt.digest) is not None,
        wrong=[place.removeprefix("a-") for place, _words in form.lacking],
        private=_private(here), shown=_shown(here),
    )


def _photos(digest: str) -> dict[str, object]:
    return {one.ref: one for one in contribution_queries.pictures_of_answer(held_by_answer(digest))}


@rooms.get("/surveys/receipt/<code>")
@access.public
@guess_limited
def receipt(code: str) -> str:
    received = _load(code)
    survey = queries.survey_by_id(received.survey_id)
    published = queries.published(survey.id, received.version)
    address = whole_address(url_for(".receipt", code=ids.read_code(code)))
    if kiosk.is_on("surveys"):
        return render_template("surveys/answer/take_away.html", survey=survey, qr=qr.code(address),
                               texts=Texts(published), code=ids.read_code(code))
    return render_template(
        "surveys/answer/receipt.html", survey=survey, texts=Texts(published, received.answers),
        programme=programme_queries.programme_by_id(survey.programme_id), received=received,
        steps=way(published.document, received.answers), answers=received.answers,
        code=ids.read_code(code), address=address, qr=qr.code(address), photos=_photos(received.digest),
        may_correct=policy.may_correct(survey, received.received_on, clock.today()),
        corrected_until=policy.corrected_until(survey, received.received_on), form=ActionForm(),
    )


@rooms.post("/surveys/receipt/<code>/correction")
@access.public
@guess_limited
def correct(code: str) -> Response:
    received = _load(code)
    survey = queries.survey_by_id(received.survey_id)
    if not policy.may_correct(survey, received.received_on, clock.today()):
        flash(_("This answer can no longer be corrected."), "warning")
        return redirect(url_for(".receipt", code=ids.read_code(code)), 303)
    actions.open_for_correction(received)
    remember(survey.ref, ids.read_code(code))
    return redirect(url_for(".check", ref=survey.ref), 303)


def _load(code: str) -> found.Received:
    return found.received(found.digest_of(code)) or abort(404)
