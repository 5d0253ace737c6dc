"""One question, or one page, on a page of its own."""

from dataclasses import dataclass, field
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from citizen.base import access
from citizen.base.errors import Conflict
from citizen.surveys import actions, policy, queries
from citizen.surveys.forms import conditions
from citizen.surveys.forms.applied import apply_page, apply_question, as_it_is
from citizen.surveys.forms.editing import FLAG_WORDS, KindForm, flags_of, page_form, question_form
from citizen.surveys.forms.words import KIND_WORDS
from citizen.surveys.models import Survey
from citizen.surveys.routes.blueprint import rooms
from citizen.surveys.routes.editing import EDIT, Answer, said_in_source
from citizen.surveys.routes.loading import load_desk
from citizen.surveys.rules import editing
from citizen.surveys.rules.advice import advice
from citizen.surveys.rules.conditions import earlier, told
from citizen.surveys.rules.document import Condition, Document, Kind, Page, Question, points
from citizen.surveys.rules.retyping import retyped


@dataclass
class Draft:
    """A draft while a part of it is edited."""

    survey: Survey
    document: Document = field(init=False)
    said: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.document = queries.draft_of(self.survey)
        self.said = said_in_source(self.survey, self.document)

    def groups(self, page_id: str, *, with_page: bool = False) -> list[conditions.Group]:
        """What a condition on a page can ask about."""
        return conditions.groups_of(earlier(self.document, page_id, with_page=with_page), self.said)


def _values(groups: list[conditions.Group], *kept: str) -> set[str]:
    return {value for group in groups for value, _words, _ours in group.entries} | set(kept)


def _load_question(ref: str, question_id: str) -> tuple[Draft, Question, Page]:
    draft = Draft(load_desk(ref)[0])
    question = draft.document.question(question_id) or abort(404)
    page = editing.page_of(draft.document, question_id) or abort(404)
    return draft, question, page


@rooms.get(f"{EDIT}/<question>")
@access.staff(*policy.EDITORS)
def edit_question(ref: str, question: str) -> str:
    draft, found, page = _load_question(ref, question)
    form = question_form(draft.document, found, draft.said)
    form.version.data = str(draft.survey.version)
    return _question_page(draft, found, page, form)


@rooms.post(f"{EDIT}/<question>")
@access.staff(*policy.EDITORS)
def save_question(ref: str, question: str) -> Answer:
    draft, found, page = _load_question(ref, question)
    form = question_form(draft.document, found, draft.said)
    if form.seen_version != draft.survey.version:
        as_it_is(form, request.form)
        return _question_page(draft, found, page, form, _told_late(draft, form)), 409
    form.validate()
    known = _values(draft.groups(page.id), *_asked_now(found.show_if))
    applied = apply_question(form, draft.document, found, known)
    if applied is None:
        return _question_page(draft, found, page, form), 422
    document, said = applied
    do, _colon, part = request.form.get("do", "").partition(":")
    try:
        actions.edit_draft(
            draft.survey, _with_part(document, found.id, do, part), verb="question_edit", said=said,
            about=found.id, user_id=access.required_viewer().id, expected_version=form.seen_version,
            # What was typed beside it stays also when the removal is undone.
            undo_to=document if do == "remove" else None,
        )
    except Conflict:
        return _question_page(draft, found, page, form, _told_late(draft, form)), 409
    flash(_removed_or_saved(found, do, part), "success")
    adds = any(name in form and form[name].data for name in ("more_options", "more_rows"))
    if do or adds:
        return redirect(url_for(".edit_question", ref=draft.survey.ref, question=question,
                                _anchor=part if do in ("up", "down") else "parts"), 303)
    return redirect(url_for(".edit", ref=draft.survey.ref, _anchor=question), 303)


@rooms.post(f"{EDIT}/<question>/kind")
@access.staff(*policy.EDITORS)
def change_kind(ref: str, question: str) -> Answer:
    draft, found, page = _load_question(ref, question)
    form = KindForm(found)
    if not form.validate():
        abort(400)
    changed = retyped(draft.document, question, Kind(form.kind.data))
    try:
        actions.edit_draft(
            draft.survey, changed, verb="question_edit", about=question, undo_to=draft.document,
            user_id=access.required_viewer().id, expected_version=form.seen_version,
        )
    except Conflict as conflict:
        fresh = question_form(draft.document, found, draft.said)
        fresh.version.data = str(draft.survey.version)
        return _question_page(draft, found, page, fresh, conflict), 409
    flash(_("The kind has been changed. You can undo this on the page with all questions."), "success")
    return redirect(url_for(".edit_question", ref=draft.survey.ref, question=question), 303)


