"""How much is due, since when, and which: each kind read off the tables that it lies in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Select, func, select

from citizen.base import clock
from citizen.base.db import session
from citizen.ideas.models import Voice
from citizen.records.queries.due.sources import Source, sources
from citizen.records.rules import Counted, Kind


@dataclass(frozen=True)
class Due:
    """How much a rule would let go, its span, and how much is due and held."""

    count: int
    first_on: date | None
    last_on: date | None
    held: int


@dataclass(frozen=True)
class DueRow:
    """One record that would go."""

    key: int
    on: date
    called: str


def due(kind: Kind, counted_from: Counted, municipality_id: int, until: date) -> Due:
    """Count what would go of a kind whose time began no later than on a day."""
    count, held, first, last = 0, 0, [], []
    for source in sources(kind, counted_from, municipality_id):
        row = session.execute(_due(source, until, func.count(), func.min(source.counts_from),
                                   func.max(source.counts_from))).one()
        count += row[0]
        first += [_day(row[1])] if row[1] is not None else []
        last += [_day(row[2])] if row[2] is not None else []
        if source.held is not None:
            held += session.scalar(_passed(source, until, func.count()).where(source.held)) or 0
    return Due(count, min(first, default=None), max(last, default=None), held)


def first_due(
    kind: Kind, counted_from: Counted, municipality_id: int, until: date, most: int
) -> list[DueRow]:
    """What has waited longest of what would go, by name."""
    found: list[DueRow] = []
    for source in sources(kind, counted_from, municipality_id):
        rows = session.execute(
            _due(source, until, source.key, source.counts_from, source.called)
            .order_by(source.counts_from, source.key).limit(most - len(found))
        )
        found += [DueRow(row[0], _day(row[1]), str(row[2] or "")) for row in rows]
    return found


def lot(source: Source, until: date, size: int, only: Sequence[int] | None = None) -> list[DueRow]:
    """The next so many of one source, or those of some keys that are still due."""
    wanted = _due(source, until, source.key, source.counts_from)
    if only is not None:
        wanted = wanted.where(source.key.in_(only))
    rows = session.execute(wanted.order_by(source.counts_from, source.key).limit(size))
    return [DueRow(row[0], _day(row[1]), "") for row in rows]


def began(source: Source, key: int) -> date | None:
    """From which day the time of one record counts; None where it does not count yet."""
    value = session.scalar(
        source.rows.with_only_columns(source.counts_from).where(*source.chosen, source.key == key)
    )
    return _day(value) if value is not None else None


def lines_under(idea_ids: Sequence[int]) -> list[int]:
    """The contributions that are lines under ideas: they go with their idea."""
    return list(session.scalars(select(Voice.contribution_id).where(Voice.idea_id.in_(idea_ids))))


def _due(source: Source, until: date, *columns: Any) -> Select[Any]:
    found = _passed(source, until, *columns)
    return found if source.held is None else found.where(~source.held)


def _passed(source: Source, until: date, *columns: Any) -> Select[Any]:
    is_day = source.counts_from.type.python_type is date
    before: Any = until + timedelta(days=1) if is_day else _midnight(until + timedelta(days=1))
    return source.rows.with_only_columns(*columns).where(
        *source.chosen, source.counts_from.is_not(None), source.counts_from < before
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), clock.LOCAL)


def _day(value: datetime | date) -> date:
    return value.astimezone(clock.LOCAL).date() if isinstance(value, datetime) else value
