"""One page of a survey as a form: what was typed, what it says, and what is wrong with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField
from wtforms.validators import ValidationError

from citizen.base.forms import Filled, Form, Line, choices
from citizen.base.words import clean_line, clean_text
from citizen.contributions.forms import Photos
from citizen.contributions.rules import LONGEST_ALT
from citizen.places.rules.points import Point, read_point
from citizen.surveys.forms.telling import Texts, sentence, written
from citizen.surveys.rules.document import Kind, Option, Question, Row
from citizen.surveys.rules.flow import Step
from citizen.surveys.rules.reading import (
    Reading,
    Trouble,
    Typed,
    fields_of,
    lacks,
    longest,
    places,
    read,
    tells_who,
)
from citizen.surveys.rules.showing import in_order, rows_in_order
from citizen.surveys.rules.values import EMPTY, Answers, Photo, Value

_MOST_KEPT = 20_000
SECTOR_WORDS = {
    "resident": _l("Myself"),
    "civil_society": _l("Civil society"),
    "business": _l("Business"),
    "public": _l("Public sector"),
    "academia": _l("Academia"),
}


@dataclass
class Asked:
    """A question on its page: what stands in its fields, and what is wrong with it."""

    question: Question
    typed: Typed
    reading: Reading
    seed: str
    errors: list[str] = field(default_factory=list)
    photos: Photos | None = None

    @property
    def id(self) -> str:
        """Where the summary of problems leads."""
        if self.question.kind is Kind.PHOTO:
            return "pictures"
        if self.question.kind is Kind.MATRIX and (lacking := self._lacking_rows):
            return f"{self.question.id}-{lacking[0]}"
        return self.question.id

    @property
    def _lacking_rows(self) -> list[str]:
        return [row.id for row in self.rows if row.id not in self.reading.value.rows]

    @property
    def options(self) -> tuple[Option, ...]:
        return in_order(self.question, self.seed)

    @property
    def rows(self) -> tuple[Row, ...]:
        return rows_in_order(self.question, self.seed)

    @property
    def places(self) -> range:
        return range(1, places(self.question) + 1)

    @property
    def longest(self) -> int:
        return longest(self.question)

    @property
    def data(self) -> Photos:
        """For the chooser of photos, which knows a field of a form."""
        return self.photos or Photos()

    name = "pictures"

    def first(self, name: str = "") -> str:
        """What stands in a field of the question."""
        return next(iter(self.typed.get(f"{self.question.id}{name}", ())), "")

    def has(self, option: str) -> bool:
        """Whether an option is chosen."""
        return option in self.typed.get(self.question.id, ())


class PageForm(Form):
    """The questions of one page. Reading it needs no database; photos are handed to it.

    ``is_sent``: what was sent is read into it; usually the request tells.
    """

    def __init__(
        self, step: Step, answers: Answers, kept: Mapping[str, Any], texts: Texts, *, seed: str,
        photos: Photos | None = None, is_sent: bool | None = None,
    ) -> None:
        super().__init__()
        self.texts, self.is_sent = texts, request.method == "POST" if is_sent is None else is_sent
        self.photos = photos or Photos()
        self._point: Point | None = None
        self.asked = [self._asked(q, answers.get(q.id, EMPTY), kept.get(q.id), seed) for q in step.questions]

    def _asked(self, question: Question, value: Value, kept: Any, seed: str) -> Asked:
        is_place = question.kind is Kind.PLACE
        if self.is_sent:
            typed: Typed = typed_for(question)
            if is_place:
                self._point = read_point(request.form.get("latitude"), request.form.get("longitude"))
        else:
            typed = kept or written(question, value)
            if is_place and typed.get(f"{question.id}.latitude"):
                latitude, longitude = (typed[f"{question.id}.{one}"][0] for one in ("latitude", "longitude"))
                self._point = read_point(latitude, longitude)
        asked = Asked(question, typed, self._reading(question, typed), seed)
        if question.kind is Kind.PHOTO:
            asked.photos = self.photos
        if self.is_sent or kept:
            asked.errors = self._errors(asked)
        return asked

    @property
    def point(self) -> Point | None:
        """The point of the page's place."""
        return self._point

    @point.setter
    def point(self, point: Point | None) -> None:
        self._point = point
        for one in self.asked:
            if one.question.kind is Kind.PLACE:
                one.reading = self._reading(one.question, one.typed)

    def _reading(self, question: Question, typed: Typed) -> Reading:
        found = read(question, typed)
        if question.kind is Kind.PLACE and self.point and not found.value.options:
            point = (self.point.latitude, self.point.longitude)
            return replace(found, value=replace(found.value, point=point))
        if question.kind is Kind.PHOTO:
            shown = tuple(Photo(picture.ref, alt) for picture, alt in self.photos.stored)
            return Reading(Value(photos=shown), Trouble.IDENTITY if tells_who(Value(photos=shown)) else None)
        return found

    def _errors(self, asked: Asked) -> list[str]:
        lacking = lacks(asked.question, asked.reading.value) if self.is_sent else None
        trouble = asked.reading.trouble or lacking
        said = [sentence(trouble, asked.question)] if trouble else []
        if asked.question.kind is Kind.PHOTO:
            said += dict.fromkeys(self.photos.problems)
            if any(len(alt) > LONGEST_ALT for _one, alt in self.photos.stored):
                said.append(_("Describe each photo in %(max)s characters or fewer.", max=LONGEST_ALT))
        return said

    @property
    def problems(self) -> list[tuple[str, str]]:
        wrong = [(one, error) for one in self.asked for error in one.errors]
        if len(wrong) == 1:
            return [(wrong[0][0].id, wrong[0][1])]
        return [(one.id, f"{self.texts.of(f'{one.question.id}.text')[0]} – {error}") for one, error in wrong]

    @property
    def given(self) -> dict[str, Value]:
        """The answers that could be read."""
        return {one.question.id: one.reading.value for one in self.asked if not one.reading.trouble}

    @property
    def unread(self) -> dict[str, Typed]:
        """What was typed where no answer could be read."""
        return {one.question.id: self._as_typed(one) for one in self.asked if one.reading.trouble}

    def _as_typed(self, asked: Asked) -> Typed:
        if asked.question.kind is not Kind.PLACE or not self.point:
            return asked.typed
        point = {"latitude": self.point.latitude, "longitude": self.point.longitude}
        return {**asked.typed, **{f"{asked.question.id}.{name}": [str(n)] for name, n in point.items()}}


