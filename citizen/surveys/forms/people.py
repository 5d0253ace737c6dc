"""The shape of what staff tell about those who answer."""

import uuid
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, SelectField
from wtforms.validators import ValidationError

from citizen.base import locale
from citizen.base.forms import AtMost, Filled, Form, Line, OneFile, Text, choices, unreadable_words
from citizen.base.tables import Sought, UnreadableFile, read_table
from citizen.surveys.rules import inviting

PLACE_LENGTH = 40
LARGEST_FILE = 1024 * 1024
_WRONG = {
    "email": _l("This is no e-mail address, like name@example.org."),
    "language": _l("This language is not known. Write one of %(codes)s, or nothing."),
    "name": _l("This name is too long."),
    "many": _l("These are more than can be invited at once. Invite the rest afterwards."),
}


def wrong_words(why: str) -> str:
    """What is wrong with a line and what to do about it."""
    return str(_WRONG[why]) % {"codes": ", ".join(locale.LANGUAGES)}


class PlaceForm(Form):
    """The place or channel that a link is made for."""

    via = Line(_l("Place or channel"), [Filled(_l("Name the place")), AtMost(PLACE_LENGTH)])


class InviteForm(Form):
    """Addresses, typed or in a file, and what holds for those that say no more."""

    addresses = Text(_l("E-mail addresses"))
    file = OneFile(_l("Or a file with addresses"))
    language = SelectField(_l("Language of the mail, where a line names none"))
    municipality = SelectField(_l("Municipality"))

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        self.language.choices = choices(*locale.NAMES.items())

    def take_file(self) -> None:
        """Add the rows of the file to what was typed, so that all can be seen and mended."""
        sent = self.file.data
        if sent is None:
            return
        with sent.stream as stream:
            content = stream.read(LARGEST_FILE + 1)
        if getattr(sent.stream, "is_too_large", False):
            # Nothing of it was kept.
            content = b"x" * (LARGEST_FILE + 1)
        sought = Sought(inviting.recognised, "people", LARGEST_FILE, 16 * LARGEST_FILE, inviting.MOST_AT_ONCE)
        try:
            table = read_table(sent.filename, content, sought)
        except UnreadableFile as error:
            raise ValidationError(unreadable_words(error, most=inviting.MOST_AT_ONCE)) from error
        columns = inviting.recognised(table.columns)
        if "email" not in columns:
            raise ValidationError(gettext("No column is named E-mail. Name one so in the first row."))
        lines = [row.broken or inviting.line_of(row.cells, columns) for row in table.rows]
        self.addresses.data = "\n".join([*(self.addresses.data or "").splitlines(), *lines])

    def validate_file(self, field: Any) -> None:
        self.take_file()

    def validate_municipality(self, field: Any) -> None:
        if field.data not in {choice.value for choice in field.choices}:
            raise ValidationError(gettext("Choose one option"))


class SureForm(Form):
    """Something that cannot be undone, and a box to tick that says it is meant."""

    sure = BooleanField(_l("Yes, I know that this cannot be undone"),
                        [Filled(_l("Tick the box if you are sure"))])


SECTOR_WORDS = {
    "resident": _l("Resident"),
    "civil_society": _l("Civil society"),
    "business": _l("Business"),
    "public": _l("Public sector"),
    "academia": _l("Academia"),
}


class PaperForm(Form):
    """What is told of a sheet beside its answers."""

    client_key = HiddenField()
    written_in = SelectField(_l("Language of the sheet"))
    municipality = SelectField(_l("Municipality"))
    sector = SelectField(_l("Who do you speak for?"), default="")

    def validate_client_key(self, field: Any) -> None:
        try:
            uuid.UUID(field.data)
        except (TypeError, ValueError) as error:
            raise ValidationError(gettext("Reload the page and type the sheet once more.")) from error

    def validate_municipality(self, field: Any) -> None:
        if field.data not in {choice.value for choice in field.choices}:
            raise ValidationError(gettext("Choose one option"))


class KioskForm(Form):
    """Which municipality a device stands in."""

    municipality = SelectField(_l("Municipality"))
