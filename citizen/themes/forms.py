"""The shape of what a facilitator does to themes."""

import re
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectField, SelectMultipleField
from wtforms.validators import ValidationError

from citizen.base.forms import AtMost, Filled, Form, Line, Text, VersionForm, choices, whole_number
from citizen.themes.rules import FEWEST_THEMES, Wanted, most_themes

NAME_LENGTH = 120
EXAMPLE_LENGTH = 300
MOST_EXAMPLES = 5
UNSORTED = "unsorted"
MOST_AT_ONCE = 500


def _not_too_many(form: Any, field: Any) -> None:
    if len(field.data) > MOST_AT_ONCE:
        raise ValidationError(gettext("Reload the page and try again."))


class Prechosen:
    """Marks a field as needed that has something chosen from the start."""

    field_flags = {"required": True}

    def __call__(self, form: Any, field: Any) -> None:
        """Nothing to say: what is missing stands for what was chosen from the start."""


class ForItsButton:
    """Marks a field as needed, by one of the form's buttons; that button's form checks it."""

    field_flags = {"required": True}

    def __call__(self, form: Any, field: Any) -> None:
        """Nothing to say of a field whose button was not pressed."""


class RenameForm(VersionForm):
    """A person's name for a theme; empty goes back to the suggestion."""

    name = Line(_l("Name"), [AtMost(NAME_LENGTH)])


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


class MergeForm(VersionForm):
    """The answer to that question."""

    into = HiddenField()


class UndoForm(Form):
    """Which edit to take back."""

    edit = HiddenField()

    @property
    def seen_edit(self) -> int:
        """The edit meant; one that cannot be read is none there is."""
        return whole_number(self.edit.data)


class FindForm(Form):
    """How many themes to find. Nothing chosen is as many as there seem to be."""

    wanted = RadioField(_l("How many themes?"), [Prechosen()], validate_choice=False, choices=choices(
        ("suggested", _l("As many as there seem to be")), ("fewer", _l("Fewer than now")),
        ("more", _l("More than now")), ("number", _l("A number of my own")),
    ))
    number = Line(_l("Number of themes"), [AtMost(9)])

    def __init__(self, *typed: Any, published: int = 0, **values: Any) -> None:
        super().__init__(*typed, **values)
        self.most = most_themes(published)

    @property
    def asked(self) -> Wanted:
        """What was chosen."""
        known: dict[str, Wanted] = {"fewer": "fewer", "more": "more", "number": "number"}
        return known.get(str(self.wanted.data), "suggested")

    def validate_number(self, field: Any) -> None:
        if self.asked != "number":
            return
        typed = str(field.data or "")
        if not re.fullmatch("[0-9]{1,9}", typed) or not FEWEST_THEMES <= int(typed) <= self.most:
            raise ValidationError(
                gettext("Write a number from %(least)s to %(most)s", least=FEWEST_THEMES, most=self.most)
            )


class ExamplesForm(VersionForm):
    """Sentences that a theme of one's own is looked for by, one a line."""

    examples = Text(_l("Examples"), [Filled(_l("Write at least one example"))])

    @property
    def sentences(self) -> list[str]:
        """The examples, empty lines left out."""
        return [line.strip() for line in str(self.examples.data or "").splitlines() if line.strip()]

    def validate_examples(self, field: Any) -> None:
        if len(self.sentences) > MOST_EXAMPLES:
            raise ValidationError(gettext("Write at most %(most)s examples", most=MOST_EXAMPLES))
        if any(len(sentence) > EXAMPLE_LENGTH for sentence in self.sentences):
            raise ValidationError(
                gettext("Write examples of at most %(most)s characters each", most=EXAMPLE_LENGTH)
            )


class OwnForm(ExamplesForm):
    """A theme that somebody has in mind."""

    name = Line(_l("Name"), [Filled(_l("Give the theme a name")), AtMost(NAME_LENGTH)])
    # Again, so that what is wrong is told in the order of the page.
    examples = Text(_l("Examples"), [Filled(_l("Write at least one example"))])
    version = None
