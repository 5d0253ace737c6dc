"""The outline of a draft: its words, its pages and the order of its questions."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from citizen.base import access
from citizen.base.errors import Conflict
from citizen.base.forms import VersionForm, choices
from citizen.surveys import actions, policy, queries
from citizen.surveys.forms.applied import first_code, with_lines
from citizen.surveys.forms.editing import MoveForm, NewQuestionForm, TitleForm
from citizen.surveys.forms.words import KIND_WORDS
from citizen.surveys.models import Survey
from citizen.surveys.routes.blueprint import rooms
from citizen.surveys.routes.loading import load_desk
from citizen.surveys.rules import editing
from citizen.surveys.rules.advice import advice
from citizen.surveys.rules.document import Document, Kind
from citizen.surveys.rules.minutes import at_most

Answer = Response | tuple[str, int]
EDIT = "/surveys/<ref>/edit"


def said_in_source(survey: Survey, document: Document) -> dict[str, str]:
    """Key → text in the language that the survey is written in."""
    source = document.languages[0]
    return {
        key: by_language[source] for key, by_language in queries.draft_texts(survey.id).items()
        if source in by_language
    }


def edit_page(survey: Survey, forms: dict[str, Any] | None = None, conflict: Conflict | None = None) -> str:
    """The outline, with forms that have come back."""
    document = queries.draft_of(survey)
    said = said_in_source(survey, document)
    typed = bool(forms)
    forms = {"title": _title_form(survey, document, said), "question": NewQuestionForm(None)} | (forms or {})
    _offer_pages(forms["question"], document, said)
    return render_template(
        "surveys/edit/edit.html", survey=survey, document=document, said=said, conflict=conflict, typed=typed,
        source=document.languages[0], kinds=KIND_WORDS, findings=advice(document, said),
        minutes=at_most(document, said), can_undo=queries.can_undo(survey), title_form=forms["title"],
        question_form=forms["question"], numbers=_numbers(document),
    )


def _numbers(document: Document) -> dict[str, int]:
    """Question → its number among those that are asked."""
    asked = [q.id for q in document.questions if not q.hidden and q.kind is not Kind.STATEMENT]
    return {question_id: number for number, question_id in enumerate(asked, 1)}


def _title_form(survey: Survey, document: Document, said: dict[str, str]) -> TitleForm:
    return TitleForm(
        None, title=said.get("title", ""), intro=said.get("intro", ""), thanks=said.get("thanks", ""),
        others=list(document.languages[1:]), version=survey.version,
    )


def _offer_pages(form: NewQuestionForm, document: Document, said: dict[str, str]) -> None:
    form.page.choices = choices(*page_words(document, said), ("", _("A new page")))
    if not form.page.data and document.pages and form.page.raw_data is None:
        form.page.data = document.pages[-1].id


def page_words(document: Document, said: dict[str, str]) -> list[tuple[str, str]]:
    """Every page with its number and title."""
    return [
        (page.id, _("Page %(number)s: %(title)s", number=n, title=title)
         if (title := said.get(f"{page.id}.title")) else _("Page %(number)s", number=n))
        for n, page in enumerate(document.pages, 1)
    ]


@rooms.get(EDIT)
@access.staff(*policy.EDITORS)
def edit(ref: str) -> str:
    survey, _programme = load_desk(ref)
    return edit_page(survey)


@rooms.post(f"{EDIT}/title")
@access.staff(*policy.EDITORS)
def save_title(ref: str) -> Answer:
    survey, _programme = load_desk(ref)
    form, document = TitleForm(), queries.draft_of(survey)
    if not form.validate():
        return edit_page(survey, {"title": form}), 422
    source = document.languages[0]
    languages = tuple(dict.fromkeys([source, *(form.others.data or [])]))
    said = {name: str(form[name].data or "") for name in ("title", "intro", "thanks")}
    return _kept(
        survey, replace(document, languages=languages), "words", form, said=said,
        came_back=lambda conflict: edit_page(survey, {"title": form}, conflict),
    )


@rooms.post(f"{EDIT}/questions")
@access.staff(*policy.EDITORS)
def add_question(ref: str) -> Answer:
    survey, _programme = load_desk(ref)
    form, document = NewQuestionForm(), queries.draft_of(survey)
    _offer_pages(form, document, said_in_source(survey, document))
    if not form.validate():
        return edit_page(survey, {"question": form}), 422
    page_id = str(form.page.data)
    if not page_id:
        document, page_id = editing.add_page(document)
    text = str(form.text.data)
    document, made = editing.add_question(
        document, page_id, Kind(form.kind.data), first_code(text, document)
    )
    document, said = with_lines(document, made, "o", str(form.options.data or ""))
    return _kept(
        survey, document, "question_add", form, said={f"{made}.text": text, **said}, about=made,
        came_back=lambda conflict: edit_page(survey, {"question": form}, conflict),
        to=url_for(".edit_question", ref=survey.ref, question=made),
    )


@rooms.post(f"{EDIT}/pages")
@access.staff(*policy.EDITORS)
def add_page(ref: str) -> Answer:
    survey, _programme = load_desk(ref)
    document, made = editing.add_page(queries.draft_of(survey))
    return _kept(survey, document, "page_add", VersionForm(), about=made,
                 to=url_for(".edit_page_words", ref=survey.ref, page=made))


@rooms.post(f"{EDIT}/<question>/place")
@access.staff(*policy.EDITORS)
def move_question(ref: str, question: str) -> Answer:
    survey, _programme = load_desk(ref)
    form, document = MoveForm(), queries.draft_of(survey)
    if document.question(question) is None:
        abort(404)
    if form.to.data:
        changed = editing.move_to_page(document, question, str(form.to.data))
    else:
        changed = editing.move_question(document, question, _direction())
    return _kept(survey, changed, "question_move", form, about=question, anchor=question)


@rooms.post(f"{EDIT}/<question>/removal")
@access.staff(*policy.EDITORS)
def remove_question(ref: str, question: str) -> Answer:
    survey, _programme = load_desk(ref)
    document = queries.draft_of(survey)
    found = document.question(question) or abort(404)
    if request.form.get("do") == "back":
        return _kept(survey, editing.bring_back_question(document, question), "question_bring_back",
                     VersionForm(), about=question, anchor=question)
    told = (
        _("The question is no longer asked. Answers given to it are kept.") if found.since
        else _("The question has been removed.")
    )
    return _kept(survey, editing.remove_question(document, question), "question_remove", VersionForm(),
                 about=question, undo_to=document, told=told)


@rooms.post(f"{EDIT}/page/<page>/place")
@access.staff(*policy.EDITORS)
def move_page(ref: str, page: str) -> Answer:
    survey, _programme = load_desk(ref)
    document = queries.draft_of(survey)
    if document.page(page) is None:
        abort(404)
    return _kept(survey, editing.move_page(document, page, _direction()), "page_move", VersionForm(),
                 about=page, anchor=page)


@rooms.post(f"{EDIT}/page/<page>/removal")
@access.staff(*policy.EDITORS)
def remove_page(ref: str, page: str) -> Answer:
    survey, _programme = load_desk(ref)
    document = queries.draft_of(survey)
    if document.page(page) is None:
        abort(404)
    told = _("The page has been removed. What has been published of it is kept.")
    return _kept(survey, editing.remove_page(document, page), "page_remove", VersionForm(), about=page,
                 undo_to=document, told=told)


@rooms.post(f"{EDIT}/undo")
@access.staff(*policy.EDITORS)
def undo(ref: str) -> Response:
    survey, _programme = load_desk(ref)
    actions.undo(survey, user_id=access.required_viewer().id, expected_version=VersionForm().seen_version)
    flash(_("The removal has been undone."), "success")
    return redirect(url_for(".edit", ref=survey.ref), 303)


def _direction() -> int:
    return -1 if request.form.get("do") == "up" else 1


def _kept(
    survey: Survey, document: Document, verb: str, form: VersionForm, *, said: dict[str, str] | None = None,
    about: str = "", undo_to: Document | None = None, told: str = "", to: str = "", anchor: str | None = None,
    came_back: Callable[[Conflict], str] | None = None,
) -> Answer:
    """Keep a step and show the outline, or the page with what was typed where somebody else was first."""
    try:
        actions.edit_draft(
            survey, document, verb=verb, said=said, about=about, undo_to=undo_to,
            user_id=access.required_viewer().id, expected_version=form.seen_version,
        )
    except Conflict as conflict:
        form.version.data = str(survey.version)
        return (came_back or (lambda told: edit_page(survey, conflict=told)))(conflict), 409
    flash(told or _("Saved"), "success")
    return redirect(to or url_for(".edit", ref=survey.ref, _anchor=anchor), 303)
