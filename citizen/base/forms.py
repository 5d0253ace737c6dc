"""The shape of input: cleaned at the field, told in the reader's language, shown again whole."""

import re
from datetime import date
from typing import Any

from email_validator import EmailNotValidError, validate_email
from flask import request
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import Field, FileField, HiddenField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import StopValidation, ValidationError

from citizen.base.db import SAFE_METHODS
from citizen.base.tables import UnreadableFile
from citizen.base.words import clean_line, clean_text

# What the form library says itself, in its words, and what we say instead.
_INSTEAD = {
    "Not a valid choice.": _l("Choose one option"),
    "Invalid Choice: could not coerce.": _l("Choose one option"),
    "'%(value)s' is not a valid choice for this field.": _l("Choose one option"),
    "'%(value)s' are not valid choices for this field.": _l("Choose one option"),
    "Not a valid integer value.": _l("Write a whole number"),
    "This field is required.": _l("Fill in this field"),
}

_UNREADABLE = {
    "ending": _l("Choose a file whose name ends in .xlsx or .csv."),
    "empty": _l("The file is empty."),
    "no_rows": _l("The file has a first line with the names of columns, and nothing below it."),
    "large": _l("The file is too large. It can have at most 1 MB."),
    "rows": _l("The file has more than %(max)s rows. Divide it."),
    "encoding": _l("Letters like å and ø cannot be read. Save the file as UTF-8 (in Excel: CSV UTF-8)."),
    "quotes": _l("The quotation marks from line %(line)s on do not match."),
    "same_names": _l("Two columns are named “%(name)s”."),
    "workbook": _l("This is no Excel workbook, or it is damaged. Save it once more as .xlsx."),
}

_TYPED = object()


class _OurWords:
    """Has the form library speak our words: it has no Nynorsk."""

    def gettext(self, text: str) -> str:
        return str(_INSTEAD.get(text, text))

    def ngettext(self, singular: str, plural: str, count: int) -> str:
        return self.gettext(singular if count == 1 else plural)


class Form(FlaskForm):  # type: ignore[misc]
    """Parent of every form."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        def get_translations(self, form: Any) -> _OurWords:
            return _OurWords()

    def __init__(self, formdata: Any = _TYPED, **values: Any) -> None:
        if formdata is _TYPED:
            # Only what was typed: neither JSON nor a file sent under a text field's name is that.
            typed = ((name, text.replace("\0", "")) for name, text in request.form.items(multi=True))
            formdata = None if request.method in SAFE_METHODS else MultiDict(typed)
        super().__init__(formdata=formdata, **values)

    @property
    def problems(self) -> list[tuple[str, str]]:
        """(field id, sentence) in the order of the form, for the summary on top."""
        return [(field.id, str(error)) for field in self for error in field.errors]


def choices(*pairs: tuple[str, Any]) -> list[SelectChoice]:
    """Options of a select or of radio buttons, from (value, words)."""
    return [SelectChoice(value=value, label=words) for value, words in pairs]


class ActionForm(Form):
    """A button: nothing but the token."""


def whole_number(typed: object) -> int:
    """A whole number that fits its column; -1 for anything else, which is nobody's."""
    text = "" if typed is None else str(typed)
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1


class VersionForm(Form):
    """A form with the version of what its page was made from."""

    version = HiddenField()

    @property
    def seen_version(self) -> int:
        """The version the page was made from; one that cannot be read is none there is."""
        return whole_number(self.version.data)


class Line(StringField):  # type: ignore[misc]
    """One line of text, cleaned."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = clean_line(valuelist[0]) if valuelist else ""


class Text(TextAreaField):  # type: ignore[misc]
    """Several lines of text, cleaned."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = clean_text(valuelist[0]) if valuelist else ""


class OneFile(FileField):  # type: ignore[misc]
    """One file; None where none was chosen."""

    data: Any

    def process(self, formdata: Any, *args: Any, **options: Any) -> None:
        super().process(None, *args, **options)
        sent = request.files.get(self.name)
        self.data = sent if sent and sent.filename else None


class Filled:
    """The field has something in it. Marks the field as required, and says what to say where it is empty."""

    def __init__(self, message: Any) -> None:
        self.message = message
        self.field_flags = {"required": True, "missing": message}

    def __call__(self, form: Any, field: Field) -> None:
        if not field.data:
            raise StopValidation(str(self.message))


class AtMost:
    """The text has at most so many characters."""

    def __init__(self, longest: int) -> None:
        self.longest = longest

    def __call__(self, form: Any, field: Field) -> None:
        if len(field.data or "") > self.longest:
            raise ValidationError(
                gettext("Shorten the text to %(max)s characters or fewer", max=self.longest)
            )


def is_address(form: Any, field: Field) -> None:
    """The field holds an e-mail address, kept in its normal form."""
    try:
        field.data = validate_email(field.data, check_deliverability=False).normalized
    except EmailNotValidError as error:
        raise ValidationError(gettext("Enter an e-mail address, like name@example.org")) from error


class Day(Line):
    """A date, as browsers send it or as people write it in Norway."""

    @property
    def day(self) -> date | None:
        """The date; None where there is none."""
        text = re.sub(r"^(\d{1,2})\.(\d{1,2})\.(\d{4})$", r"\3-\2-\1", self.data or "")
        parts = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text, re.ASCII)
        try:
            return date(*(int(part) for part in parts.groups())) if parts else None
        except ValueError:
            return None


def is_day(form: Any, field: Any) -> None:
    """The field holds a date."""
    if field.data and field.day is None:
        raise ValidationError(gettext("Enter the date as YYYY-MM-DD"))


def unreadable_words(error: UnreadableFile, *, most: int) -> str:
    """Why a file of 1 MB and so many rows at most cannot be used, and what to do about it."""
    return str(_UNREADABLE[error.kind]) % {"max": most, **error.values}
