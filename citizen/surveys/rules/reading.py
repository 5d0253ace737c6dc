"""What a form brought, read as the answer to a question, and what is wrong with it.

Fields are named after the question: ``q2`` for what is chosen, ``q2.text`` for what is written, ``q2.o5`` for
words beside an option, ``q2.r3`` for an item of a matrix, ``q2.1`` for the first place of a ranking.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from citizen.privacy.rules import is_stopped
from citizen.surveys.rules.document import (
    DONT_KNOW,
    NOT_SAY,
    Kind,
    Option,
    Question,
    choices_of,
    rows_of,
)
from citizen.surveys.rules.values import EMPTY, Value

Typed = Mapping[str, Sequence[str]]
"""Field → what it brought, cleaned."""

LONGEST = {Kind.SHORT: 200, Kind.LONG: 5000, Kind.PLACE: 200}
LONGEST_OTHER = 200
LARGEST_NUMBER = Decimal(10) ** 12
_NUMBER = re.compile(r"[-+]?\d{1,13}(\.\d{1,6})?", re.ASCII)


class Trouble(StrEnum):
    """Why an answer cannot be taken as it is; the forms have the sentences."""

    MISSING = "missing"
    MISSING_ROWS = "missing_rows"
    UNKNOWN = "unknown"
    ALONE = "alone"
    TOO_FEW = "too_few"
    TOO_MANY = "too_many"
    TOO_LONG = "too_long"
    TOO_SHORT = "too_short"
    NO_NUMBER = "no_number"
    NO_WHOLE_NUMBER = "no_whole_number"
    TOO_MANY_DECIMALS = "too_many_decimals"
    TOO_LOW = "too_low"
    TOO_HIGH = "too_high"
    NO_DAY = "no_day"
    TWICE = "twice"
    GAP = "gap"
    EITHER = "either"
    IDENTITY = "identity"


@dataclass(frozen=True)
class Reading:
    """An answer as far as it could be read."""

    value: Value
    trouble: Trouble | None = None


def read(question: Question, typed: Typed) -> Reading:
    """The answer that fields bring to a question; whether one is needed is not asked here."""
    reader = _READERS.get(question.kind)
    found = reader(question, typed) if reader else Reading(EMPTY)
    return replace(found, trouble=Trouble.IDENTITY) if not found.trouble and tells_who(found.value) else found


def texts_in(value: Value) -> Iterator[str]:
    """Everything that somebody has written in an answer."""
    yield value.text
    yield from value.others.values()
    yield from (photo.alt for photo in value.photos)


def tells_who(value: Value) -> bool:
    """Whether an identity number that can hardly be anything else stands in an answer."""
    return any(is_stopped(text) for text in texts_in(value))


def lacks(question: Question, value: Value) -> Trouble | None:
    """What is missing of an answer that has to be given."""
    if not question.required or question.kind is Kind.STATEMENT:
        return None
    if question.kind is Kind.MATRIX and not value.is_empty:
        return None if {row.id for row in rows_of(question)} <= set(value.rows) else Trouble.MISSING_ROWS
    return Trouble.MISSING if value.is_empty else None


def _first(typed: Typed, name: str) -> str:
    return next(iter(typed.get(name, ())), "")


def _codes(question: Question, typed: Typed) -> tuple[str, ...]:
    """"Don't know" and its like, ticked beside a field."""
    offered = {o.id for o in choices_of(question)} & {DONT_KNOW, NOT_SAY}
    return tuple(code for code in dict.fromkeys(typed.get(question.id, ())) if code in offered)


def _beside(question: Question, typed: Typed, reading: Reading) -> Reading:
    """A field's answer, or the code that is ticked beside it; never both."""
    codes = _codes(question, typed)
    if not codes:
        return reading
    if len(codes) > 1 or not reading.value.is_empty or reading.trouble:
        return Reading(reading.value, Trouble.EITHER)
    return Reading(Value(options=codes))


def _choice(question: Question, typed: Typed) -> Reading:
    known = {option.id: option for option in choices_of(question)}
    sent = list(dict.fromkeys(one for one in typed.get(question.id, ()) if one))
    beside = {o.id: _first(typed, f"{question.id}.{o.id}") for o in known.values() if o.writes}
    others = {option: text for option, text in beside.items() if text}
    if question.kind is Kind.SEVERAL or not sent:
        # Whoever writes beside an option means it.
        sent += [option for option in others if option not in sent]
    chosen = tuple(option for option in known if option in sent)
    value = Value(options=chosen, others={o: text for o, text in others.items() if o in chosen})
    if any(one not in known for one in sent):
        return Reading(value, Trouble.UNKNOWN)
    if any(len(text) > LONGEST_OTHER for text in others.values()):
        return Reading(value, Trouble.TOO_LONG)
    if question.kind is not Kind.SEVERAL:
        return Reading(value, Trouble.TOO_MANY if len(chosen) > 1 else None)
    return Reading(value, _several(question, [known[one] for one in chosen]))


