"""Decisions about people, roles, links and passwords, from values alone."""

import re
from collections.abc import Collection, Iterable
from datetime import timedelta
from enum import StrEnum

SHORTEST_PASSWORD = 12
# A password that is somebody's own name needs this much of something else to pass.
_OF_ITS_OWN = 8
# Fewer different characters than this is a pattern, however long.
_FEWEST_CHARACTERS = 5

# Long enough to pass the length, common enough to be tried first; compared without case and signs.
COMMON_PASSWORDS = frozenset({
    "123456789012", "1234567890123", "12345678901234", "123456789abc", "1q2w3e4r5t6y", "abcdefghijkl",
    "qwertyuiopas", "qwertyuiopasdf", "qwertyuiopå", "qwertyuiop123", "qwerty123456", "1qaz2wsx3edc",
    "password1234", "password12345", "password123456", "passwordpassword", "mypassword123",
    "passord12345", "passord123456", "passordpassord", "mittpassord1", "mittpassord123",
    "lösenord1234", "lösenord12345", "lösenordlösenord", "mittlösenord1", "mittlösenord123",
    "losenord1234", "losenord12345", "losenordlosenord", "administrator", "administrator1",
    "administrator123", "administratör1", "välkommen1234", "valkommen1234", "velkommen1234",
    "velkommen12345", "välkommen12345", "kommunen1234", "kommune12345", "sommaren2024", "sommaren2025",
    "sommaren2026", "sommeren2024", "sommeren2025", "sommeren2026", "iloveyou1234", "letmein12345",
    "changeme1234", "changemenow1", "fotballfotball", "fotboll12345", "fotball12345",
})


class Purpose(StrEnum):
    """What a one-time link is for."""

    INVITATION = "invitation"
    RESET = "reset"
    SIGN_IN = "sign_in"


LIFETIMES = {
    Purpose.INVITATION: timedelta(days=7),
    Purpose.RESET: timedelta(hours=2),
    Purpose.SIGN_IN: timedelta(hours=24),
}


class Weakness(StrEnum):
    """What is wrong with a password."""

    SHORT = "short"
    OWN_NAME = "own_name"
    COMMON = "common"


def weakness(password: str, *, email: str, name: str) -> Weakness | None:
    """What is wrong with a password that somebody wants; None when it will do."""
    if len(password) < SHORTEST_PASSWORD:
        return Weakness.SHORT
    plain = _plain(password)
    if plain in COMMON_PASSWORDS or len(set(password)) < _FEWEST_CHARACTERS:
        return Weakness.COMMON
    for own in (_plain(email), _plain(email.partition("@")[0]), _plain(name)):
        if len(own) > 2 and own in plain and len(plain) - len(own) < _OF_ITS_OWN:
            return Weakness.OWN_NAME
    return None


def _plain(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def is_own_path(address: str) -> bool:
    """Whether an address stays on this site: browsers read ``//`` and ``/\\`` as another host."""
    return re.fullmatch(r"/(?![/\\])[^\\\x00-\x20\x7f]*", address) is not None


def left_without_administrator(
    losing: Iterable[int], user_id: int, administrators: Collection[tuple[int, int]]
) -> set[int]:
    """The municipalities that would have no administrator left.

    Parameters
    ----------
    losing : municipalities in which the person stops being administrator.
    administrators : (municipality, person) of every active administrator there.
    """
    return {m for m in losing
            if (m, user_id) in administrators
            and not any(place == m and other != user_id for place, other in administrators)}


def as_seen(grants: Iterable[tuple[int, str]]) -> str:
    """Roles as a form carries them, so that a change by somebody else in between is noticed."""
    return " ".join(f"{municipality_id}:{role}" for municipality_id, role in sorted(grants))
