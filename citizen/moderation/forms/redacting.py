"""The shape of a redaction: the text with marks in it, cells of photos, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField, StringField, TextAreaField

from citizen.analysis.removed import mark
from citizen.base.forms import AtMost, Filled, Text, whole_number
from citizen.base.pictures import COLUMNS, rows_for
from citizen.contributions.models import Picture, TextVersion
from citizen.contributions.rules import LONGEST_ALT
from citizen.moderation.forms.deciding import WORDS_LENGTH, _known_reason, _ReasonedForm
from citizen.moderation.rules.redacting import (
    NotOnlyMarked,
    Stretch,
    UnevenMarks,
    brackets,
    lines,
    marked,
    proposed,
    read_marks,
    redacted,
)

# What a column holds: a mark is longer than what it often stands for.
_LONGEST = {"title": 200, "place": 200}
_FIELDS = ("title", "body", "place")


@dataclass
class Covered:
    """A photo with its description, marked as it was typed, and the cells that are to be hidden."""

    picture: Picture
    alt: str
    typed: str
    cells: list[int] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    @property
    def columns(self) -> int:
        return COLUMNS

    @property
    def rows(self) -> int:
        return rows_for(self.picture.width, self.picture.height)

    @property
    def id(self) -> str:
        """The field with its description."""
        return f"alt-{self.picture.ref}"


class RedactionForm(_ReasonedForm):
    """What is to be removed. Begins with what the detectors have found, or with what was removed before."""

    of_version = HiddenField()
    title = StringField(_l("Title"), id="redact-title")
    body = TextAreaField(_l("Description"), id="redact-body")
    place = StringField(_l("Place"), id="redact-place")
    reason = SelectField(
        _l("Reason"), [Filled(_l("Choose a reason")), _known_reason], id="redact-reason",
        validate_choice=False,
    )
    words = Text(_l("Words to the author"), [AtMost(WORDS_LENGTH)], id="redact-words")

    def __init__(
        self, text: TextVersion, photos: Sequence[tuple[Picture, str]], language: str,
        before: Mapping[str, Any] | None = None, **values: Any,
    ) -> None:
        self.texts = {name: lines(getattr(text, name) or "") for name in _FIELDS}
        self.pair = brackets([*self.texts.values(), *(alt for _one, alt in photos)])
        self.mark = mark(language)
        self.found: dict[str, list[Stretch]] = {}
        self.covered = [self._covered(picture, alt, before) for picture, alt in photos]
        begun = {
            name: marked(whole, _before(before, name) if before else proposed(whole), self.pair)
            for name, whole in self.texts.items()
        }
        super().__init__(**{"of_version": text.number, "reason": "personal_data", **begun, **values})

    def _covered(self, picture: Picture, alt: str, before: Mapping[str, Any] | None) -> Covered:
        was = ((before or {}).get("photos") or {}).get(picture.ref, {})
        stretches = [Stretch(*one) for one in was.get("alt", ())] if before else proposed(alt)
        one = Covered(picture, alt, marked(alt, stretches, self.pair), list(was.get("cells", ())))
        if request.method == "POST" and one.id in request.form:
            one.typed = lines(request.form[one.id].replace("\0", ""))
            one.cells = _cells(request.form.getlist(f"cell-{picture.ref}"), one.rows * COLUMNS)
        return one

    @property
    def fields(self) -> list[Any]:
        """The fields of those parts that the text has."""
        return [self[name] for name in _FIELDS if self.texts[name]]

    def validate(self, extra_validators: Any = None) -> bool:
        right = super().validate(extra_validators)
        for name in _FIELDS:
            errors = self._read(name, self[name].data or "", self.texts[name], _LONGEST.get(name))
            self[name].errors = [*self[name].errors, *errors]
        for one in self.covered:
            one.errors = self._read(one.id, one.typed, one.alt, LONGEST_ALT)
        return right and not self.problems

    def _read(self, name: str, typed: str, whole: str, longest: int | None) -> list[str]:
        try:
            self.found[name] = read_marks(lines(typed), whole, self.pair)
        except NotOnlyMarked:
            return [_("Only marks can be added here. Write the text again as it was.")]
        except UnevenMarks:
            return [_("Each mark needs a beginning and an end.")]
        if longest and len(redacted(whole, self.found[name], self.mark)) > longest:
            return [_("There are too many marks for so short a text. Mark longer parts of it.")]
        return []

    def read_begun(self) -> None:
        """Take the marks that the form begins with as they are."""
        for name, whole in self.texts.items():
            self._read(name, self[name].data or "", whole, None)
        for one in self.covered:
            self._read(one.id, one.typed, one.alt, None)

    @property
    def problems(self) -> list[tuple[str, str]]:
        of_photos = [(one.id, error) for one in self.covered for error in one.errors]
        return [*super().problems, *of_photos]

    @property
    def removed(self) -> dict[str, Any]:
        """Where something is to be removed, as it is stored; only once the form has been read right."""
        texts = {name: self.found[name] for name in _FIELDS if self.found[name]}
        photos = {
            one.picture.ref: {"cells": one.cells, "alt": self.found[one.id]}
            for one in self.covered if one.cells or self.found[one.id]
        }
        return {**texts, **({"photos": photos} if photos else {})}

    def read(self, name: str) -> str:
        """How a field reads with the mark in it."""
        whole = next((one.alt for one in self.covered if one.id == name), None) or self.texts.get(name, "")
        return redacted(whole, self.found.get(name, []), self.mark)


def asked_version() -> int:
    """The version that something is to be taken out of; -1 where that cannot be read."""
    return whole_number(request.form.get("of_version"))


def _before(before: Mapping[str, Any], name: str) -> list[Stretch]:
    return [Stretch(*one) for one in before.get(name, ())]


def _cells(typed: Sequence[str], count: int) -> list[int]:
    return sorted({number for number in map(whole_number, typed) if 0 <= number < count})