def typed_for(question: Question) -> Typed:
    """What a form brought to a question, cleaned. More than any answer needs is cut, not kept."""
    clean = clean_text if question.kind is Kind.LONG else clean_line
    sent = fields_of(question, request.form.to_dict(flat=False))
    return {
        name: [clean(text.replace("\0", ""))[:_MOST_KEPT] for text in values[:100]]
        for name, values in sent.items()
    }


class StartForm(Form):
    """Which municipality somebody answers for, where a survey belongs to several."""

    municipality = RadioField(
        _l("Which municipality is it for?"), [Filled(_l("Choose one option"))], validate_choice=False
    )

    def validate_municipality(self, field: Any) -> None:
        if field.data not in {choice.value for choice in field.choices}:
            raise ValidationError(_("Choose one option"))


class SendForm(Form):
    """What is asked at the end, for a whole survey."""

    sector = SelectField(
        _l("Who do you speak for?"), validate_choice=False,
        choices=choices(("", _l("I would rather not say")), *SECTOR_WORDS.items()),
    )
    # Asked only where something looks private.
    checked = BooleanField(_l("Send the answer as it is"))

    def __init__(
        self, lacking: Sequence[tuple[str, str]] = (), *, is_private: bool = False, is_shown: bool = False
    ) -> None:
        super().__init__()
        self.lacking, self.is_private, self.is_shown = list(lacking), is_private, is_shown

    def validate_sector(self, field: Any) -> None:
        if field.data and field.data not in SECTOR_WORDS:
            raise ValidationError(_("Choose one option"))

    def validate_checked(self, field: Any) -> None:
        if not self.is_private or field.data:
            return
        if self.is_shown:
            raise ValidationError(_(
                "The text seems to contain contact details or a private number. Everyone will see it."
                " Change it, or tick the box to send it as it is."
            ))
        raise ValidationError(_(
            "Your answer seems to contain contact details or a private number, which may tell who you are."
            " Change it, or tick the box to send it as it is."
        ))

    @property
    def problems(self) -> list[tuple[str, str]]:
        return [*self.lacking, *super().problems]


class BackForm(Form):
    """The code of an answer, typed."""

    code = Line(_l("Code"), [Filled(_l("Enter the code"))])
