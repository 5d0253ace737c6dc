"""Kinds of records, from when their time counts, and how months are counted."""

from citizen.records.rules.cases import CaseKind, Eraser, Found, Outcome, Sought, find_words, read_record
from citizen.records.rules.kinds import COUNTED_FROM, LONGEST, Counted, Kind, kind_of_contribution
from citizen.records.rules.times import months_after, months_before

__all__ = [
    "COUNTED_FROM", "LONGEST", "CaseKind", "Counted", "Eraser", "Found", "Kind", "Outcome", "Sought",
    "find_words", "kind_of_contribution", "months_after", "months_before", "read_record",
]
