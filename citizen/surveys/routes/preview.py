"""A draft as it will look on a phone, and gone through as by somebody who answers: nothing is kept."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import abort, current_app, render_template, request
from itsdangerous import BadData, URLSafeSerializer
from markupsafe import Markup

from citizen.base import access, locale
from citizen.base.access import Role
from citizen.base.transaction import only_asks
from citizen.surveys import queries
from citizen.surveys.models import Survey
from citizen.surveys.routes.blueprint import rooms
from citizen.surveys.routes.loading import load_desk
from citizen.surveys.rules.document import Document, Question, Texts, asked, choices_of
from citizen.surveys.rules.editing import parts_of
from citizen.surveys.rules.flow import Step, progress, settled, way
from citizen.surveys.rules.rows import Stored, rows_from
from citizen.surveys.rules.trying import Wrong, value_from, wrong_with
from citizen.surveys.rules.values import EMPTY, Value, answers_as_json, answers_from_json

Said = Callable[[str], tuple[str, str]]


@dataclass(frozen=True)
class Kept:
    """One row as it would have been stored."""

    code: str
    row: str
    stored: Stored
    option: str
    is_shown: bool


rooms.app_template_global("choices_of")(choices_of)


def said_in(texts: Texts, language: str, document: Document) -> Said:
    """Key → text in a language or the nearest there is, and which that is."""
    return lambda key: locale.in_language(texts.get(key, {}), language, document.languages)


def _language(document: Document) -> str:
    asked_for = request.values.get("in", "")
    return asked_for if asked_for in document.languages else document.languages[0]


@rooms.get("/surveys/<ref>/preview")
@access.staff(Role.FACILITATOR, Role.ADMINISTRATOR)
def preview(ref: str) -> str:
    survey, _programme = load_desk(ref)
    document = queries.draft_of(survey)
    pages = [page for page in document.pages if asked(page)]
    language, typed = _language(document), request.args.get("page", "1")
    number = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 5 else 1
    page = pages[min(max(number, 1), len(pages)) - 1] if pages else None
    said = said_in(queries.draft_texts(survey.id), language, document)
    with locale.speaking(language):
        phone = _drawn("surveys/edit/phone.html", page=page, said=said, is_first=number <= 1, wrong={},
                       questions=asked(page) if page else (), answers=defaultdict(lambda: EMPTY))
    return render_template(
        "surveys/edit/preview.html", survey=survey, document=document, page=page, pages=pages,
        number=pages.index(page) + 1 if page else 0, phone=phone, shown_in=language,
        title=said_in(queries.draft_texts(survey.id), locale.current(), document)("title"),
    )


def _drawn(template: str, **values: Any) -> Markup:
    # A page within a page, in another language: it has been escaped when it was made.
    return Markup(render_template(template, **values))  # noqa: S704


@rooms.get("/surveys/<ref>/test")
@access.staff(Role.FACILITATOR, Role.ADMINISTRATOR)
def try_out(ref: str) -> str:
    survey, _programme = load_desk(ref)
    document = queries.draft_of(survey)
    return _test_page(survey, document, _language(document), {}, 0)


@rooms.post("/surveys/<ref>/test")
@access.staff(Role.FACILITATOR, Role.ADMINISTRATOR)
@only_asks
def try_on(ref: str) -> str | tuple[str, int]:
    survey, _programme = load_desk(ref)
    document, language = queries.draft_of(survey), _language(queries.draft_of(survey))
    answers = _opened(survey, request.form.get("kept", ""))
    steps, place = way(document, answers), _place(request.form.get("place", ""))
    if place >= len(steps):
        return _test_page(survey, document, language, answers, 0)
    fields = request.form.to_dict(flat=False)
    wrong: dict[str, Wrong] = {}
    for question in steps[place].questions:
        answers[question.id] = value_from(question, fields)
        if found := wrong_with(question, answers[question.id], fields):
            wrong[question.id] = found
    go = request.form.get("go", "")
    if go.startswith("in:") and go[3:] in document.languages:
        return _test_page(survey, document, go[3:], answers, place)
    if go == "back":
        return _test_page(survey, document, language, answers, max(place - 1, 0))
    if wrong:
        return _test_page(survey, document, language, answers, place, wrong), 422
    return _test_page(survey, document, language, answers, place + 1)


def _place(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 5 else 0


def _test_page(
    survey: Survey, document: Document, language: str, answers: dict[str, Value], place: int,
    wrong: Mapping[str, Wrong] | None = None,
) -> str:
    texts, steps = queries.draft_texts(survey.id), way(document, answers)
    said = said_in(texts, language, document)
    own = said_in(texts, locale.current(), document)
    values: dict[str, Any] = {
        "survey": survey, "document": document, "shown_in": language, "title": own("title"),
        "kept": _sealed(survey, answers), "place": place,
    }
    if place >= len(steps):
        return render_template(
            "surveys/edit/tested.html", rows=_kept(document, answers), said=said, has_pages=bool(steps),
            **values,
        )
    with locale.speaking(language):
        phone = _drawn("surveys/edit/phone.html", said=said, is_first=place == 0,
                       page=steps[place].page, **_step(steps, place, answers, wrong or {}))
        buttons = _drawn("surveys/edit/test_buttons.html", place=place)
    return render_template("surveys/edit/test.html", phone=phone, buttons=buttons,
                           has_problems=bool(wrong), **values)


def _step(
    steps: tuple[Step, ...], place: int, answers: Mapping[str, Value], wrong: Mapping[str, Wrong]
) -> dict[str, Any]:
    questions: list[Question] = list(steps[place].questions)
    return {
        "questions": questions, "progress": progress(steps, place), "wrong": wrong,
        "answers": {q.id: answers.get(q.id, EMPTY) for q in questions},
    }


def _kept(document: Document, answers: Mapping[str, Value]) -> list[Kept]:
    """The rows that this test would have left, those that are no longer shown at the end."""
    given, not_shown = settled(document, answers)
    found = []
    for values, is_shown in ((given, True), (not_shown, False)):
        for question in document.questions:
            if question.id not in values:
                continue
            codes = {p.id: p.code for p in parts_of(question)}
            found += [
                Kept(question.code, codes.get(row.row, row.row), row, codes.get(row.option, row.option),
                     is_shown)
                for row in rows_from(question, values[question.id])
            ]
    return found


def _box(survey: Survey) -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt=f"survey-test:{survey.ref}")


def _sealed(survey: Survey, answers: Mapping[str, Value]) -> str:
    """The answers as the page itself carries them on."""
    return str(_box(survey).dumps(answers_as_json(answers)))


def _opened(survey: Survey, kept: str) -> dict[str, Value]:
    try:
        return answers_from_json(_box(survey).loads(kept)) if kept else {}
    except BadData:
        abort(400)
