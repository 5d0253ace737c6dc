"""A survey as a workbook's sheets, and the list of what such a workbook cannot hold."""

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import xlsxwriter

from citizen.base.cells import legal_in_xlsx
from citizen.surveys.rules.document import (
    DONT_KNOW,
    NOT_SAY,
    Condition,
    Document,
    Kind,
    Page,
    Question,
    Texts,
    asked,
    choices_of,
    rows_of,
)
from citizen.surveys.rules.piping import piped
from citizen.surveys.rules.xlsform import languages
from citizen.surveys.rules.xlsform.expressions import written
from citizen.surveys.rules.xlsform.left import Left, Why
from citizen.surveys.rules.xlsform.questions import DECIMALS

_TYPES = {
    Kind.SHORT: "text", Kind.LONG: "text", Kind.NUMBER: "integer", Kind.DATE: "date", Kind.PLACE: "geopoint",
    Kind.PHOTO: "image", Kind.STATEMENT: "note", Kind.ONE: "select_one", Kind.SCALE: "select_one",
    Kind.SEVERAL: "select_multiple", Kind.RANKING: "rank",
}
_WITH_CODES = {Kind.ONE, Kind.SEVERAL, Kind.SCALE, Kind.MATRIX}
_LOOKS = {Kind.LONG: "multiline", Kind.SCALE: "likert"}

Told = dict[str, str]
"""Column → cell."""


@dataclass(frozen=True)
class Written:
    """A survey as rows of sheets. ``left``: what is not in them."""

    survey: list[Told]
    choices: list[Told]
    settings: Told
    left: list[Left]


def write(document: Document, texts: Texts, ref: str, words: Mapping[str, Mapping[str, str]]) -> Written:
    """The sheets of a survey.

    Parameters
    ----------
    words : language → what the interface says for ``dk``, ``ns`` and ``other`` (what is written beside).
    """
    writer = _Writer(document, texts, words)
    survey = [*writer.said("intro"), *(row for page in document.pages for row in writer.page(page)),
              *writer.said("thanks")]
    first, title = document.languages[0], texts.get("title", {})
    settings = {"form_title": title.get(first, ref), "form_id": re.sub(r"\W", "_", ref),
                "default_language": _named(first), **_columns("form_title", title)}
    return Written(survey, writer.choices, settings, writer.left)


def _named(language: str) -> str:
    return languages.NAMES.get(language, language)


def _columns(what: str, texts: Mapping[str, str]) -> Told:
    return {f"{what}::{_named(language)}": text for language, text in texts.items()}


def workbook(sheets: Written) -> bytes:
    """The file of some sheets."""
    out = io.BytesIO()
    parts = {"survey": sheets.survey, "choices": sheets.choices, "settings": [sheets.settings]}
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        for name, rows in parts.items():
            sheet = book.add_worksheet(name)
            columns = list(dict.fromkeys(column for row in rows for column in row))
            for place, column in enumerate(columns or ["list_name", "name", "label"]):
                sheet.write_string(0, place, column)
            for number, row in enumerate(rows, 1):
                for column, cell in row.items():
                    if cell:
                        sheet.write_string(number, columns.index(column), legal_in_xlsx(cell))
    return out.getvalue()


