"""The shapes of what is decided beside publishing: merge, move, answer, note."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField, StringField
from wtforms.validators import ValidationError

from citizen.base.forms import AtMost, Filled, Form, Line, Text, VersionForm
from citizen.base.words import clean_line
from citizen.moderation.forms.deciding import WORDS_LENGTH

ANSWER_LENGTH = 5000
SIGNED_LENGTH = 120


class FindOtherForm(Form):
    """Look for the idea that another one says the same as; a GET form, so without a token."""

    class Meta(Form.Meta):
        csrf = False

    q = StringField(_l("Reference number or words"), filters=[clean_line])


class MergeForm(VersionForm):
    """Merge with the idea that stands beside."""

    other = HiddenField()


class MoveForm(VersionForm):
    """Move to another programme; the choices are those the moderator may move to."""

    to = SelectField(_l("Programme"), [Filled(_l("Choose a programme"))], validate_choice=False)

    def validate_to(self, field: Any) -> None:
        """One of the programmes that were offered."""
        if field.data not in {choice.value for choice in field.choices if choice.value}:
            raise ValidationError(_("Choose a programme"))


class OfficialAnswerForm(VersionForm):
    """What the municipality answers in public."""

    body = Text(_l("The municipality’s answer"), [Filled(_l("Write the answer")), AtMost(ANSWER_LENGTH)])
    signed = Line(
        _l("Who answers, as a role"),
        [Filled(_l("Say which role answers")), AtMost(SIGNED_LENGTH)],
    )


class NoteForm(Form):
    """A note for colleagues."""

    body = Text(
        _l("New note"), [Filled(_l("Write a note")), AtMost(WORDS_LENGTH)], id="note-body"
    )
