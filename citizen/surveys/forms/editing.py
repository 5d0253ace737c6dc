"""The shape of a page, of a question with its options, and of the buttons around them."""

import re
from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, IntegerField, SelectField, SelectMultipleField
from wtforms.validators import Optional, ValidationError

from citizen.base import locale
from citizen.base.forms import AtMost, Filled, Line, Text, VersionForm, choices
from citizen.base.markup import lines
from citizen.surveys.forms import conditions
from citizen.surveys.forms.words import KIND_WORDS
from citizen.surveys.rules.document import END, Document, Kind, Option, Page, Question, points
from citizen.surveys.rules.editing import LONGEST_CODE, parts_of
from citizen.surveys.rules.lengths import (
    LONGEST_HELP,
    LONGEST_PAGE,
    LONGEST_PART,
    LONGEST_QUESTION,
    LONGEST_TITLE,
    LONGEST_UNIT,
)
from citizen.surveys.rules.retyping import kinds_for

MOST_PARTS = 200
# The least that the column and every spreadsheet holds without trouble.
_BOUND = 10**9

_OF_ALL = {"text", "help", "code"}
_OF_ANSWERS = _OF_ALL | {"required", "dont_know", "not_say", "background"}
_BESIDE = {
    Kind.SHORT: {"most", "contributes"},
    Kind.LONG: {"most", "contributes"},
    Kind.ONE: {"random", "more_options"},
    Kind.SEVERAL: {"least", "most", "random", "more_options"},
    Kind.SCALE: {"least", "most"},
    Kind.MATRIX: {"more_options", "more_rows"},
    Kind.RANKING: {"least", "most", "random", "more_options"},
    Kind.NUMBER: {"least", "most", "decimals", "unit"},
}
_FLAGS = {
    Kind.ONE: ("writes", "fixed"),
    Kind.SEVERAL: ("writes", "exclusive", "fixed"),
    Kind.RANKING: ("fixed",),
}
FLAG_WORDS = {
    "writes": _l("Words can be written beside it"),
    "exclusive": _l("Is chosen alone"),
    "fixed": _l("Stays last"),
}
_BOUND_WORDS = {
    Kind.SHORT: (_l("Fewest"), _l("Most characters")),
    Kind.LONG: (_l("Fewest"), _l("Most characters")),
    Kind.SEVERAL: (_l("Fewest to choose"), _l("Most to choose")),
    Kind.RANKING: (_l("Fewest to rank"), _l("Most to rank")),
    Kind.SCALE: (_l("Lowest point"), _l("Highest point")),
    Kind.NUMBER: (_l("Smallest number"), _l("Largest number")),
}


class TitleForm(VersionForm):
    """The words around a survey."""

    title = Line(_l("Title"), [Filled(_l("Enter a title")), AtMost(LONGEST_TITLE)])
    others = SelectMultipleField(
        _l("Other languages it is offered in"),
        choices=choices(*((k, v) for k, v in locale.IN_WORDS.items() if k in locale.LANGUAGES)),
    )
    intro = Text(_l("Before the first question"), [AtMost(LONGEST_PAGE)])
    thanks = Text(_l("When somebody has answered"), [AtMost(LONGEST_PAGE)])


class NewQuestionForm(VersionForm):
    """A question of a kind, with its text and, in one go, its options."""

    page = SelectField(_l("Page"), choices=[])
    kind = SelectField(_l("Kind"), choices=choices(*((k.value, words) for k, words in KIND_WORDS.items())))
    text = Text(_l("Question"), [Filled(_l("Write the question")), AtMost(LONGEST_QUESTION)])
    options = Text(_l("Options, one on each line"))

    def validate_options(self, field: Any) -> None:
        are_lines_short(self, field)


def are_lines_short(form: Any, field: Any) -> None:
    """Each line is a part, and there are not too many."""
    found = lines(field.data or "")
    if len(found) > MOST_PARTS or any(len(line) > LONGEST_PART for line in found):
        raise ValidationError(
            _("Write at most %(count)s lines, each of %(max)s characters or fewer",
              count=MOST_PARTS, max=LONGEST_PART)
        )


def is_code(form: Any, field: Any) -> None:
    """The field holds a code that files for others can use."""
    if field.data and (len(field.data) > LONGEST_CODE or not re.fullmatch(r"[a-z][a-z0-9_]*", field.data)):
        raise ValidationError(
            _("Begin with a letter from a to z, and go on with such letters, digits and _")
        )


class QuestionForm(VersionForm):
    """Everything about one question; what its kind does not have is taken away."""

    text = Text(_l("Question"), [Filled(_l("Write the question")), AtMost(LONGEST_QUESTION)])
    help = Text(_l("Help"), [AtMost(LONGEST_HELP)])
    required = BooleanField(_l("Must be answered"))
    dont_know = BooleanField(_l("Offer “Don’t know”"))
    not_say = BooleanField(_l("Offer “Prefer not to say”"))
    random = BooleanField(_l("Show the options in random order"))
    least = IntegerField(_l("Fewest"), [Optional()])
    most = IntegerField(_l("Most"), [Optional()])
    decimals = IntegerField(_l("Digits after the decimal mark"), [Optional()])
    unit = Line(_l("Unit"), [AtMost(LONGEST_UNIT)])
    contributes = BooleanField(_l("Answers become public, like ideas, once they have been moderated"))
    background = BooleanField(_l("Says who answers rather than what they think"))
    code = Line(_l("Code in files"), [Filled(_l("Write a code")), is_code])
    more_options = Text(_l("Add options, one on each line"), [are_lines_short])
    more_rows = Text(_l("Add items, one on each line"), [are_lines_short])

    def validate_decimals(self, field: Any) -> None:
        if field.data is not None and not 0 <= field.data <= 6:
            raise ValidationError(_("Write a whole number from %(least)s to %(most)s", least=0, most=6))

    def validate_least(self, field: Any) -> None:
        if field.data is not None and abs(field.data) > _BOUND:
            raise ValidationError(_("The number is too large"))

    def validate_most(self, field: Any) -> None:
        if field.data is not None and abs(field.data) > _BOUND:
            raise ValidationError(_("The number is too large"))
        low = self.least.data if "least" in self else None
        if field.data is not None and low is not None and field.data < low:
            raise ValidationError(_("The largest cannot be less than the smallest"))


