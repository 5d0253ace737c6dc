"""The shapes of what a second person says, and of the answer to an appeal."""

from typing import Any

from flask import get_template_attribute
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField
from wtforms.validators import ValidationError

from citizen.base.forms import AtMost, Filled, Text, VersionForm, choices
from citizen.contributions.rules import Reason
from citizen.moderation.forms.deciding import WORDS_LENGTH

NOTE_LENGTH = 1000


class SecondForm(VersionForm):
    """Confirm or disagree: two buttons, and a word to the colleague."""

    note = Text(_l("Words to your colleague"), [AtMost(NOTE_LENGTH)], id="second-note")

    @property
    def typed_words(self) -> str:
        return self.note.data or ""


class AppealAnswerForm(VersionForm):
    """What becomes of a decision that its author wants looked at again."""

    outcome = RadioField(
        _l("What do you decide?"), [Filled(_l("Choose one option"))], validate_choice=False,
        id="appeal-outcome",
    )
    reason = SelectField(
        _l("Reason, where you ask for changes"), validate_choice=False, id="appeal-reason"
    )
    words = Text(
        _l("Words to the author"), [Filled(_l("Tell the author why")), AtMost(WORDS_LENGTH)],
        id="appeal-words",
    )

    def __init__(self, offered: dict[str, str], *arguments: Any, **values: Any) -> None:
        super().__init__(*arguments, **values)
        in_words = get_template_attribute("parts/states.html", "reason")
        self.outcome.choices = choices(*offered.items())
        self.reason.choices = choices(
            ("", _("Choose a reason")), *((code.value, in_words(code.value)) for code in Reason)
        )

    def validate_outcome(self, field: Any) -> None:
        if field.data not in {choice.value for choice in field.choices}:
            raise ValidationError(_("Choose one option"))

    def validate_reason(self, field: Any) -> None:
        if self.outcome.data == "returned" and field.data not in set(Reason):
            raise ValidationError(_("Choose a reason"))

    @property
    def typed_words(self) -> str:
        return self.words.data or ""