def _several(question: Question, chosen: list[Option]) -> Trouble | None:
    if any(option.exclusive for option in chosen):
        return Trouble.ALONE if len(chosen) > 1 else None
    if question.most is not None and len(chosen) > question.most:
        return Trouble.TOO_MANY
    if chosen and question.least is not None and len(chosen) < question.least:
        return Trouble.TOO_FEW
    return None


def _matrix(question: Question, typed: Typed) -> Reading:
    known = {option.id for option in choices_of(question)}
    sent = {row.id: _first(typed, f"{question.id}.{row.id}") for row in rows_of(question)}
    given = {row: option for row, option in sent.items() if option}
    value = Value(rows={row: option for row, option in given.items() if option in known})
    return Reading(value, None if len(value.rows) == len(given) else Trouble.UNKNOWN)


def places(question: Question) -> int:
    """How many places a ranking has."""
    return min(question.most or len(question.options), sum(not o.hidden for o in question.options))


def _ranking(question: Question, typed: Typed) -> Reading:
    known = {option.id for option in choices_of(question)} - {DONT_KNOW, NOT_SAY}
    sent = [_first(typed, f"{question.id}.{place}") for place in range(1, places(question) + 1)]
    ranked = [option for option in sent if option]
    value = Value(options=tuple(dict.fromkeys(option for option in ranked if option in known)))
    trouble = None
    if any(option not in known for option in ranked):
        trouble = Trouble.UNKNOWN
    elif len(set(ranked)) < len(ranked):
        trouble = Trouble.TWICE
    elif any(sent[len(ranked):]):
        trouble = Trouble.GAP
    elif ranked and len(ranked) < (question.least or 0):
        trouble = Trouble.TOO_FEW
    return _beside(question, typed, Reading(value, trouble))


def _text(question: Question, typed: Typed) -> Reading:
    text = next((t for t in typed.get(f"{question.id}.text", ()) if t), "")
    trouble = None
    if len(text) > longest(question):
        trouble = Trouble.TOO_LONG
    elif text and question.kind is not Kind.PLACE and len(text) < (question.least or 0):
        trouble = Trouble.TOO_SHORT
    return _beside(question, typed, Reading(Value(text=text), trouble))


def longest(question: Question) -> int:
    """How many characters a text may have."""
    bound = LONGEST[question.kind]
    return bound if question.kind is Kind.PLACE else min(question.most or bound, bound)


def _number(question: Question, typed: Typed) -> Reading:
    text = _first(typed, f"{question.id}.text")
    return _beside(question, typed, _read_number(question, text) if text else Reading(EMPTY))


def _read_number(question: Question, text: str) -> Reading:
    plain = re.sub(r"\s", "", text).replace("\N{MINUS SIGN}", "-").replace(",", ".")
    if not _NUMBER.fullmatch(plain):
        return Reading(EMPTY, Trouble.NO_NUMBER if question.decimals else Trouble.NO_WHOLE_NUMBER)
    number = Decimal(plain)
    if number != round(number, question.decimals):
        return Reading(EMPTY, Trouble.TOO_MANY_DECIMALS if question.decimals else Trouble.NO_WHOLE_NUMBER)
    if number < (-LARGEST_NUMBER if question.least is None else question.least):
        return Reading(EMPTY, Trouble.TOO_LOW)
    if number > (LARGEST_NUMBER if question.most is None else question.most):
        return Reading(EMPTY, Trouble.TOO_HIGH)
    whole = Decimal(int(number))
    return Reading(Value(number=round(number, question.decimals) if question.decimals else whole))


def _date(question: Question, typed: Typed) -> Reading:
    text = _first(typed, f"{question.id}.text")
    day = read_day(text)
    reading = Reading(Value(day=day), Trouble.NO_DAY if text and day is None else None)
    return _beside(question, typed, reading)


def read_day(text: str) -> date | None:
    """A date as it is written in Sweden, in Norway, or by programs; None if it is none."""
    plain = re.sub(r"\s", "", text)
    turned = re.sub(r"^(\d{1,2})[./](\d{1,2})[./](\d{4})$", r"\3-\2-\1", plain)
    parts = re.fullmatch(r"(\d{4})-?(\d{1,2})-?(\d{1,2})", turned, re.ASCII)
    try:
        return date(*(int(part) for part in parts.groups())) if parts else None
    except ValueError:
        return None


_READERS = {
    Kind.SHORT: _text, Kind.LONG: _text, Kind.PLACE: _text, Kind.ONE: _choice, Kind.SEVERAL: _choice,
    Kind.SCALE: _choice, Kind.MATRIX: _matrix, Kind.RANKING: _ranking, Kind.NUMBER: _number, Kind.DATE: _date,
}


def fields_of(question: Question, typed: Typed) -> dict[str, list[str]]:
    """Those fields of a form that belong to a question."""
    return {
        name: list(values) for name, values in typed.items()
        if name == question.id or name.startswith(f"{question.id}.")
    }
