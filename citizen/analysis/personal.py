"""Personal data in free text: identity numbers, telephone numbers and e-mail addresses; weaker hints apart.

Pure: what is found is told by where it stands, never changed, kept or written anywhere. Only an identity
number that can hardly be anything else is certain: written with its separator or its century. A bare row of
digits may be an account or an order. How well it finds, and how often it errs: docs/personal-data.md.
"""

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from citizen.analysis.addresses import addresses, plates
from citizen.analysis.contacts import emails, phones
from citizen.analysis.identity import identities


class Kind(StrEnum):
    """What was found."""

    IDENTITY = "identity"
    PHONE = "phone"
    EMAIL = "email"
    # Hints, for moderators alone and only where their municipality wants them.
    ADDRESS = "address"
    PLATE = "plate"


class Finding(NamedTuple):
    """A stretch of a text, ``text[start:end]``; certain where it can hardly be anything else."""

    kind: Kind
    start: int
    end: int
    is_certain: bool


def personal_data(text: str) -> list[Finding]:
    """Find personal data in a text, in the order in which it stands; nothing twice.

    A telephone number goes before a bare identity number: of Swedish mobile numbers 5.5 % pass for one.
    """
    numbers = [Finding(Kind.IDENTITY, *one) for one in identities(text)]
    certain = [one for one in numbers if one.is_certain]
    contacts = (*_weak(Kind.EMAIL, emails(text)), *_weak(Kind.PHONE, phones(text)))
    return _first_come((*certain, *contacts, *numbers))


def hints(text: str) -> list[Finding]:
    """What may be an address or a number plate: often wrong, for somebody who looks anyway."""
    found = (*_weak(Kind.ADDRESS, addresses(text)), *_weak(Kind.PLATE, plates(text)))
    return _first_come((*personal_data(text), *found), only={Kind.ADDRESS, Kind.PLATE})


def _weak(kind: Kind, stretches: Iterable[tuple[int, int]]) -> list[Finding]:
    return [Finding(kind, start, end, False) for start, end in stretches]


def _first_come(found: Iterable[Finding], only: Iterable[Kind] = Kind) -> list[Finding]:
    """What overlaps nothing before it, in the order in which it stands."""
    kept: list[Finding] = []
    for one in found:
        if all(one.end <= other.start or other.end <= one.start for other in kept):
            kept.append(one)
    return sorted((one for one in kept if one.kind in only), key=lambda one: one.start)
