"""Kinds of records, from when their time counts, and how months are counted."""

from citizen.records.rules.cases import CaseKind, Eraser, Found, Outcome, Sought, find_words
from citizen.records.rules.kinds import (
    COUNTED_FROM,
    LONGEST,
    MARKS,
    Counted,
    Kind,
    kind_of_contribution,
)
from citizen.records.rules.times import months_after, months_before

__all__ = [
    "COUNTED_FROM", "LONGEST", "MARKS", "CaseKind", "Counted", "Eraser", "Found", "Kind", "Outcome",
    "Sought", "find_words", "kind_of_contribution", "months_after", "months_before",
]
