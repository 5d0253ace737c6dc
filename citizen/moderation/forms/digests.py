"""The shape of how somebody wants to hear what waits."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField
from wtforms.validators import ValidationError

from citizen.base import locale
from citizen.base.forms import Filled, Form, choices
from citizen.moderation.rules.digests import WEEKDAYS, Rhythm


def _known_rhythm(form: Any, field: Any) -> None:
    if field.data not in set(Rhythm):
        raise ValidationError(_("Choose one option"))


class DigestForm(Form):
    """Never, every working day, or once a week on one."""

    rhythm = RadioField(
        _l("Mail about what waits"), [Filled(_l("Choose one option")), _known_rhythm], validate_choice=False,
        choices=choices(
            (Rhythm.NEVER.value, _l("Never")), (Rhythm.DAILY.value, _l("Every working day")),
            (Rhythm.WEEKLY.value, _l("Once a week")),
        ),
    )
    weekday = SelectField(_l("On which day, if once a week"), validate_choice=False)

    def __init__(self, *arguments: Any, **values: Any) -> None:
        super().__init__(*arguments, **values)
        names = locale.cldr(locale.current()).days["format"]["wide"]
        self.weekday.choices = choices(*((str(day), names[day]) for day in WEEKDAYS))

    @property
    def chosen_weekday(self) -> int:
        """The weekday, Monday where it is none that can be chosen."""
        found = (day for day in WEEKDAYS if str(day) == self.weekday.data)
        return next(found, WEEKDAYS[0])
