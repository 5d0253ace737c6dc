"""The shape of which languages somebody reads."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectMultipleField

from citizen.base import locale
from citizen.base.forms import Form, choices

LAST, HIDDEN = "last", "hidden"


class ReadingForm(Form):
    """Languages, and what becomes of what is written in others."""

    reads = SelectMultipleField(
        _l("Languages I read"), validate_choice=False, choices=choices(*locale.NAMES.items())
    )
    others = RadioField(
        _l("What is written in other languages"), validate_choice=False,
        choices=choices((LAST, _l("Comes last in the queue")), (HIDDEN, _l("Is not shown in the queue"))),
    )

    @property
    def chosen(self) -> list[str]:
        """Those of the languages that are ours; none ticked is all of them."""
        return [one for one in self.reads.data or [] if one in locale.LANGUAGES]

    @property
    def hides_others(self) -> bool:
        return bool(self.others.data == HIDDEN)


def reading_form(choice: Any) -> ReadingForm:
    """The form as it stands: what somebody has chosen, else everything."""
    return ReadingForm(
        formdata=None, reads=choice.languages if choice else list(locale.LANGUAGES),
        others=HIDDEN if choice and choice.hides_others else LAST,
    )
