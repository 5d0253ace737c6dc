"""The shape of what a moderator chooses to see, keeps, and does with several at once."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, SelectField, SelectMultipleField, StringField

from citizen.base import locale
from citizen.base.forms import AtMost, Filled, Form, Line, choices, whole_number
from citizen.base.words import clean_line
from citizen.moderation.rules.urgency import Kind

KIND_WORDS = {
    Kind.NEW: _l("New"), Kind.AGAIN: _l("Sent again"), Kind.REVIEW: _l("Published, to be looked at"),
    Kind.REPORTED: _l("Reported"), Kind.SECOND: _l("Needs a second person"), Kind.APPEAL: _l("Appeal"),
}


class SelectionForm(Form):
    """Search and filter of the queue; a GET form, so without a token."""

    class Meta(Form.Meta):
        csrf = False

    q = StringField(_l("Reference number or words"), filters=[clean_line])
    programme = SelectField(_l("Programme"), validate_choice=False)
    municipality = SelectField(_l("Municipality"), validate_choice=False)
    written_in = SelectMultipleField(
        _l("Written in"), validate_choice=False, choices=choices(*locale.NAMES.items())
    )
    # These narrow what waits.
    why = SelectField(_l("Why it waits"), validate_choice=False,
                      choices=choices(("", _l("All reasons")), *KIND_WORDS.items()))
    desk = SelectField(_l("Whose desk"), validate_choice=False)
    late = BooleanField(_l("Only what is late"))
    hits = BooleanField(_l("Only what seems to hold personal data"))

    def __init__(self, *arguments: Any, **values: Any) -> None:
        super().__init__(*arguments, **values)
        self.desk.choices = choices(("", _l("Everybody’s")), ("mine", _l("Mine")), ("nobody", _l("Nobody’s")))


class ViewForm(Form):
    """A choice of what to see, under a name."""

    name = Line(_l("Name of the view"), [Filled(_l("Write a name")), AtMost(60)])
    chosen = HiddenField()


class AssignmentForm(Form):
    """On whose desk an item lies."""

    to = SelectField(_l("Whose desk"), validate_choice=False)

    @property
    def person(self) -> int | None:
        """Whose; None for nobody's. What cannot be read is nobody there is."""
        return whole_number(self.to.data) if self.to.data else None
