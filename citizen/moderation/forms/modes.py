"""The shape of how a programme is moderated."""

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, RadioField
from wtforms.validators import InputRequired, NumberRange

from citizen.base.forms import Filled, Form, choices
from citizen.moderation.rules.urgency import Mode

MODE_WORDS = {
    Mode.BEFORE: _l("Before it is published: nothing is public until somebody has read it"),
    Mode.AFTER: _l("Afterwards: everything is public at once, and somebody reads it soon"),
    Mode.FLAGGED: _l(
        "Only what should be looked at: photos, what seems to hold personal data, and what comes several"
        " times"
    ),
}


class ModeForm(Form):
    """When somebody looks at what comes in, and how soon."""

    mode = RadioField(
        _l("When is an idea read by somebody?"), [Filled(_l("Choose one option"))],
        choices=choices(*MODE_WORDS.items()),
    )
    promise_days = IntegerField(
        _l("Within how many days?"),
        [InputRequired(_l("Write a number from 1 to 90")),
         NumberRange(1, 90, _l("Write a number from 1 to 90"))],
    )
