"""The shape of a decision."""

from typing import Any

from flask import get_template_attribute
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField
from wtforms.validators import ValidationError

from citizen.base.forms import AtMost, Filled, Text, VersionForm, choices
from citizen.contributions.rules import Reason, Visibility, may_be_declined_for, needs_two

WORDS_LENGTH = 2000


def _known_reason(form: Any, field: Any) -> None:
    if field.data not in set(Reason):
        raise ValidationError(_("Choose a reason"))


class DecisionForm(VersionForm):
    """A decision with the version of the page it was taken on."""

    @property
    def chosen_reason(self) -> str | None:
        return None

    @property
    def typed_words(self) -> str:
        return ""


class PublishForm(DecisionForm):
    """Publish, or publish again: one button."""


class _ReasonedForm(DecisionForm):
    """Parent of decisions that tell the author why."""

    def __init__(self, *arguments: Any, **values: Any) -> None:
        super().__init__(*arguments, **values)
        in_words = get_template_attribute("parts/states.html", "reason")
        self.reason.choices = choices(
            ("", _("Choose a reason")), *((code.value, in_words(code.value)) for code in Reason)
        )

    @property
    def chosen_reason(self) -> str | None:
        return self.reason.data or None

    @property
    def typed_words(self) -> str:
        return self.words.data or ""


# The three stand on one page, so that each field has an id of its own. Where no words are written, the
# standard words of the reason are sent.
class ReturnForm(_ReasonedForm):
    """Ask the author for changes, and say which."""

    reason = SelectField(
        _l("Reason"), [Filled(_l("Choose a reason")), _known_reason], id="return-reason",
        validate_choice=False,
    )
    words = Text(
        _l("What should be changed?"), [AtMost(WORDS_LENGTH)], id="return-words",
    )


class RejectForm(_ReasonedForm):
    """Do not publish."""

    reason = SelectField(
        _l("Reason"), [Filled(_l("Choose a reason")), _known_reason], id="reject-reason",
        validate_choice=False,
    )
    words = Text(_l("Words to the author"), [AtMost(WORDS_LENGTH)], id="reject-words")


class HideForm(_ReasonedForm):
    """Take out of the public what has been published."""

    reason = SelectField(
        _l("Reason"), [Filled(_l("Choose a reason")), _known_reason], id="hide-reason",
        validate_choice=False,
    )
    words = Text(_l("Words to the author"), [AtMost(WORDS_LENGTH)], id="hide-words")


class DeclineForm(_ReasonedForm):
    """Leave what is public as it is, and say why the new version does not take its place.

    It is taken alone: what two people decide is not among the reasons.
    """

    reason = SelectField(
        _l("Reason"), [Filled(_l("Choose a reason")), _known_reason], id="decline-reason",
        validate_choice=False,
    )
    words = Text(_l("Words to the author"), [AtMost(WORDS_LENGTH)], id="decline-words")

    def __init__(self, *arguments: Any, **values: Any) -> None:
        super().__init__(*arguments, **values)
        self.reason.choices = [
            one for one in self.reason.choices if not one.value or may_be_declined_for(one.value)
        ]

    def validate_reason(self, field: Any) -> None:
        if not may_be_declined_for(field.data):
            raise ValidationError(_("Choose a reason"))


FORMS: dict[Visibility, type[DecisionForm]] = {
    Visibility.PUBLISHED: PublishForm,
    Visibility.RETURNED: ReturnForm,
    Visibility.REJECTED: RejectForm,
    Visibility.HIDDEN: HideForm,
}


class SeveralForm(_ReasonedForm):
    """One decision about several: the same reason and the same words to each author.

    Publishing needs neither; what is to be changed is asked for where several are returned.
    """

    decision = HiddenField()
    reason = SelectField(_l("Reason"), id="several-reason", validate_choice=False)
    words = Text(_l("Words to the authors"), [AtMost(WORDS_LENGTH)], id="several-words")

    @property
    def after(self) -> Visibility | None:
        """What is to become of them."""
        return next((after for after in SEVERAL if after == self.decision.data), None)

    def validate_reason(self, field: Any) -> None:
        if self.after is Visibility.PUBLISHED:
            return
        _known_reason(self, field)
        if needs_two(self.after or "", field.data):
            raise ValidationError(_("Hate and threats are decided by two people, one at a time."))

    def validate_words(self, field: Any) -> None:
        if self.after is Visibility.RETURNED and not field.data:
            raise ValidationError(_("Tell the authors what to change"))


SEVERAL = (Visibility.PUBLISHED, Visibility.RETURNED, Visibility.REJECTED)