def _with_part(document: Document, question_id: str, do: str, part: str) -> Document:
    if do == "remove":
        return editing.remove_part(document, question_id, part)
    if do == "back":
        return editing.bring_back_part(document, question_id, part)
    if do in ("up", "down"):
        return editing.move_part(document, question_id, part, -1 if do == "up" else 1)
    return document


def _removed_or_saved(question: Question, do: str, part_id: str) -> str:
    part = editing.part_of(question, part_id)
    if do != "remove" or part is None:
        return str(_("Saved"))
    if part.since:
        return str(_("It is no longer offered. Answers given to it are kept."))
    return str(_("It has been removed. You can undo this on the page with all questions."))


def _told_late(draft: Draft, form: Any) -> Conflict:
    form.version.data = str(draft.survey.version)
    return Conflict(_("Somebody else has changed this survey. Nothing was overwritten."))


def _asked_now(condition: Condition | None) -> list[str]:
    """What a condition asks about already, wherever that stands by now."""
    return [told(test).what for test in condition.tests] if condition else []


def _question_page(
    draft: Draft, question: Question, page: Page, form: Any, conflict: Conflict | None = None
) -> str:
    return render_template(
        "surveys/edit/question_page.html", survey=draft.survey, document=draft.document, question=question,
        page=page, said=draft.said, form=form, conflict=conflict, kind=KIND_WORDS[question.kind],
        source=draft.document.languages[0], groups=draft.groups(page.id), flags=flags_of(question),
        flag_words=FLAG_WORDS, kind_form=KindForm(question, formdata=None),
        tests=conditions.count_of(question.show_if), points=list(points(question)),
        findings=[f for f in advice(draft.document, draft.said) if f.where == question.id],
    )


@rooms.get(f"{EDIT}/page/<page>")
@access.staff(*policy.EDITORS)
def edit_page_words(ref: str, page: str) -> str:
    draft = Draft(load_desk(ref)[0])
    found = draft.document.page(page) or abort(404)
    form = page_form(found, draft.document, draft.said)
    form.version.data = str(draft.survey.version)
    return _page_page(draft, found, form)


@rooms.post(f"{EDIT}/page/<page>")
@access.staff(*policy.EDITORS)
def save_page(ref: str, page: str) -> Answer:
    draft = Draft(load_desk(ref)[0])
    found = draft.document.page(page) or abort(404)
    form = page_form(found, draft.document, draft.said)
    if form.seen_version != draft.survey.version:
        as_it_is(form, request.form)
        return _page_page(draft, found, form, _told_late(draft, form)), 409
    form.validate()
    kept = [what for jump in found.jumps for what in _asked_now(jump.condition)]
    applied = apply_page(
        form, draft.document, found, _values(draft.groups(page), *_asked_now(found.show_if)),
        _values(draft.groups(page, with_page=True), *kept),
    )
    if applied is None:
        return _page_page(draft, found, form), 422
    document, said = applied
    try:
        actions.edit_draft(
            draft.survey, document, verb="page_edit", said=said, about=page,
            user_id=access.required_viewer().id, expected_version=form.seen_version,
        )
    except Conflict:
        return _page_page(draft, found, form, _told_late(draft, form)), 409
    flash(_("Saved"), "success")
    return redirect(url_for(".edit", ref=draft.survey.ref, _anchor=page), 303)


def _page_page(draft: Draft, page: Page, form: Any, conflict: Conflict | None = None) -> str:
    jumps = [jump.condition for jump in page.jumps]
    return render_template(
        "surveys/edit/page_page.html", survey=draft.survey, document=draft.document, page=page, form=form,
        said=draft.said, conflict=conflict, source=draft.document.languages[0],
        number=[p.id for p in draft.document.pages].index(page.id) + 1, groups=draft.groups(page.id),
        groups_with_page=draft.groups(page.id, with_page=True), tests=conditions.count_of(page.show_if),
        jumps=[conditions.count_of(condition) for condition in (*jumps, None)],
    )
