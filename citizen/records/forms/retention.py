"""The shapes of a rule and of the word to carry it out."""

from datetime import date
from typing import Any

from flask import get_template_attribute
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, SelectField
from wtforms.validators import ValidationError

from citizen.base import clock
from citizen.base.forms import AtMost, Day, Filled, Line, VersionForm, choices, is_day, whole_number
from citizen.records.actions import NewRule
from citizen.records.models import RetentionRule
from citizen.records.rules import COUNTED_FROM, LONGEST, Counted, Kind


def _are_months(form: Any, field: Any) -> None:
    if not 1 <= whole_number(field.data) <= LONGEST:
        raise ValidationError(_("Write a whole number of months from 1 to %(most)s", most=LONGEST))


def _has_been(form: Any, field: Any) -> None:
    if field.day and field.day > clock.today():
        raise ValidationError(_("The decision cannot lie in the future"))


class RuleForm(VersionForm):
    """How long one kind of record is kept, and by which decision."""

    months = Line(_l("Months"), [Filled(_l("Write how many months")), _are_months])
    counted_from = SelectField(_l("Counted from"))
    decision = Line(_l("Number of the decision"),
                    [Filled(_l("Write the number of the decision in the registry")), AtMost(120)])
    decided_on = Day(_l("Day of the decision"),
                     [Filled(_l("Write the day of the decision")), is_day, _has_been])
    on_request = BooleanField(_l("May be deleted earlier when the person it is about asks for it"))

    def __init__(self, kind: Kind, *arguments: Any, **values: Any) -> None:
        super().__init__(*arguments, **values)
        in_words = get_template_attribute("records/parts.html", "counted_from")
        self.counted_from.choices = choices(
            *((one.value, in_words(one.value).strip()) for one in COUNTED_FROM[kind])
        )

    @property
    def rule(self) -> NewRule:
        """The rule, once the form is valid."""
        return NewRule(
            whole_number(self.months.data), Counted(self.counted_from.data), str(self.decision.data),
            self.decided_on.day or date.min, bool(self.on_request.data),
        )

    @staticmethod
    def values_of(row: RetentionRule | None) -> dict[str, Any]:
        """What stands in the form of a rule that is there."""
        if row is None:
            return {"version": "0"}
        return {"months": str(row.months), "counted_from": row.counted_from, "decision": row.decision,
                "decided_on": row.decided_on.isoformat(), "on_request": row.on_request,
                "version": str(row.version)}


class CarryOutForm(VersionForm):
    """The word to delete what the dry run has shown."""

    until = HiddenField()
    sure = BooleanField(_l("I have seen what goes. It cannot be brought back."))

    def validate(self, *arguments: Any, **values: Any) -> bool:
        is_valid = bool(super().validate(*arguments, **values))
        if not self.sure.data:
            self.sure.errors = [*self.sure.errors, _("Confirm that you have seen what goes")]
        return is_valid and bool(self.sure.data)

    @property
    def seen_until(self) -> date | None:
        """The last day that the page counted up to."""
        try:
            return date.fromisoformat(self.until.data or "")
        except ValueError:
            return None
