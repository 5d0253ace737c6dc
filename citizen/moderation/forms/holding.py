"""The shape of what is chosen among that which is held back, and of a "no" to all of it."""

from typing import Any

from flask import get_template_attribute
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField
from wtforms.validators import ValidationError

from citizen.base.forms import Filled, Form, choices, whole_number
from citizen.contributions.rules import Reason

# What one person may say to hundreds at once. Hate and threats are read one by one, by two.
REASONS = (Reason.ADVERT, Reason.DUPLICATE, Reason.OFF_TOPIC)


class HeldForm(Form):
    """Those that are ticked, or all that were there when the page was made."""

    up_to = HiddenField()

    @property
    def takes_all(self) -> bool:
        return self.seen_up_to is not None

    @property
    def seen_up_to(self) -> int | None:
        """The newest that the page knew of, where all are meant."""
        return whole_number(self.up_to.data) if self.up_to.data else None


class RejectHeldForm(HeldForm):
    """The same, with the reason that all of them get."""

    reason = SelectField(_l("Reason"), [Filled(_l("Choose a reason"))], validate_choice=False)

    def __init__(self, *arguments: Any, **values: Any) -> None:
        super().__init__(*arguments, **values)
        in_words = get_template_attribute("parts/states.html", "reason")
        self.reason.choices = choices(*((code.value, in_words(code.value)) for code in REASONS))

    def validate_reason(self, field: Any) -> None:
        if field.data not in set(REASONS):
            raise ValidationError(_("Choose a reason"))
