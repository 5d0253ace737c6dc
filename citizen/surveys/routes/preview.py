"""A draft as it will look on a phone, and gone through as by somebody who answers: nothing is kept.

Pages are made and read by the parts that respondents get. Only photos are not taken in.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import abort, current_app, render_template, request
from itsdangerous import BadData, URLSafeSerializer
from markupsafe import Markup

from citizen.base import access, locale
from citizen.base.forms import whole_number
from citizen.base.transaction import only_asks
from citizen.places.forms import pointing
from citizen.programmes.models import Programme
from citizen.surveys import policy, queries
from citizen.surveys.forms.answering import PageForm
from citizen.surveys.forms.telling import Texts
from citizen.surveys.models import Survey
from citizen.surveys.queries import Published
from citizen.surveys.routes.blueprint import rooms
from citizen.surveys.routes.loading import load_desk
from citizen.surveys.rules.document import Document, Kind, asked
from citizen.surveys.rules.editing import parts_of
from citizen.surveys.rules.flow import Step, progress, settled, way
from citizen.surveys.rules.rows import Stored, rows_from
from citizen.surveys.rules.showing import may_change
from citizen.surveys.rules.values import Value, answers_as_json, answers_from_json

Answer = str | tuple[str, int]
_NO_DRAFT_IS_A_VERSION = 0


@dataclass(frozen=True)
class Row:
    """One row as it would have been stored."""

    code: str
    row: str
    stored: Stored
    option: str
    is_shown: bool


@dataclass
class Tried:
    """A draft, the language it is looked at in, and what has been answered of it."""

    survey: Survey
    programme: Programme
    draft: Published
    language: str
    answers: dict[str, Value]
    typed: dict[str, Any]

    @property
    def document(self) -> Document:
        return self.draft.document

    @property
    def texts(self) -> Texts:
        return Texts(self.draft, self.answers)

    @property
    def steps(self) -> tuple[Step, ...]:
        return way(self.document, self.answers)

    @property
    def towns(self) -> list[int]:
        """Those whose maps a place may be pointed out on."""
        own = self.survey.municipality_id
        return [m.id for m in self.programme.municipalities if own in (None, m.id)]

    def form(self, step: Step, *, is_sent: bool = False) -> PageForm:
        """A page as a form. A photo that must be there is not missed: none is taken in."""
        form = PageForm(step, self.answers, self.typed, self.texts, seed=self.survey.ref, is_sent=is_sent)
        for one in form.asked:
            if one.question.kind is Kind.PHOTO:
                one.errors = []
        return form

    def take(self, form: PageForm) -> None:
        """Hold on to what a page brought, as an attempt does."""
        self.answers = {q: value for q, value in self.answers.items() if q not in form.unread} | form.given
        self.typed = {q: t for q, t in self.typed.items() if q not in form.given} | form.unread


def _load(ref: str) -> Tried:
    survey, programme = load_desk(ref)
    draft = Published(survey.id, _NO_DRAFT_IS_A_VERSION, queries.draft_of(survey),
                      queries.draft_texts(survey.id))
    wanted, known = request.values.get("in", ""), draft.document.languages
    answers, typed = _opened(survey, request.form.get("kept", ""))
    return Tried(survey, programme, draft, wanted if wanted in known else known[0], answers, typed)


@rooms.get("/surveys/<ref>/preview")
@access.staff(*policy.EDITORS)
def preview(ref: str) -> str:
    tried = _load(ref)
    pages = [page for page in tried.document.pages if asked(page)]
    number = min(max(whole_number(request.args.get("page", "1")), 1), len(pages))
    shown: dict[str, Any] = {}
    if pages:
        step = Step(pages[number - 1], asked(pages[number - 1]))
        with locale.speaking(tried.language):
            shown = _phone(tried, step, tried.form(step), is_first=number == 1)
    return render_template("surveys/edit/preview.html", pages=pages, number=number, **_told(tried), **shown)


@rooms.get("/surveys/<ref>/test")
@access.staff(*policy.EDITORS)
def try_out(ref: str) -> str:
    return _test_page(_load(ref), 0)


@rooms.post("/surveys/<ref>/test")
@access.staff(*policy.EDITORS)
@only_asks
def try_on(ref: str) -> Answer:
    tried, place, go = _load(ref), whole_number(request.form.get("place")), request.form.get("go", "")
    if not 0 <= place < len(tried.steps):
        return _test_page(tried, 0)
    with locale.speaking(tried.language):
        form = tried.form(tried.steps[place], is_sent=True)
        pointed = pointing.answer(tried.towns, form) if pointing.is_asked() else None
        tried.take(form)
        has_problems = bool(form.problems)
    if pointed is not None:
        return _test_page(tried, place, form, pointed)
    if go.startswith("in:") and go[3:] in tried.document.languages:
        tried.language = go[3:]
        return _test_page(tried, place)
    if go == "back":
        return _test_page(tried, max(place - 1, 0))
    if has_problems:
        return _test_page(tried, place, form), 422
    return _test_page(tried, place + 1)


def _test_page(
    tried: Tried, place: int, form: PageForm | None = None, pointed: pointing.Pointing | None = None
) -> str:
    steps, told = tried.steps, _told(tried)
    if place >= len(steps):
        with locale.speaking(tried.language):
            thanks = tried.texts.of("thanks")
        return render_template("surveys/edit/tested.html", rows=_rows(tried.document, tried.answers),
                               thanks=thanks, has_pages=bool(steps), **told)
    with locale.speaking(tried.language):
        form = form or tried.form(steps[place])
        shown = _phone(
            tried, steps[place], form, pointed, is_first=place == 0, is_test=True, place=place,
            progress=progress(steps, place), may_change=may_change(tried.document, steps[place].page),
        )
    return render_template(
        "surveys/edit/test.html", kept=_sealed(tried), place=place,
        has_problems=form.is_sent and bool(form.problems), **told, **shown,
    )


def _told(tried: Tried) -> dict[str, Any]:
    title = locale.in_language(tried.draft.texts.get("title", {}), locale.current(), tried.document.languages)
    return {"survey": tried.survey, "document": tried.document, "shown_in": tried.language, "title": title}


def _phone(
    tried: Tried, step: Step, form: PageForm, pointed: pointing.Pointing | None = None, **values: Any
) -> dict[str, Any]:
    """What stands in the phone, and the scripts it needs."""
    kinds = {question.kind for question in step.questions}
    if Kind.PLACE in kinds and pointed is None:
        pointed = pointing.offered(tried.towns)
    drawn = render_template("surveys/edit/phone.html", page=step.page, form=form, texts=form.texts,
                            pointing=pointed, **values)
    # A page within a page, in another language: it has been escaped when it was made.
    return {"phone": Markup(drawn), "has_photos": Kind.PHOTO in kinds,  # noqa: S704
            "has_place": Kind.PLACE in kinds}


def _rows(document: Document, answers: Mapping[str, Value]) -> list[Row]:
    """The rows that this test would have left, those that are no longer shown at the end."""
    given, not_shown = settled(document, answers)
    found = []
    for values, is_shown in ((given, True), (not_shown, False)):
        for question in document.questions:
            if question.id not in values:
                continue
            codes = {p.id: p.code for p in parts_of(question)}
            found += [
                Row(question.code, codes.get(row.row, row.row), row, codes.get(row.option, row.option),
                    is_shown)
                for row in rows_from(question, values[question.id])
            ]
    return found


def _box(survey: Survey) -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt=f"survey-test:{survey.ref}")


def _sealed(tried: Tried) -> str:
    """What has been answered, as the page itself carries it on."""
    return str(_box(tried.survey).dumps([answers_as_json(tried.answers), tried.typed]))


def _opened(survey: Survey, kept: str) -> tuple[dict[str, Value], dict[str, Any]]:
    if not kept:
        return {}, {}
    try:
        answers, typed = _box(survey).loads(kept)
    except BadData:
        abort(400)
    return answers_from_json(answers), typed
