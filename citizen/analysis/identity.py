"""Identity numbers of Sweden and Norway in free text.

Swedish: personnummer, also with ``+`` and with the century, coordination numbers (day + 60), and those that
have a letter where the first of the last four digits would be (T-numbers). Norwegian: fødselsnummer by the
rule of today and by that from 2032, D-numbers (day + 40), synthetic ones (month + 80 or + 40).
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

SPACES = " \u00a0\u2009\u202f"
"""A space, and those that do not break a line."""
DASHES = r"\-\u2010\u2011\u2012\u2013\u2212"
"""As they stand within the brackets of a pattern."""
LETTERS = "TRSUWXJKLMN"
"""What may stand first in the last four; counts as 1 (personnummer.dev, "interim numbers")."""


class Identity(NamedTuple):
    """A stretch of a text; certain where it can hardly be anything else."""

    start: int
    end: int
    is_certain: bool


# Nothing within a longer row of digits: 12-811228-9874 and 8112289874,50 are something else.
_BEFORE = rf"(?<!\d)(?<!\d[{DASHES}.,/])"
_AFTER = rf"(?!\d)(?![{DASHES}]\d)(?![.,]\d)"
_SWEDISH = re.compile(
    rf"{_BEFORE}(?P<century>19|20)?(?P<date>\d{{6}})"
    rf"(?P<mark>[{SPACES}]?[{DASHES}+][{SPACES}]?|[{SPACES}])?(?P<last>[{LETTERS}\d]\d{{3}}){_AFTER}"
)
_SWEDISH_IN_PARTS = re.compile(
    rf"{_BEFORE}(?P<century>19|20)?(?P<year>\d\d)(?P<within>[{DASHES}./{SPACES}])(?P<month>\d\d)(?P=within)"
    rf"(?P<day>\d\d)[{SPACES}]?[{DASHES}+][{SPACES}]?(?P<last>[{LETTERS}\d]\d{{3}}){_AFTER}"
)
_NORWEGIAN = re.compile(
    rf"{_BEFORE}(?P<date>\d{{6}})(?P<mark>[{SPACES}]?[{DASHES}{SPACES}]?)(?P<last>\d{{5}}){_AFTER}"
)
_NORWEGIAN_IN_PARTS = re.compile(
    rf"{_BEFORE}(?P<day>\d\d)(?P<within>[{DASHES}./{SPACES}])(?P<month>\d\d)(?P=within)(?:19|20)?(?P<year>\d\d)"
    rf"[{SPACES}]?[{DASHES}{SPACES}](?P<last>\d{{5}}){_AFTER}"
)
_WEIGHTS = ((3, 7, 6, 1, 8, 9, 4, 5, 2, 1), (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1))
"""Of a Norwegian number's digits, check digits included (Skatteetaten)."""


def identities(text: str) -> Iterator[Identity]:
    """Every identity number of a text, the Swedish first; one stretch may be told twice."""
    for match in _SWEDISH.finditer(text):
        born = match["date"]
        if _is_swedish(match["century"], born[:2], born[2:4], born[4:], match["last"]):
            is_clear = bool(match["century"] or (match["mark"] or "").strip(SPACES))
            yield Identity(match.start(), match.end(), is_clear)
    for match in _SWEDISH_IN_PARTS.finditer(text):
        if _is_swedish(match["century"], match["year"], match["month"], match["day"], match["last"]):
            yield Identity(match.start(), match.end(), True)
    for match in _NORWEGIAN.finditer(text):
        born = match["date"]
        if _is_norwegian(born[:2], born[2:4], born[4:], match["last"]):
            yield Identity(match.start(), match.end(), bool(match["mark"]))
    for match in _NORWEGIAN_IN_PARTS.finditer(text):
        if _is_norwegian(match["day"], match["month"], match["year"], match["last"]):
            yield Identity(match.start(), match.end(), True)


def _is_swedish(century: str | None, year: str, month: str, day: str, last: str) -> bool:
    digits = f"{year}{month}{day}{'1' if last[0] in LETTERS else last[0]}{last[1:]}"
    number = int(day) - 60 if int(day) > 60 else int(day)
    return last[:3] != "000" and _is_day(f"{century or ''}{year}", int(month), number) and _luhn(digits)


def _is_norwegian(day: str, month: str, year: str, last: str) -> bool:
    number, of_year = int(day), int(month)
    number -= 40 if number > 40 else 0
    of_year -= 80 if of_year > 80 else 40 if of_year > 40 else 0
    return _is_day(year, of_year, number) and _modulus(f"{day}{month}{year}{last}")


def _is_day(year: str, month: int, day: int) -> bool:
    """Whether a date is one; where the century is not known, 29 February may be of either."""
    whole = int(year) if len(year) == 4 else 2000 if int(year) % 4 == 0 else 2001
    try:
        date(whole, month, day)
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
