"""The shape of what a facilitator does to themes."""

import re
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField, SelectMultipleField
from wtforms.validators import ValidationError

from citizen.base.forms import AtMost, Filled, Form, Line

NAME_LENGTH = 120
UNSORTED = "unsorted"
MOST_AT_ONCE = 500


def _whole_number(form: Any, field: Any) -> None:
    if not re.fullmatch("[0-9]{1,9}", str(field.data or "")):
        raise ValidationError(gettext("Reload the page and try again."))


def _not_too_many(form: Any, field: Any) -> None:
    if len(field.data) > MOST_AT_ONCE:
        raise ValidationError(gettext("Reload the page and try again."))


class ForItsButton:
    """Marks a field as needed, by one of the form's buttons; that button's form checks it."""

    field_flags = {"required": True}

    def __call__(self, form: Any, field: Any) -> None:
        """Nothing to say of a field whose button was not pressed."""


class RenameForm(Form):
    """A person's name for a theme; empty goes back to the suggestion."""

    name = Line(_l("Name"), [AtMost(NAME_LENGTH)])
    version = HiddenField(validators=[_whole_number])


class IdeasForm(Form):
    """Chosen ideas, and the two things that can be done with them; each has its own button."""

    ideas = SelectMultipleField(
        _l("Ideas"), [Filled(_l("Choose at least one idea")), _not_too_many], validate_choice=False
    )
    target = SelectField(_l("Move to"), [ForItsButton()], validate_choice=False)
    part = Line(_l("Name of the new theme"), [ForItsButton(), AtMost(NAME_LENGTH)])


class MoveForm(IdeasForm):
    """Move the chosen ideas to another theme, or to none."""

    def validate_target(self, field: Any) -> None:
        if field.data not in {choice.value for choice in field.choices if choice.value}:
            raise ValidationError(gettext("Choose where to move the ideas"))


class SplitForm(IdeasForm):
    """Make a new theme of the chosen ideas."""

    part = Line(
        _l("Name of the new theme"), [Filled(_l("Give the new theme a name")), AtMost(NAME_LENGTH)]
    )


class IntoForm(Form):
    """Which theme to merge into; a GET form that leads to a question."""

    class Meta(Form.Meta):
        csrf = False

    into = SelectField(_l("Merge into"), [ForItsButton()], validate_choice=False)


class MergeForm(Form):
    """The answer to that question."""

    into = HiddenField()
    version = HiddenField(validators=[_whole_number])


class UndoForm(Form):
    """Which edit to take back."""

    edit = HiddenField(validators=[_whole_number])
