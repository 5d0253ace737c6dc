"""The shapes of a case and of what is done in it."""

from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField
from wtforms.validators import Optional, ValidationError

from citizen.base import clock, locale
from citizen.base.forms import (
    AtMost,
    Day,
    Filled,
    Form,
    Line,
    Text,
    VersionForm,
    choices,
    is_address,
    is_day,
)
from citizen.records.actions import NewCase
from citizen.records.rules import CaseKind, Sought

WORDS_LENGTH = 4000


def _has_come(form: Any, field: Any) -> None:
    if field.day and field.day > clock.today():
        raise ValidationError(_("The request cannot have come in the future"))


class CaseForm(Form):
    """What somebody asks for."""

    kind = RadioField(_l("What is asked for"), [Filled(_l("Choose what is asked for"))], choices=choices(
        (CaseKind.ACCESS, _l("To know what is kept")),
        (CaseKind.CORRECTION, _l("To have something corrected")),
        (CaseKind.ERASURE, _l("To have something erased")),
    ), validate_choice=False)
    person = Line(_l("Who asks"), [Filled(_l("Write who asks")), AtMost(200)])
    email = Line(_l("E-mail"), [Optional(), is_address])
    written_in = SelectField(_l("Language"), choices=choices(*locale.NAMES.items()))
    received_on = Day(_l("The request came on"),
                      [Filled(_l("Write the day the request came")), is_day, _has_come])
    case_number = Line(_l("Case number in the registry"), [AtMost(60)])

    def validate_kind(self, field: Any) -> None:
        """One of those there are."""
        if field.data not in set(CaseKind):
            raise ValidationError(_("Choose what is asked for"))

    @property
    def case(self) -> NewCase:
        """The case, once the form is valid."""
        received_on = self.received_on.day or date.min
        return NewCase(
            kind=CaseKind(self.kind.data), person=str(self.person.data), email=self.email.data or None,
            language=str(self.written_in.data), received_on=received_on,
            case_number=self.case_number.data or "",
        )


class SearchForm(Form):
    """What to look for. It is posted: what it holds is too private for an address."""

    by = SelectField(_l("Look for"), choices=choices(
        (Sought.EMAIL, _l("E-mail address")), (Sought.CODE, _l("Code of a receipt")),
        (Sought.REFERENCE, _l("Reference number")), (Sought.WORDS, _l("Words in a text, such as a name")),
    ))
    sought = Line(_l("What to look for"), [Filled(_l("Write what to look for")), AtMost(200)])

    def validate_sought(self, field: Any) -> None:
        """Two letters stand in nearly every text."""
        if self.by.data == Sought.WORDS and len(field.data or "") < 3:
            raise ValidationError(_("Write at least three letters"))


class ReasonForm(Form):
    """Why something is done about a record."""

    reason = Text(_l("Reason"), [Filled(_l("Write the reason")), AtMost(WORDS_LENGTH)])


class EraseForm(ReasonForm):
    """Which words go, and why."""

    words = Text(_l("Words to take out, one a line"), [AtMost(WORDS_LENGTH)])
    address = BooleanField(_l("Also forget the e-mail address that was left"))


class ExtendForm(Form):
    """Why an answer takes longer."""

    because = Text(_l("Why more time is needed"),
                   [Filled(_l("Write why more time is needed")), AtMost(WORDS_LENGTH)])


class CloseForm(VersionForm):
    """The answer to the person."""

    answer = Text(_l("Answer to the person"), [Filled(_l("Write the answer")), AtMost(WORDS_LENGTH)])
