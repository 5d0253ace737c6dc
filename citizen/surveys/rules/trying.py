"""Answers that staff give while they try a draft: read from the fields of a page, and kept nowhere.

The fields of a question are named by its id: ``q2`` for what is chosen or written, ``q2.o5`` for words beside
an option, ``q2.r4`` for an item of a matrix, ``q2.1`` and so on for the places of a ranking.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from citizen.surveys.rules.document import DONT_KNOW, NOT_SAY, Kind, Question, choices_of, rows_of
from citizen.surveys.rules.values import Value

Fields = Mapping[str, Sequence[str]]


class Wrong(StrEnum):
    """Why an answer cannot stand."""

    REQUIRED = "required"
    NUMBER = "number"
    DAY = "day"
    FEW = "few"
    MANY = "many"
    LESS = "less"
    MORE = "more"
    LONG = "long"


def value_from(question: Question, fields: Fields) -> Value:
    """What the fields of a question say. What was not offered is left out."""
    typed = [text.strip() for text in fields.get(question.id, ()) if text.strip()]
    offered = [option.id for option in choices_of(question)]
    if question.kind is Kind.MATRIX:
        rows = {row.id: _first(fields, f"{question.id}.{row.id}") for row in rows_of(question)}
        return Value(rows={row: option for row, option in rows.items() if option in offered})
    beside = [code for code in (DONT_KNOW, NOT_SAY) if code in typed and code in offered]
    if beside:
        return Value(options=(beside[0],))
    if question.kind is Kind.RANKING:
        places = [_first(fields, f"{question.id}.{n}") for n in range(1, len(offered) + 1)]
        return Value(options=tuple(dict.fromkeys(o for o in places if o in offered)))
    if question.kind in (Kind.ONE, Kind.SEVERAL, Kind.SCALE):
        return _chosen(question, [o for o in offered if o in typed], fields)
    return _written(question, typed[0] if typed else "")


def _chosen(question: Question, chosen: list[str], fields: Fields) -> Value:
    alone = [o.id for o in choices_of(question) if o.exclusive and o.id in chosen]
    chosen = alone[:1] or (chosen if question.kind is Kind.SEVERAL else chosen[:1])
    writing = {o.id for o in question.options if o.writes}
    beside = {o: _first(fields, f"{question.id}.{o}") for o in chosen if o in writing}
    return Value(options=tuple(chosen), others={o: text for o, text in beside.items() if text})


def _written(question: Question, typed: str) -> Value:
    if question.kind is Kind.NUMBER:
        return Value(number=_number(typed))
    if question.kind is Kind.DATE:
        return Value(day=_day(typed))
    return Value(text="" if question.kind in (Kind.PHOTO, Kind.STATEMENT) else typed)


def wrong_with(question: Question, value: Value, fields: Fields) -> Wrong | None:
    """Why an answer is refused; None where it is in order."""
    typed = _first(fields, question.id)
    if value.is_empty:
        if typed and question.kind is Kind.NUMBER:
            return Wrong.NUMBER
        if typed and question.kind is Kind.DATE:
            return Wrong.DAY
        is_asked = question.kind not in (Kind.STATEMENT, Kind.PHOTO)
        return Wrong.REQUIRED if question.required and is_asked else None
    if value.options in ((DONT_KNOW,), (NOT_SAY,)):
        return None
    return _out_of_bounds(question, value)


def _out_of_bounds(question: Question, value: Value) -> Wrong | None:
    if question.kind is Kind.MATRIX:
        return Wrong.REQUIRED if question.required and len(value.rows) < len(rows_of(question)) else None
    if question.kind in (Kind.SEVERAL, Kind.RANKING):
        found, low, high = Decimal(len(value.options)), Wrong.FEW, Wrong.MANY
    elif value.number is not None:
        found, low, high = value.number, Wrong.LESS, Wrong.MORE
    elif question.kind in (Kind.SHORT, Kind.LONG):
        return Wrong.LONG if question.most is not None and len(value.text) > question.most else None
    else:
        return None
    # An option that is chosen alone is enough, whatever the least is.
    alone = any(o.exclusive and o.id in value.options for o in question.options)
    if question.least is not None and found < question.least and not alone:
        return low
    return high if question.most is not None and found > question.most else None


def _first(fields: Fields, name: str) -> str:
    return next((text.strip() for text in fields.get(name, ()) if text.strip()), "")


def _number(typed: str) -> Decimal | None:
    try:
        found = Decimal(typed.replace(",", ".").replace(" ", "").replace("\u00a0", ""))
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None
