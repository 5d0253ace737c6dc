"""How a value is written in a cell, per format."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from citizen.base.cells import guarded, legal_in_xlsx
from citizen.export.rules.columns import Column
from citizen.export.rules.files import Variant

Counts = Mapping[str, int] | Mapping[str, int | str]
Value = str | int | float | bool | date | Sequence[str] | Sequence[int] | Counts | None

FEW = 5


def few(count: int) -> int | str:
    """How many people, unless so few that they could be known: ``<5``. None at all is told."""
    return f"<{FEW}" if 0 < count < FEW else count


def shown(column: Column, value: Value, variant: Variant) -> Value:
    """A value as a variant tells it."""
    if variant is Variant.INTERNAL:
        return value
    if column.is_moment and isinstance(value, datetime):
        return value.date()
    if column.counts_people:
        return _few_of(value)
    return value


def _few_of(value: Value) -> Value:
    if isinstance(value, Mapping):
        return {name: few(count) if isinstance(count, int) else count for name, count in value.items()}
    return few(value) if isinstance(value, int) else value


def for_csv(column: Column, value: Value) -> str:
    """Numbers stay numbers; words that a spreadsheet could run are guarded."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return guarded(flat(column, value))


def for_xlsx(column: Column, value: Value) -> str | int | float | date | None:
    """A number, a day or words that the format can hold; a time loses its zone, it is local."""
    if value is None or (isinstance(value, int | float) and not isinstance(value, bool)):
        return value
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)
    if isinstance(value, date):
        return value
    return legal_in_xlsx(flat(column, value)) or None


def for_json(value: Value) -> Any:
    """Lists and counts stay what they are; days and moments are ISO 8601."""
    return _moment(value) if isinstance(value, date) else value


def flat(column: Column, value: Value) -> str:
    """One line or text out of any value."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return _moment(value)
    if isinstance(value, Mapping):
        return column.between.join(f"{name}: {count}" for name, count in value.items())
    if isinstance(value, str | int | float):
        return str(value)
    return column.between.join(str(one) for one in value)


def _moment(value: date) -> str:
    return value.isoformat(timespec="seconds") if isinstance(value, datetime) else value.isoformat()