def question_form(document: Document, question: Question, said: Mapping[str, str]) -> Any:
    """The form of one question, as it is now or as it was sent."""
    fields: dict[str, Any] = {}
    for part in parts_of(question):
        fields |= _fields_of_part(question, part, said)
    if question.kind is Kind.SCALE:
        for point in points(question):
            fields[f"point{point}"] = Line(
                _l("Words at %(point)s", point=point), [AtMost(LONGEST_PART)],
                default=said.get(f"{question.id}.{point}", ""),
            )
    fields |= conditions.fields_of("if", question.show_if)
    values = {name: getattr(question, name) for name in (
        "required", "dont_know", "not_say", "random", "least", "most", "decimals", "contributes",
        "background", "code",
    )} | {name: said.get(f"{question.id}.{name}", "") for name in ("text", "help", "unit")}
    form = type("ThisQuestionForm", (QuestionForm,), fields)(**values)
    _take_away(form, question)
    return form


def _fields_of_part(question: Question, part: Any, said: Mapping[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {f"{part.id}_text": Line(
        _l("Text"), [Filled(_l("Write what can be answered")), AtMost(LONGEST_PART)],
        default=said.get(f"{question.id}.{part.id}", ""),
    )}
    if not part.since:
        found[f"{part.id}_code"] = Line(
            _l("Code in files"), [Filled(_l("Write a code")), is_option_code], default=part.code
        )
    for flag in _FLAGS.get(question.kind, ()) if isinstance(part, Option) else ():
        found[f"{part.id}_{flag}"] = BooleanField(FLAG_WORDS[flag], default=getattr(part, flag))
    return found


def is_option_code(form: Any, field: Any) -> None:
    """As `is_code`; an option may be called by its number."""
    if field.data and (len(field.data) > LONGEST_CODE or not re.fullmatch(r"[a-z0-9][a-z0-9_]*", field.data)):
        raise ValidationError(_("Use letters from a to z, digits and _"))


def flags_of(question: Question) -> tuple[str, ...]:
    """What can be said of each of its options."""
    return _FLAGS.get(question.kind, ())


def _take_away(form: Any, question: Question) -> None:
    has = _OF_ALL if question.kind is Kind.STATEMENT else _OF_ANSWERS | _BESIDE.get(question.kind, set())
    if question.kind in (Kind.SHORT, Kind.LONG, Kind.PHOTO):
        has = has - {"dont_know"}
    if question.since:
        has = has - {"code"}
    for name in [f.name for f in form if f.name in QuestionForm.__dict__]:
        if name not in has:
            del form[name]
    if question.kind in _BOUND_WORDS:
        low, high = _BOUND_WORDS[question.kind]
        for name, words in (("least", low), ("most", high)):
            if name in form:
                form[name].label.text = words


def page_form(page: Page, document: Document, said: Mapping[str, str]) -> Any:
    """The form of one page: its words, when it is shown, and where it leads."""
    fields = conditions.fields_of("if", page.show_if)
    number = [p.id for p in document.pages].index(page.id)
    later = [(p.id, said.get(f"{p.id}.title") or str(_("Page %(number)s", number=n)))
             for n, p in enumerate(document.pages, 1) if n > number + 1]
    for place in range(1, len(page.jumps) + 2):
        jump = page.jumps[place - 1] if place <= len(page.jumps) else None
        fields |= conditions.fields_of(f"jump{place}_", jump.condition if jump else None)
        known = [*later, (END, _("The end of the survey"))]
        fields[f"jump{place}_to"] = SelectField(
            _l("Go to"), choices=choices(("", _("The next page, as usual")), *known),
            default=jump.target if jump else "",
        )
    return type("ThisPageForm", (PageForm,), fields)(
        title=said.get(f"{page.id}.title", ""), text=said.get(f"{page.id}.text", "")
    )


class PageForm(VersionForm):
    """The words of a page."""

    title = Line(_l("Title"), [AtMost(LONGEST_TITLE)])
    text = Text(_l("Text"), [AtMost(LONGEST_PAGE)])


class KindForm(VersionForm):
    """Another kind for a question."""

    kind = SelectField(_l("New kind"))

    def __init__(self, question: Question, **values: Any) -> None:
        super().__init__(**values)
        offered = kinds_for(question)
        self.kind.choices = choices(*((k.value, words) for k, words in KIND_WORDS.items() if k in offered))


class MoveForm(VersionForm):
    """One place up or down, or to another page."""

    to = SelectField(_l("Move to page"), validate_choice=False, choices=[])
