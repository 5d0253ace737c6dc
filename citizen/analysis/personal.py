"""Personal data in free text: identity numbers, telephone numbers and e-mail addresses.

Pure: what is found is told, never changed or kept. Only an identity number that can hardly be anything else
is certain: written with its separator or its century. A bare row of digits may be an account or an order.
"""

import re
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """What was found."""

    IDENTITY = "identity"
    PHONE = "phone"
    EMAIL = "email"


class Finding(NamedTuple):
    """A stretch of a text, ``text[start:end]``; certain where it can hardly be anything else."""

    kind: Kind
    start: int
    end: int
    is_certain: bool


_SWEDISH = re.compile(r"(?<![\d-])(?P<century>19|20)?(?P<date>\d{6})(?P<mark>[-+]?)(?P<last>\d{4})(?![\d-])")
_NORWEGIAN = re.compile(r"(?<!\d)(?P<date>\d{6})(?P<mark>[  ]?)(?P<last>\d{5})(?!\d)")
_PHONE = re.compile(
    r"(?<![\d+])(?:(?:\+|00)4[67][\s-]?\d(?:[\s-]?\d){6,9}|07\d(?:[\s-]?\d){7}"
    r"|[2-9]\d(?: \d\d){3}|[49]\d\d \d\d \d{3}|[49]\d{7})(?!\d)"
)
_EMAIL = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}(?:@|\s?\(at\)\s?|\s(?:snabel-a|krøllalfa)\s)"
    r"(?:[\w-]{1,63}\.){1,8}[a-z]{2,24}(?!\w)", re.IGNORECASE
)
_WEIGHTS = ((3, 7, 6, 1, 8, 9, 4, 5, 2, 1), (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1))
"""Of a Norwegian identity number's digits, check digits included (Skatteetaten)."""


def personal_data(text: str) -> list[Finding]:
    """Find personal data in a text, in the order in which it stands; nothing twice.

    A telephone number goes before a bare identity number: of Swedish mobile numbers 5.5 % pass for one.
    """
    certain = [one for one in _identities(text) if one.is_certain]
    found: list[Finding] = []
    for one in (*certain, *_emails(text), *_phones(text), *_identities(text)):
        if all(one.end <= other.start or other.end <= one.start for other in found):
            found.append(one)
    return sorted(found, key=lambda one: one.start)


def _emails(text: str) -> Iterator[Finding]:
    return (Finding(Kind.EMAIL, m.start(), m.end(), False) for m in _EMAIL.finditer(text))


def _phones(text: str) -> Iterator[Finding]:
    return (Finding(Kind.PHONE, m.start(), m.end(), False) for m in _PHONE.finditer(text))


def _identities(text: str) -> Iterator[Finding]:
    for match in _SWEDISH.finditer(text):
        digits = match["date"] + match["last"]
        if _is_day(match["date"][4:], match["date"][2:4], match["date"][:2], day_from=60) and _luhn(digits):
            is_certain = bool(match["mark"] or match["century"])
            yield Finding(Kind.IDENTITY, match.start(), match.end(), is_certain)
    for match in _NORWEGIAN.finditer(text):
        born, digits = match["date"], match["date"] + match["last"]
        if _is_day(born[:2], born[2:4], born[4:], day_from=40) and _modulus(digits):
            yield Finding(Kind.IDENTITY, match.start(), match.end(), bool(match["mark"]))


def _is_day(day: str, month: str, year: str, *, day_from: int) -> bool:
    """Whether a date is one, with what coordination numbers and synthetic ones add to day and month."""
    number, of_year = int(day), int(month)
    number -= day_from if number > day_from else 0
    of_year -= 80 if of_year > 80 else 40 if of_year > 40 else 0
    try:
        # A leap year: the century is not known.
        date(2000 if int(year) % 4 == 0 else 2001, of_year, number)
    except ValueError:
        return False
    return True


def _luhn(digits: str) -> bool:
    """Whether the last of ten digits is the check digit of the others (ISO/IEC 7812-1)."""
    doubled = [int(digit) * (2 - at % 2) for at, digit in enumerate(digits)]
    return sum(value // 10 + value % 10 for value in doubled) % 10 == 0


def _modulus(digits: str) -> bool:
    """Whether both check digits are right; from 2032 the first may leave up to 3 (Skatteetaten)."""
    values = [int(digit) for digit in digits]
    first, second = (
        sum(value * weight for value, weight in zip(values, weights, strict=False)) % 11
        for weights in _WEIGHTS
    )
    return first <= 3 and second == 0
