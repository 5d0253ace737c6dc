"""The shape of what a resident sends."""

import uuid
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import EmailField, HiddenField, RadioField, SelectField, StringField
from wtforms.validators import Optional, ValidationError

from citizen.base import locale
from citizen.base.forms import AtMost, Filled, Form, Line, Text, choices, is_address
from citizen.base.words import clean_line, has_words
from citizen.places.rules.points import Point, read_point

TITLE_LENGTH = 120
BODY_LENGTH = 5000
PLACE_LENGTH = 200

SECTOR_WORDS = {
    "resident": _l("Myself"),
    "civil_society": _l("Civil society"),
    "business": _l("Business"),
    "public": _l("Public sector"),
    "academia": _l("Academia"),
}


def _in_words(form: Any, field: Any) -> None:
    if not has_words(field.data):
        raise ValidationError(gettext("Write with letters, so that others can read it"))


class TextForm(Form):
    """Title, description and place: what of an idea everyone will read."""

    title = Line(_l("Title"), [Filled(_l("Enter a title")), AtMost(TITLE_LENGTH), _in_words])
    body = Text(_l("Description"), [Filled(_l("Tell us about your idea")), AtMost(BODY_LENGTH), _in_words])
    place = Line(_l("Place"), [AtMost(PLACE_LENGTH)])


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
