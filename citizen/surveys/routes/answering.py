"""Answering page by page: every post is kept at once, whatever button sent it."""

from dataclasses import dataclass

from flask import jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from citizen.base import access, locale
from citizen.base.limits import limiter
from citizen.base.transaction import keep_anyway
from citizen.base.uploads import takes_files
from citizen.contributions import actions as contributions
from citizen.contributions import queries as contribution_queries
from citizen.contributions.forms import Photos, read_photos
from citizen.contributions.models import Picture
from citizen.contributions.rules import LARGEST_PICTURE, MOST_PICTURES, held_by_answer
from citizen.places.forms import pointing
from citizen.surveys import actions
from citizen.surveys.forms.answering import PageForm
from citizen.surveys.routes.attempts import CHECK, Answering, load_answering, where_left
from citizen.surveys.routes.blueprint import rooms
from citizen.surveys.rules.document import Kind
from citizen.surveys.rules.flow import Step, progress, step_of, way
from citizen.surveys.rules.showing import may_change
from citizen.surveys.rules.values import EMPTY, answers_from_json

# Every page is a post, and many people answer behind one address: ten pages for each who may begin.
_POSTS = "6000 per 10 minutes"


@dataclass(frozen=True)
class Here:
    """One page of somebody's way."""

    answering: Answering
    step: Step
    number: int


@rooms.get("/surveys/<ref>/answer/<page>")
@access.public
def answer(ref: str, page: str) -> Response | str:
    here = _load(ref, page)
    if isinstance(here, Response):
        return here
    form = _form(here, Photos(stored=_photos_of(here)))
    return _page(here, form, _offered(here))


@rooms.post("/surveys/<ref>/answer/<page>")
@access.public
@limiter.limit(_POSTS)
@takes_files(MOST_PICTURES, LARGEST_PICTURE)
def keep(ref: str, page: str) -> Response | tuple[Response | str, int]:
    # Before the database is asked: nobody else who writes waits for photos to be read.
    photos = read_photos()
    here = _load(ref, page, for_change=True)
    if isinstance(here, Response):
        return here
    _keep_photos(here, photos)
    form, go = _form(here, photos), request.form.get("go", "next")
    pointed = pointing.answer(_towns(here), form) if pointing.is_asked() else None
    before = here.answering.steps
    actions.keep(
        here.answering.attempt, form.given, form.unread, page=here.step.page.id, language=locale.current()
    )
    if pointed is not None:
        return _page(here, form, pointed), 200
    if go == "next" and form.problems:
        # What could be read is kept all the same.
        keep_anyway()
        if _asks_for_data():
            return jsonify(problems=form.problems), 422
        return _page(here, form, _offered(here)), 422
    return _on(_next(here, before, go))


def _on(address: str) -> Response:
    return jsonify(next=address) if _asks_for_data() else redirect(address, 303)


def _asks_for_data() -> bool:
    return bool(request.accept_mimetypes.best == "application/json")


def _load(ref: str, page: str, *, for_change: bool = False) -> Here | Response:
    """A page of somebody's way; another one leads to where they are."""
    answering = load_answering(ref, for_change=for_change)
    steps = answering.steps
    number = step_of(steps, page)
    if number is None:
        return _on(where_left(answering))
    return Here(answering, steps[number], number)


def _form(here: Here, photos: Photos) -> PageForm:
    return PageForm(
        here.step, here.answering.answers, here.answering.attempt.typed, here.answering.texts,
        seed=here.answering.attempt.digest, photos=photos,
    )


def _holder(here: Here) -> str:
    return held_by_answer(here.answering.attempt.digest)


def _photo_question(here: Here) -> str | None:
    return next((q.id for q in here.step.questions if q.kind is Kind.PHOTO), None)


def _photos_of(here: Here) -> list[tuple[Picture, str]]:
    """The photos that an answer has by now, each with its description."""
    value = here.answering.answers.get(_photo_question(here) or "", EMPTY)
    if not value.photos:
        return []
    held = {picture.ref: picture for picture in contribution_queries.pictures_of_answer(_holder(here))}
    return [(held[photo.ref], photo.alt) for photo in value.photos if photo.ref in held]


def _keep_photos(here: Here, photos: Photos) -> None:
    """Photos are kept with the first post that brings them, whatever else is wrong."""
    if _photo_question(here) is None:
        return
    photos.look_up(contribution_queries.pictures_of_answer(_holder(here)))
    if photos.new:
        new = [ready for ready, _alt in photos.new]
        photos.now_stored(contributions.keep_pictures(_holder(here), new))


def _towns(here: Here) -> list[int]:
    own = here.answering.attempt.municipality_id
    return [own, *(m.id for m in here.answering.programme.municipalities if m.id != own)]


def _offered(here: Here) -> pointing.Pointing | None:
    asks = any(q.kind is Kind.PLACE for q in here.step.questions)
    return pointing.offered(_towns(here)) if asks else None


def _next(here: Here, before: tuple[Step, ...], go: str) -> str:
    """Where a button leads; remembered, so that one comes back to it."""
    attempt, ref = here.answering.attempt, here.answering.survey.ref
    steps = way(here.answering.published.document, answers_from_json(attempt.answers))
    number = step_of(steps, here.step.page.id) or 0
    if go == "leave":
        return url_for(".left", ref=ref)
    if go in locale.LANGUAGES:
        attempt.language = go
        return url_for(".answer", ref=ref, page=here.step.page.id, language=go, edit=request.args.get("edit"))
    if go == "back":
        if number == 0:
            return url_for(".start", ref=ref)
        attempt.page = steps[number - 1].page.id
        return url_for(".answer", ref=ref, page=attempt.page)
    return _forward(here, before, steps, number)


def _forward(here: Here, before: tuple[Step, ...], steps: tuple[Step, ...], number: int) -> str:
    """The next page; of somebody who only changes something, the next that nobody has asked them before."""
    attempt, ref, asked = here.answering.attempt, here.answering.survey.ref, request.args.get("edit")
    following = steps[number + 1:]
    if asked:
        known = {step.page.id for step in before}
        answered = answers_from_json(attempt.answers)
        following = tuple(
            step for step in following
            if (step.page.id not in known or asked == "new")
            and not any(q.id in answered for q in step.questions)
        )
    attempt.page = following[0].page.id if following else CHECK
    if not following:
        return url_for(".check", ref=ref)
    return url_for(".answer", ref=ref, page=attempt.page, edit="new" if asked else None)


def _page(here: Here, form: PageForm, pointed: pointing.Pointing | None) -> str:
    answering = here.answering
    document = answering.published.document
    steps = way(document, answers_from_json(answering.attempt.answers))
    number = step_of(steps, here.step.page.id) or 0
    return render_template(
        "surveys/answer/page.html", survey=answering.survey, programme=answering.programme,
        texts=form.texts, step=here.step, form=form, pointing=pointed, code=answering.code,
        progress=progress(steps, number), may_change=may_change(document, here.step.page),
        is_first=number == 0, is_edit="edit" in request.args, has_photos=_photo_question(here) is not None,
        key=answering.attempt.digest[:16],
    )
