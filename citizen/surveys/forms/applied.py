"""What a valid form makes of a draft: the next document, and the texts that were written."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask_babel import gettext as _

from citizen.base.markup import lines
from citizen.surveys.forms.conditions import condition_from
from citizen.surveys.rules.document import Document, Jump, Kind, Option, Page, Question, Row, points
from citizen.surveys.rules.editing import add_parts, code_from, parts_of, put_page, put_question

_PLAIN = ("required", "dont_know", "not_say", "random", "contributes", "background", "code")
_NUMBERS = ("least", "most")
HIGHEST_POINT = 10

Said = dict[str, str]


def apply_question(
    form: Any, document: Document, question: Question, known: set[str]
) -> tuple[Document, Said] | None:
    """A question as its form says; None where something is wrong, told at its field.

    Parameters
    ----------
    known : what its condition could ask about.
    """
    condition = condition_from(form, "if", document, known)
    _check_codes(form, document, question)
    if question.kind is Kind.SCALE:
        _check_points(form)
    if form.problems:
        return None
    values: dict[str, Any] = {name: form[name].data for name in (*_PLAIN, *_NUMBERS) if name in form}
    if "decimals" in form:
        values["decimals"] = form.decimals.data or 0
    changed = replace(
        question, show_if=condition, options=tuple(_option(form, o) for o in question.options),
        rows=tuple(_row(form, r) for r in question.rows), **values,
    )
    said = _said(form, question)
    document = put_question(document, changed)
    for prefix, name in (("o", "more_options"), ("r", "more_rows")):
        if name in form:
            document, more = with_lines(document, question.id, prefix, str(form[name].data or ""))
            said |= more
    return document, said


def with_lines(document: Document, question_id: str, prefix: str, text: str) -> tuple[Document, Said]:
    """Options or items written one on each line."""
    question = document.question(question_id)
    if question is None:
        return document, {}
    written, codes = lines(text), []
    taken = {part.code for part in parts_of(question)}
    for line in written:
        codes.append(code_from(line, taken, fallback="option" if prefix == "o" else "item"))
        taken.add(codes[-1])
    document, made = add_parts(document, question_id, prefix, codes)
    return document, {f"{question_id}.{p}": line for p, line in zip(made, written, strict=False)}


def apply_page(
    form: Any, document: Document, page: Page, known: set[str], known_with_page: set[str]
) -> tuple[Document, Said] | None:
    """A page as its form says; None where something is wrong, told at its field."""
    shown = condition_from(form, "if", document, known)
    jumps = []
    for place in range(1, len(page.jumps) + 2):
        condition = condition_from(form, f"jump{place}_", document, known_with_page)
        target = form[f"jump{place}_to"]
        if condition and target.data:
            jumps.append(Jump(condition, str(target.data)))
        elif condition:
            target.errors = [*target.errors, _("Choose where it leads")]
        elif target.data:
            first = form[f"jump{place}_1_what"]
            first.errors = [*first.errors, _("Choose the answer that leads there")]
    if form.problems:
        return None
    said = {f"{page.id}.title": str(form.title.data), f"{page.id}.text": str(form.text.data)}
    return put_page(document, replace(page, show_if=shown, jumps=tuple(jumps))), said


def _option(form: Any, option: Option) -> Option:
    flags: dict[str, Any] = {
        flag: bool(form[f"{option.id}_{flag}"].data)
        for flag in ("writes", "exclusive", "fixed") if f"{option.id}_{flag}" in form
    }
    return replace(option, code=_code(form, option), **flags)


def _row(form: Any, row: Row) -> Row:
    return replace(row, code=_code(form, row))


def _code(form: Any, part: Option | Row) -> str:
    name = f"{part.id}_code"
    return str(form[name].data) if name in form else part.code


def _said(form: Any, question: Question) -> Said:
    said = {f"{question.id}.{name}": str(form[name].data or "") for name in ("text", "help", "unit")
            if name in form}
    said |= {f"{question.id}.{part.id}": str(form[f"{part.id}_text"].data) for part in parts_of(question)}
    if question.kind is Kind.SCALE:
        said |= {
            f"{question.id}.{point}": str(form[f"point{point}"].data or "") for point in points(question)
        }
    return said


def _check_codes(form: Any, document: Document, question: Question) -> None:
    if "code" in form:
        others = {q.code for q in document.questions if q.id != question.id}
        if form.code.data in others:
            form.code.errors = [*form.code.errors, _("Another question has this code")]
    taken = {p.code for p in parts_of(question) if f"{p.id}_code" not in form}
    for part in parts_of(question):
        if f"{part.id}_code" in form:
            field = form[f"{part.id}_code"]
            if field.data in taken:
                field.errors = [*field.errors, _("Another answer of this question has this code")]
            taken.add(field.data)


def _check_points(form: Any) -> None:
    low, high = form.least.data, form.most.data
    if low is None or high is None or not 0 <= low < high <= HIGHEST_POINT:
        form.most.errors = [*form.most.errors, _("A scale goes from 0 or more to 10 at most")]


def first_code(text: str, document: Document) -> str:
    """The code a new question begins with."""
    return code_from(text, {q.code for q in document.questions}, fallback="q")


def as_it_is(form: Any, sent: Mapping[str, str]) -> None:
    """Fill in what a stale page did not have, so that nothing somebody else added is taken for empty."""
    for field in form:
        if field.name not in sent and isinstance(field.default, str):
            field.data = field.default