@dataclass
class _Writer:
    document: Document
    texts: Texts
    words: Mapping[str, Mapping[str, str]]
    choices: list[Told] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)

    def page(self, page: Page) -> Iterator[Told]:
        """A group that is shown on one screen."""
        self.left += [Left(0, page.id, Why.JUMP) for _jump in page.jumps]
        self.left += [Left(0, question.code, Why.HIDDEN) for question in page.questions if question.hidden]
        questions = asked(page)
        if not questions:
            return
        yield {"type": "begin_group", "name": page.id, **self._label("label", f"{page.id}.title"),
               "appearance": "field-list", **self._relevant(page.show_if)}
        if self.texts.get(f"{page.id}.text"):
            yield {"type": "note", "name": f"{page.id}_text", **self._label("label", f"{page.id}.text")}
        for question in questions:
            yield from self._matrix(question) if question.kind is Kind.MATRIX else self._question(question)
        yield {"type": "end_group", "name": page.id}

    def said(self, key: str) -> Iterator[Told]:
        """What a survey says before or after its questions."""
        if self.texts.get(key):
            yield {"type": "note", "name": key, **self._label("label", key)}

    def _question(self, question: Question) -> Iterator[Told]:
        self._note_left(question)
        kind = _TYPES[question.kind]
        if question.kind is Kind.NUMBER and question.decimals:
            kind = "decimal"
        if kind.startswith(("select", "rank")):
            kind = f"{kind} {self._list(question)}"
        yield {
            "type": kind, "name": question.code, **self._label("label", f"{question.id}.text"),
            **self._label("hint", f"{question.id}.help"), "required": "yes" if question.required else "",
            **self._relevant(question.show_if), "constraint": _constraint(question),
            "appearance": _LOOKS.get(question.kind, ""),
            "parameters": "randomize=true" if question.random and question.options else "",
        }
        for option in question.options:
            if option.writes and not option.hidden:
                yield {"type": "text", "name": f"{question.code}_{option.code}_text", **self._said("beside"),
                       "relevant": f"selected(${{{question.code}}}, '{option.code}')"}

    def _matrix(self, question: Question) -> Iterator[Told]:
        self._note_left(question)
        listed = self._list(question)
        yield {"type": "begin_group", "name": question.code, **self._label("label", f"{question.id}.text"),
               "appearance": "table-list", **self._relevant(question.show_if)}
        for row in rows_of(question):
            yield {"type": f"select_one {listed}", "name": f"{question.code}_{row.code}",
                   **self._label("label", f"{question.id}.{row.id}"),
                   "required": "yes" if question.required else ""}
        yield {"type": "end_group", "name": question.code}

    def _list(self, question: Question) -> str:
        name = f"{question.code}_list"
        own = replace(question, dont_know=False, not_say=False) if question.kind is Kind.RANKING else question
        for option in choices_of(own):
            label = self._label("label", f"{question.id}.{option.id}")
            if option.id in (DONT_KNOW, NOT_SAY):
                label = self._said(option.id)
            elif not label:
                label = _columns("label", dict.fromkeys(self.document.languages, option.code))
            self.choices.append({"list_name": name, "name": option.code, **label})
        return name

    def _said(self, word: str) -> Told:
        said = {one: self.words.get(one, self.words["en"])[word] for one in self.document.languages}
        return _columns("label", said)

    def _note_left(self, question: Question) -> None:
        if question.kind is Kind.NUMBER and self.texts.get(f"{question.id}.unit"):
            self.left.append(Left(0, question.code, Why.UNIT))
        if question.decimals not in (0, DECIMALS):
            self.left.append(Left(0, question.code, Why.DECIMALS))
        if question.kind not in _WITH_CODES and (question.dont_know or question.not_say):
            self.left.append(Left(0, question.code, Why.CODES))
        if question.kind is Kind.PLACE:
            self.left.append(Left(0, question.code, Why.PLACE_WORDS))
        if any(option.exclusive or option.fixed for option in question.options):
            self.left.append(Left(0, question.code, Why.EXCLUSIVE))

    def _relevant(self, condition: Condition | None) -> Told:
        return {"relevant": written(condition, self.document) if condition else ""}

    def _label(self, what: str, key: str) -> Told:
        codes = {question.id: question.code for question in self.document.questions}
        told = {one: self.texts.get(key, {}).get(one, "") for one in self.document.languages}
        return _columns(what, {
            one: piped(text, lambda question: f"${{{codes.get(question, question)}}}")
            for one, text in told.items() if text
        })


def _constraint(question: Question) -> str:
    subject = {
        Kind.NUMBER: ".", Kind.SHORT: "string-length(.)", Kind.LONG: "string-length(.)",
        Kind.SEVERAL: "count-selected(.)", Kind.RANKING: "count-selected(.)",
    }.get(question.kind)
    bounds: Sequence[tuple[str, int | None]] = ((">=", question.least), ("<=", question.most))
    if subject is None:
        return ""
    return " and ".join(f"{subject} {sign} {bound}" for sign, bound in bounds if bound is not None)
