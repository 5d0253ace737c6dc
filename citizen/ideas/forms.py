"""The shape of what a resident sends."""

import uuid
from typing import Any

from flask import get_template_attribute
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import EmailField, HiddenField, RadioField, SelectField, StringField
from wtforms.validators import Optional, ValidationError

from citizen.base import locale
from citizen.base.forms import AtMost, Filled, Form, Line, Text, choices, is_address
from citizen.base.words import clean_line, has_words
from citizen.contributions.forms import PicturesField
from citizen.ideas.rules.alike import REPORT_REASONS
from citizen.places.rules.points import Point, read_point
from citizen.privacy.forms import AsksFirst, no_identity

TITLE_LENGTH = 120
BODY_LENGTH = 5000
PLACE_LENGTH = 200
LINE_LENGTH = 300
REPORT_LENGTH = 1000

SECTOR_WORDS = {
    "resident": _l("Myself"),
    "civil_society": _l("Civil society"),
    "business": _l("Business"),
    "public": _l("Public sector"),
    "academia": _l("Academia"),
}


STAFF_SECTOR_WORDS = {**SECTOR_WORDS, "resident": _l("Resident")}
NOTE_SOURCES = {"workshop": _l("A workshop"), "paper": _l("Paper")}


def _in_words(form: Any, field: Any) -> None:
    if not has_words(field.data):
        raise ValidationError(gettext("Write with letters, so that others can read it"))


class TextForm(AsksFirst):
    """Title, description, photos and place: what of an idea everyone will see."""

    asked_about = ("title", "body", "pictures", "place")

    title = Line(
        _l("Title"), [Filled(_l("Enter a title")), AtMost(TITLE_LENGTH), _in_words, no_identity]
    )
    body = Text(
        _l("Description"),
        [Filled(_l("Tell us about your idea")), AtMost(BODY_LENGTH), _in_words, no_identity],
    )
    pictures = PicturesField(_l("Photos"))
    place = Line(_l("Place"), [AtMost(PLACE_LENGTH), no_identity])


class LineForm(AsksFirst):
    """A line that adds to an idea: what of it everyone will read."""

    asked_about = ("body",)

    body = Line(
        _l("What would you add?"),
        [Filled(_l("Write what you would add")), AtMost(LINE_LENGTH), _in_words, no_identity],
    )


class VoiceForm(AsksFirst):
    """A voice for an idea, with or without a line. Several stand on one page, so fields are told apart.

    ``in_place`` is set by the script, which wants a piece of a page back; ``receipt`` is the code of the
    receipt that the voice was given on.
    """

    asked_about = ("line",)

    line = Line(_l("What would you add?"), [AtMost(LINE_LENGTH), no_identity])
    written_in = HiddenField()
    receipt = HiddenField()
    in_place = HiddenField()

    def __init__(self, ref: str, **values: Any) -> None:
        super().__init__(**values)
        self.line.id, self.checked.id = f"line-{ref}", f"checked-{ref}"

    @property
    def language(self) -> str:
        """The language the line is in: the one chosen for the idea, else the page's."""
        return locale.match(self.written_in.data) or locale.current()

    def validate(self, extra_validators: Any = None, *, takes_lines: bool = True) -> bool:
        """Check the line; where none are taken, an empty one may still come with a voice."""
        valid = bool(super().validate(extra_validators))
        if self.line.data and not has_words(self.line.data):
            self.line.errors = [gettext("Write with letters, so that others can read it")]
        elif self.line.data and not takes_lines:
            self.line.errors = [gettext("This programme is not collecting ideas at the moment.")]
        return valid and not self.line.errors


class ReportForm(AsksFirst):
    """What a reader wants looked at, and why. Nothing says who they are."""

    asked_about, is_shown = ("words",), False

    reason = RadioField(_l("What is wrong?"), [Filled(_l("Choose a reason"))], validate_choice=False)
    words = Text(_l("Tell us more"), [AtMost(REPORT_LENGTH), no_identity])

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        in_words = get_template_attribute("parts/states.html", "reason")
        self.reason.choices = choices(*((code.value, in_words(code.value)) for code in REPORT_REASONS))

    def validate_reason(self, field: Any) -> None:
        if field.data not in set(REPORT_REASONS):
            raise ValidationError(gettext("Choose a reason"))


