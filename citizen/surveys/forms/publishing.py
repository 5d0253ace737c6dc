"""What somebody says who publishes a survey."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import Field, HiddenField, RadioField, SelectMultipleField, ValidationError

from citizen.base import locale
from citizen.base.forms import Form, choices
from citizen.surveys.queries import Proposal
from citizen.surveys.rules.differences import Change, Effect

OFFER, LEAVE_OUT = "offer", "leave_out"
_LANGUAGE = "language_"


class PublishForm(Form):
    """``seen`` is what the page was made from; ``begins_anew`` are questions of another type."""

    seen = HiddenField()
    begins_anew = SelectMultipleField(_l("These questions begin anew"))
    meaning = SelectMultipleField(_l("Does any of these questions mean something else than before?"))

    def validate_begins_anew(self, field: Field) -> None:
        if len(set(field.data or ())) < len(field.choices):
            raise ValidationError(gettext("Confirm that the questions begin anew"))

    @property
    def confirmed(self) -> set[str]:
        """Questions whose answers begin a new series."""
        return {*(self.begins_anew.data or ()), *(self.meaning.data or ())}

    def _decided(self, decision: str) -> set[str]:
        return {field.name.removeprefix(_LANGUAGE) for field in self
                if field.name.startswith(_LANGUAGE) and field.data == decision}

    @property
    def accepted(self) -> set[str]:
        """Languages that are offered with what they lack."""
        return self._decided(OFFER)

    @property
    def left_out(self) -> set[str]:
        """Languages that this version is not offered in."""
        return self._decided(LEAVE_OUT)


def publish_form(proposal: Proposal) -> PublishForm:
    """The form, with what this survey has to be asked."""
    waiting = proposal.waiting()
    fields = {_LANGUAGE + one.language: _language_field(one.language, one.language in waiting)
              for one in proposal.unready()}
    form: PublishForm = type("PublishFormOfSurvey", (PublishForm,), fields)()
    form.begins_anew.choices = choices(*((q, q) for q in _in_order(proposal, proposal.must)))
    form.meaning.choices = choices(*((q, q) for q in _in_order(proposal, _reworded(proposal))))
    return form


def _language_field(language: str, is_waiting: bool) -> Any:
    return RadioField(
        _l("Is the survey offered in %(language)s?", language=locale.IN_WORDS[language]),
        choices=choices((OFFER, _l("Yes, as it is")), (LEAVE_OUT, _l("No, not in this version"))),
        default=LEAVE_OUT if is_waiting else None, validate_choice=False, validators=[_Decided()],
    )


class _Decided:
    """Somebody has said whether the language is offered."""

    def __init__(self) -> None:
        self.field_flags = {"required": True}

    def __call__(self, form: PublishForm, field: Field) -> None:
        if field.data not in (OFFER, LEAVE_OUT):
            language = locale.IN_WORDS[field.name.removeprefix(_LANGUAGE)]
            raise ValidationError(
                gettext("Choose whether the survey is offered in %(language)s", language=language)
            )


def _reworded(proposal: Proposal) -> set[str]:
    """Questions that say something else than before, and so may mean it."""
    return {change.where for change in proposal.changes() if _may_mean_more(change)} - proposal.must


def _may_mean_more(change: Change) -> bool:
    return change.where.startswith("q") and change.effect is not Effect.NONE and change.code in {
        "worded", "option_new", "option_hidden", "option_again", "row_again", "limits",
    }


def _in_order(proposal: Proposal, ids: set[str]) -> list[str]:
    return [question.id for question in proposal.document.questions if question.id in ids]
