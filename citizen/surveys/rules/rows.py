"""An answered value as the rows it is stored in, and back."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from citizen.surveys.rules.document import Document, Kind, Question
from citizen.surveys.rules.values import Photo, Value


@dataclass(frozen=True)
class Stored:
    """One row: what of a value is counted or read by itself."""

    question: str
    series: int
    row: str = ""
    option: str = ""
    rank: int | None = None
    number: float | None = None
    text: str | None = None
    day: date | None = None
    latitude: float | None = None
    longitude: float | None = None


class Readable(Protocol):
    """A stored row, as far as reading it back needs."""

    question: str
    row: str
    option: str
    rank: int | None
    number: float | None
    text: str | None
    day: date | None
    latitude: float | None
    longitude: float | None


def rows_from(question: Question, value: Value) -> Iterator[Stored]:
    """The rows of one answer; an empty one has none."""
    is_ranking = question.kind is Kind.RANKING
    for place, option in enumerate(value.options, 1):
        yield Stored(question.id, question.series, option=option, rank=place if is_ranking else None,
                     text=value.others.get(option) or None)
    for row, option in value.rows.items():
        yield Stored(question.id, question.series, row=row, option=option)
    for place, photo in enumerate(value.photos, 1):
        yield Stored(question.id, question.series, option=photo.ref, rank=place, text=photo.alt or None)
    latitude, longitude = value.point or (None, None)
    number = None if value.number is None else float(value.number)
    if value.text or number is not None or value.day or value.point:
        yield Stored(question.id, question.series, number=number, text=value.text or None, day=value.day,
                     latitude=latitude, longitude=longitude)


def values_from(document: Document, rows: Iterable[Readable]) -> dict[str, Value]:
    """Question → value of what lies in rows, in whichever order they come."""
    by_question: dict[str, list[Readable]] = {}
    for row in rows:
        by_question.setdefault(row.question, []).append(row)
    kinds = {question.id: question for question in document.questions}
    return {q: _value(kinds[q], found) for q, found in by_question.items() if q in kinds}


def _value(question: Question, rows: list[Readable]) -> Value:
    rows = sorted(rows, key=lambda row: (row.rank or 0, row.option, row.row))
    if question.kind is Kind.PHOTO:
        return Value(photos=tuple(Photo(row.option, row.text or "") for row in rows))
    plain = next((row for row in rows if not row.option), None)
    options = [row for row in rows if row.option and not row.row]
    if question.kind is not Kind.RANKING:
        options.sort(key=lambda row: _place(question, row.option))
    return Value(
        options=tuple(row.option for row in options),
        others={row.option: row.text for row in options if row.text},
        rows=_in_order(question, {row.row: row.option for row in rows if row.row}),
        text=(plain.text or "") if plain else "",
        number=_decimal(question, plain.number) if plain and plain.number is not None else None,
        day=plain.day if plain else None,
        point=_point(plain),
    )


def _place(question: Question, option: str) -> int:
    return next((n for n, known in enumerate(question.options) if known.id == option), len(question.options))


def _in_order(question: Question, rows: Mapping[str, str]) -> dict[str, str]:
    return {row.id: rows[row.id] for row in question.rows if row.id in rows}


def _decimal(question: Question, number: float) -> Decimal:
    return round(Decimal(repr(number)), question.decimals) if question.decimals else Decimal(round(number))


def _point(row: Readable | None) -> tuple[float, float] | None:
    if row is None or row.latitude is None or row.longitude is None:
        return None
    return row.latitude, row.longitude