class IdeaForm(TextForm):
    """The whole idea, on one screen."""

    municipality = RadioField(
        _l("Which municipality is it for?"), [Filled(_l("Choose one option"))], validate_choice=False
    )
    sector = SelectField(
        _l("Who do you speak for?"), validate_choice=False,
        choices=choices(("", _l("I would rather not say")), *SECTOR_WORDS.items()),
    )
    written_in = SelectField(
        _l("Which language do you write in?"), choices=choices(*locale.NAMES.items()), validate_choice=False
    )
    email = EmailField(_l("E-mail"), [Optional(), AtMost(254), is_address], filters=[clean_line])
    client_key = HiddenField()
    latitude, longitude = HiddenField(), HiddenField()

    @property
    def point(self) -> Point | None:
        """The point that a map or the phone has filled in; what is none is dropped, for nobody typed it."""
        return read_point(self.latitude.data, self.longitude.data)

    @point.setter
    def point(self, point: Point | None) -> None:
        self.latitude.data = str(point.latitude) if point else ""
        self.longitude.data = str(point.longitude) if point else ""

    def validate_municipality(self, field: Any) -> None:
        if field.data not in {choice.value for choice in field.choices}:
            raise ValidationError(gettext("Choose one option"))

    def validate_sector(self, field: Any) -> None:
        if field.data and field.data not in SECTOR_WORDS:
            raise ValidationError(gettext("Choose one option"))

    def validate_written_in(self, field: Any) -> None:
        if field.data not in locale.LANGUAGES:
            raise ValidationError(gettext("Choose one option"))

    def validate_client_key(self, field: Any) -> None:
        # A key that is missing or odd is replaced: it guards against double sends, nothing else.
        try:
            field.data = str(uuid.UUID(field.data or ""))
        except ValueError:
            field.data = str(uuid.uuid4())


class NoteForm(IdeaForm):
    """A note from a workshop or from paper, typed by staff: what differs first, what stays the same last."""

    body = Text(
        _l("Description"),
        [Filled(_l("Write down what was said")), AtMost(BODY_LENGTH), _in_words, no_identity],
    )
    title = Line(_l("Title"), [AtMost(TITLE_LENGTH), no_identity])
    sector = SelectField(
        _l("Who said it?"), validate_choice=False,
        choices=choices(("", _l("Not stated")), *STAFF_SECTOR_WORDS.items()),
    )
    place = Line(_l("Place"), [AtMost(PLACE_LENGTH), no_identity])
    source = SelectField(_l("Where does it come from?"), choices=choices(*NOTE_SOURCES.items()))
    municipality = SelectField(
        _l("Municipality"), [Filled(_l("Choose one option"))], validate_choice=False
    )
    written_in = SelectField(
        _l("Language"), choices=choices(*locale.NAMES.items()), validate_choice=False
    )
    # Staff know what they type; whoever moderates sees it again.
    email, checked = None, None


class RetypeForm(Form):
    """The text of a note, corrected."""

    body = Text(
        _l("Description"),
        [Filled(_l("Write down what was said")), AtMost(BODY_LENGTH), _in_words, no_identity],
    )
    title = Line(_l("Title"), [AtMost(TITLE_LENGTH), no_identity])
    place = Line(_l("Place"), [AtMost(PLACE_LENGTH), no_identity])


class NewsForm(Form):
    """Where the author wants news."""

    email = EmailField(
        _l("E-mail"), [Filled(_l("Enter an e-mail address, like name@example.org")), AtMost(254), is_address],
        filters=[clean_line],
    )


class DeletionForm(AsksFirst):
    """A request for deletion; nobody has to say why."""

    asked_about, is_shown = ("words",), False
    words = Text(_l("What should be deleted, and why?"), [AtMost(2000), no_identity])


class AppealForm(AsksFirst):
    """That somebody else look at a decision; nobody has to say why."""

    asked_about, is_shown = ("words",), False
    words = Text(_l("What should they know?"), [AtMost(2000), no_identity])


class KioskForm(Form):
    """Which municipality a device in a library stands for."""

    municipality = RadioField(
        _l("Which municipality is it for?"), [Filled(_l("Choose one option"))], validate_choice=False
    )

    def validate_municipality(self, field: Any) -> None:
        if field.data not in {choice.value for choice in field.choices}:
            raise ValidationError(gettext("Choose one option"))


class SearchForm(Form):
    """Search and filter of the public list; a GET form, so without a token."""

    class Meta(Form.Meta):
        csrf = False

    q = StringField(_l("Search"), filters=[clean_line])
    written_in = SelectField(
        _l("Language"), validate_choice=False,
        choices=choices(("", _l("All languages")), *locale.NAMES.items()),
    )
    municipality = SelectField(_l("Municipality"), validate_choice=False)
    sort = SelectField(
        _l("Order"), validate_choice=False,
        choices=choices(("newest", _l("Newest first")), ("support", _l("Most supported first"))),
    )


class CodeForm(Form):
    """A receipt's code, typed."""

    code = Line(_l("Code"), [Filled(_l("Enter the code from your receipt"))])
