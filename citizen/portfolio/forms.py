"""The shape of a dossier, of its themes and of its status."""

import re
from collections.abc import Sequence
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import StopValidation, ValidationError

from citizen.base import ids
from citizen.base.forms import AtMost, Filled, Form, Line, Text, VersionForm, choices
from citizen.base.goals import GOAL_WORDS
from citizen.portfolio import rules

STATUS_WORDS = {
    "under_consideration": _l("Being considered"),
    "candidate": _l("Portfolio candidate"),
    "planned": _l("Planned"),
    "in_progress": _l("In progress"),
    "done": _l("Done"),
    "declined": _l("Declined"),
}
SORT_WORDS = {
    "newest": _l("Newest first"),
    "ideas": _l("Most ideas first"),
    "supporters": _l("Most supported first"),
    "status": _l("By status"),
    "title": _l("By title"),
}


class Checks(SelectMultipleField):  # type: ignore[misc]
    """Several numbers out of those offered, at most so many; what was not offered is refused."""

    def __init__(self, label: Any, most: int, too_many: Any, **options: Any) -> None:
        super().__init__(label, coerce=int, validate_choice=False, choices=[], **options)
        self.most, self.too_many = most, too_many

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = [int(v) if v.isdecimal() and len(v) < 12 else 0 for v in valuelist]

    def pre_validate(self, form: Any) -> None:
        offered = {choice.value for choice in self.choices}
        if not offered.issuperset(self.data or []):
            raise StopValidation(gettext("Choose among the options on the page"))
        if len(set(self.data or [])) > self.most:
            raise StopValidation(str(self.too_many))


class ThemesForm(Form):
    """What a candidate is made from."""

    theme = SelectMultipleField(_l("Themes that tell of the same need"), validate_choice=False, choices=[])

    def validate_theme(self, field: Any) -> None:
        if not field.data:
            raise ValidationError(gettext("Choose at least one theme"))
        if not {choice.value for choice in field.choices}.issuperset(field.data):
            raise ValidationError(
                gettext("One of the themes has been merged or emptied in the meantime. Choose again.")
            )


class ChangeThemesForm(ThemesForm, VersionForm):
    """Other themes for a candidate that is there."""


class DossierForm(Form):
    """What people write about a need."""

    title = Line(_l("Title"), [Filled(_l("Enter a title")), AtMost(rules.TITLE_LENGTH)])
    need = Text(_l("Need"), [Filled(_l("Describe the need")), AtMost(rules.NEED_LENGTH)])
    next_step = Text(
        _l("Next step"), [Filled(_l("Say what the next step is")), AtMost(rules.NEXT_STEP_LENGTH)]
    )
    goals = Checks(_l("Sustainable Development Goals"), rules.MOST_GOALS, _l("Choose at most three goals"))
    quotes = Checks(_l("Quotes"), rules.MOST_QUOTES, _l("Choose at most five quotes"))

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        self.goals.choices = [SelectChoice(value=n, label=f"{n}. {words}") for n, words in GOAL_WORDS.items()]

    def offer_quotes(self, contribution_ids: Sequence[int]) -> None:
        """Name the contributions that may be quoted."""
        self.quotes.choices = [SelectChoice(value=i, label=str(i)) for i in contribution_ids]


class NewCandidateForm(DossierForm, ThemesForm):
    """A dossier made from themes. ``ref`` is given out with the page: sent twice, made once."""

    ref = HiddenField()

    def validate_ref(self, field: Any) -> None:
        if not re.fullmatch(f"C-[{ids.ALPHABET}]{{8}}", field.data or ""):
            field.data = ids.new_ref("C")


class EditForm(DossierForm, VersionForm):
    """A dossier that is there."""


class StatusForm(VersionForm):
    """A step within the house."""

    status = RadioField(
        _l("New status"), [Filled(_l("Choose one option"))], choices=[], validate_choice=False
    )


class PublishForm(VersionForm):
    """The status as it was when the page was made, to be told to the authors, with words to them.

    Parameters
    ----------
    needs_words : the status is not told without them.
    """

    words = Text(_l("Words to the authors"), [AtMost(rules.WORDS_LENGTH)])

    def __init__(self, *args: Any, needs_words: bool = False, **values: Any) -> None:
        super().__init__(*args, **values)
        if needs_words:
            filled = Filled(_l("Say why the candidate does not go further"))
            self.words.validators = [filled, *self.words.validators]
            self.words.flags.required = True


class OverviewForm(Form):
    """Order and filter of a portfolio; a GET form, so without a token."""

    class Meta(Form.Meta):
        csrf = False

    status = SelectField(
        _l("Status"), validate_choice=False, choices=choices(("", _l("All")), *STATUS_WORDS.items())
    )
    sort = SelectField(_l("Order"), validate_choice=False, choices=choices(*SORT_WORDS.items()))
