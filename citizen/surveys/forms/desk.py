"""The shape of a new survey, of how it is run, and of a search in the library."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, IntegerField, RadioField, SelectField, SelectMultipleField
from wtforms.validators import InputRequired, ValidationError

from citizen.base import locale
from citizen.base.forms import AtMost, Day, Filled, Form, Line, VersionForm, choices, is_day
from citizen.surveys.forms.words import LEVEL_NAMES
from citizen.surveys.rules import FLOOR, USUAL_K, Level, Shown
from citizen.surveys.rules.lengths import LONGEST_TITLE

LARGEST_K = 100

SHOWN_WORDS = {
    Shown.AFTERWARDS: _l("When the survey has closed"),
    Shown.LIVE: _l("While it can be answered, and afterwards"),
    Shown.NEVER: _l("Never"),
}


def _level() -> Any:
    return RadioField(
        _l("How far answers can be traced"), [InputRequired(_l("Choose one option"))],
        choices=choices(*((level.value, words) for level, words in LEVEL_NAMES.items())),
        default=Level.ANONYMOUS.value,
    )


def _closes_on() -> Any:
    return Day(_l("Closing date"), [is_day])


class NewForm(Form):
    """A survey that begins empty."""

    title = Line(_l("Title"), [Filled(_l("Enter a title")), AtMost(LONGEST_TITLE)])
    source = SelectField(
        _l("The language you write in"), choices=choices(*((k, v) for k, v in locale.IN_WORDS.items()
                                                           if k in locale.LANGUAGES)),
    )
    others = SelectMultipleField(
        _l("Other languages it is offered in"), validate_choice=True,
        choices=choices(*((k, v) for k, v in locale.IN_WORDS.items() if k in locale.LANGUAGES)),
    )
    owner = SelectField(_l("Whom it is for"))
    level = _level()
    once = BooleanField(_l("One answer each"), default=True)
    closes_on = _closes_on()

    @property
    def languages(self) -> tuple[str, ...]:
        """The chosen languages, the one it is written in first."""
        return tuple(dict.fromkeys([str(self.source.data), *(self.others.data or [])]))


class CopyForm(Form):
    """Whom a copy is for."""

    owner = SelectField(_l("Whom it is for"))


class LibraryForm(Form):
    """A search for a survey to begin from."""

    q = Line(_l("Search"))


class SettingsForm(VersionForm):
    """How a survey is run. What has been promised to those who answer is fixed once somebody has begun."""

    opens_on = Day(_l("First day"), [is_day])
    closes_on = _closes_on()
    level = _level()
    once = BooleanField(_l("One answer each"))
    asks_sector = BooleanField(_l("Ask which sector somebody speaks for"))
    results = RadioField(
        _l("When everybody can see the results"), [InputRequired(_l("Choose one option"))],
        choices=choices(*((shown.value, words) for shown, words in SHOWN_WORDS.items())),
    )
    k = IntegerField(_l("The fewest people a figure may be about"), default=USUAL_K)
    in_library = BooleanField(_l("Offer it in the library, so that others can begin from it"))

    def validate_closes_on(self, field: Any) -> None:
        if field.day and self.opens_on.day and field.day < self.opens_on.day:
            raise ValidationError(_("The closing date cannot come before the first day"))

    def validate_k(self, field: Any) -> None:
        if field.data is None or not FLOOR <= field.data <= LARGEST_K:
            raise ValidationError(
                _("Write a whole number from %(least)s to %(most)s", least=FLOOR, most=LARGEST_K)
            )
