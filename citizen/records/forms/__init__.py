"""The shapes of what administrators fill in about records."""

from citizen.records.forms.cases import (
    CaseForm,
    CloseForm,
    EraseForm,
    ExtendForm,
    ReasonForm,
    SearchForm,
)
from citizen.records.forms.retention import CarryOutForm, RuleForm

__all__ = [
    "CarryOutForm", "CaseForm", "CloseForm", "EraseForm", "ExtendForm", "ReasonForm", "RuleForm",
    "SearchForm",
]
