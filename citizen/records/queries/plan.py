"""The dry run: what every rule of a municipality would let go today."""

from dataclasses import dataclass
from datetime import date

from citizen.base import clock
from citizen.records.models import RetentionRule
from citizen.records.queries.due import Due, due
from citizen.records.queries.keeping import rules_of
from citizen.records.rules import Counted, Kind, months_before


@dataclass(frozen=True)
class Line:
    """One rule and what it would let go: what counts from ``until`` or earlier."""

    kind: Kind
    rule: RetentionRule
    until: date
    due: Due


def plan(municipality_id: int, only: Kind | None = None) -> list[Line]:
    """What would go by each rule, in the order of kinds; changes nothing."""
    found = rules_of(municipality_id)
    return [_line(kind, found[kind]) for kind in Kind if kind in found and only in (None, kind)]


def _line(kind: Kind, rule: RetentionRule) -> Line:
    until = months_before(clock.today(), rule.months)
    return Line(kind, rule, until, due(kind, Counted(rule.counted_from), rule.municipality_id, until))
