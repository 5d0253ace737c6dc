"""What staff type in from paper, read as answers. Fields are named as on the pages that residents see.

``q2`` for what is chosen, ``q2.text`` for what is written, ``q2.o5`` for words beside an option, ``q2.r3``
for an item of a matrix, ``q2.1`` for the first place of a ranking.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from flask_babel import lazy_gettext as _l

from citizen.surveys.rules.document import DONT_KNOW, NOT_SAY, Kind, Question, choices_of, rows_of
from citizen.surveys.rules.values import EMPTY, Value

Typed = Mapping[str, Sequence[str]]
LONGEST = {Kind.SHORT: 200, Kind.LONG: 5000, Kind.PLACE: 200}
LONGEST_OTHER = 200
_TROUBLES = {
    "unknown": _l("Choose one of the answers that the question has."),
    "alone": _l("One of these answers cannot stand together with others."),
    "too_few": _l("These are too few."),
    "too_many": _l("These are too many."),
    "too_long": _l("This text is too long."),
    "no_number": _l("Write a number."),
    "out_of_range": _l("This number is too small or too large."),
    "no_day": _l("Write the date as 2026-03-09 or 09.03.2026."),
    "twice": _l("The same answer stands in two places."),
    "gap": _l("A place before this one is empty."),
    "either": _l("Either an answer or “don’t know”, not both."),
}


@dataclass(frozen=True)
class Reading:
    """An answer as far as it could be read, and what is wrong with it."""

    value: Value
    trouble: str | None = None


def trouble_words(trouble: str) -> str:
    """What is wrong, in a sentence."""
    return str(_TROUBLES[trouble])


def read(question: Question, typed: Typed) -> Reading:
    """The answer that fields bring to a question; whether one is needed is not asked."""
    if question.kind in (Kind.STATEMENT, Kind.PHOTO):
        return Reading(EMPTY)
    if question.kind in (Kind.ONE, Kind.SEVERAL, Kind.SCALE):
        return _choice(question, typed)
    if question.kind is Kind.MATRIX:
        return _matrix(question, typed)
    reading = _ranking(question, typed) if question.kind is Kind.RANKING else _written(question, typed)
    codes = [one for one in typed.get(question.id, ()) if one in _codes(question)]
    if not codes:
        return reading
    if len(codes) > 1 or not reading.value.is_empty or reading.trouble:
        return Reading(reading.value, "either")
    return Reading(Value(options=tuple(codes)))


def _codes(question: Question) -> set[str]:
    return {option.id for option in choices_of(question)} & {DONT_KNOW, NOT_SAY}


def _first(typed: Typed, name: str) -> str:
    return next(iter(typed.get(name, ())), "")


def _choice(question: Question, typed: Typed) -> Reading:
    known = {option.id: option for option in choices_of(question)}
    sent = {one for one in typed.get(question.id, ()) if one}
    others = {o: text for o in known if known[o].writes and (text := _first(typed, f"{question.id}.{o}"))}
    # Whoever writes beside an option means it.
    sent |= set(others) if question.kind is Kind.SEVERAL or not sent else set()
    chosen = tuple(option for option in known if option in sent)
    value = Value(options=chosen, others={o: text for o, text in others.items() if o in chosen})
    return Reading(value, _choice_trouble(question, value, sent - set(known)))


def _choice_trouble(question: Question, value: Value, strange: set[str]) -> str | None:
    count, exclusive = len(value.options), {o.id for o in choices_of(question) if o.exclusive}
    if strange:
        return "unknown"
    if any(len(text) > LONGEST_OTHER for text in value.others.values()):
        return "too_long"
    if question.kind is not Kind.SEVERAL:
        return "too_many" if count > 1 else None
    if exclusive & set(value.options):
        return "alone" if count > 1 else None
    if question.most is not None and count > question.most:
        return "too_many"
    return "too_few" if count and count < (question.least or 0) else None


def _matrix(question: Question, typed: Typed) -> Reading:
    known = {option.id for option in choices_of(question)}
    sent = {row.id: _first(typed, f"{question.id}.{row.id}") for row in rows_of(question)}
    given = {row: option for row, option in sent.items() if option}
    return Reading(Value(rows={row: option for row, option in given.items() if option in known}),
                   None if set(given.values()) <= known else "unknown")


def places(question: Question) -> int:
    """How many places a ranking has."""
    count = sum(not option.hidden for option in question.options)
    return min(question.most or count, count)


def _ranking(question: Question, typed: Typed) -> Reading:
    known = {option.id for option in question.options if not option.hidden}
    sent = [_first(typed, f"{question.id}.{place}") for place in range(1, places(question) + 1)]
    ranked = [option for option in sent if option]
    value = Value(options=tuple(dict.fromkeys(option for option in ranked if option in known)))
    if set(ranked) - known:
        return Reading(value, "unknown")
    if len(set(ranked)) < len(ranked):
        return Reading(value, "twice")
    return Reading(value, "gap" if any(sent[len(ranked):]) else None)


def _written(question: Question, typed: Typed) -> Reading:
    text = _first(typed, f"{question.id}.text")
    if question.kind is Kind.NUMBER:
        return _number(question, text) if text else Reading(EMPTY)
    if question.kind is Kind.DATE:
        day = _day(text)
        return Reading(Value(day=day), "no_day" if text and day is None else None)
    bound = LONGEST[question.kind]
    most = bound if question.kind is Kind.PLACE else min(question.most or bound, bound)
    return Reading(Value(text=text), "too_long" if len(text) > most else None)


def _number(question: Question, text: str) -> Reading:
    plain = re.sub(r"\s", "", text).replace("\N{MINUS SIGN}", "-").replace(",", ".")
    if not re.fullmatch(r"[-+]?\d{1,12}(\.\d{1,6})?", plain, re.ASCII):
        return Reading(EMPTY, "no_number")
    number = Decimal(plain)
    if number != round(number, question.decimals):
        return Reading(EMPTY, "no_number")
    too_low = question.least is not None and number < question.least
    too_high = question.most is not None and number > question.most
    if too_low or too_high:
        return Reading(EMPTY, "out_of_range")
    return Reading(Value(number=round(number, question.decimals) if question.decimals
                         else Decimal(int(number))))


def _day(text: str) -> date | None:
    plain = re.sub(r"^(\d{1,2})[./](\d{1,2})[./](\d{4})$", r"\3-\2-\1", re.sub(r"\s", "", text))
    parts = re.fullmatch(r"(\d{4})-?(\d{1,2})-?(\d{1,2})", plain, re.ASCII)
    try:
        return date(*(int(part) for part in parts.groups())) if parts else None
    except ValueError:
        return None
