"""How long a municipality keeps what."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _

from citizen.base import audit, clock
from citizen.base.db import session
from citizen.base.errors import Conflict
from citizen.programmes import queries as programmes
from citizen.programmes.models import Municipality
from citizen.records import queries
from citizen.records.models import RetentionRule
from citizen.records.rules import Counted, Kind


@dataclass(frozen=True)
class NewRule:
    """What a decision says of one kind of record, already checked."""

    months: int
    counted_from: Counted
    decision: str
    decided_on: date
    on_request: bool = False

    def as_details(self) -> dict[str, Any]:
        """The rule as the audit keeps it."""
        return asdict(self) | {"decided_on": self.decided_on.isoformat()}


def save_rule(
    municipality: Municipality, kind: Kind, new: NewRule, *, version: int, user_id: int | None
) -> RetentionRule:
    """Keep a rule, the first of its kind or in place of the one before. Nothing is deleted by it.

    Raises
    ------
    Conflict
        If somebody else has changed it since the page was made.
    """
    programmes.hold(municipality.id)
    row = queries.rule(municipality.id, kind)
    _refuse_stale(row, version)
    before = _of(row).as_details() if row else None
    row = row or RetentionRule(municipality_id=municipality.id, kind=kind.value, version=0)
    for name, value in asdict(new).items():
        setattr(row, name, value)
    row.version, row.changed_at, row.changed_by = row.version + 1, clock.now(), user_id
    session.add(row)
    audit.record("retention.rule", municipality.slug, user_id, kind=kind.value, before=before,
                 after=new.as_details())
    session.flush()
    return row


def remove_rule(municipality: Municipality, kind: Kind, *, version: int, user_id: int | None) -> None:
    """Take a rule away: from now on all of this kind is kept. What it said stays in the audit.

    Raises
    ------
    Conflict
        If somebody else has changed it since the page was made.
    """
    programmes.hold(municipality.id)
    row = queries.rule(municipality.id, kind)
    _refuse_stale(row, version)
    if row is None:
        raise _overtaken()
    audit.record("retention.rule.remove", municipality.slug, user_id, kind=kind.value,
                 before=_of(row).as_details())
    session.delete(row)
    session.flush()


def _of(row: RetentionRule) -> NewRule:
    return NewRule(row.months, Counted(row.counted_from), row.decision, row.decided_on, row.on_request)


def _refuse_stale(row: RetentionRule | None, seen: int) -> None:
    if (row.version if row else 0) != seen:
        raise _overtaken()


def _overtaken() -> Conflict:
    return Conflict(_("Somebody else has changed this meanwhile. Nothing was overwritten."))
