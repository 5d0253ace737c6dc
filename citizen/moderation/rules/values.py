"""Decisions about moderation, from values alone."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from difflib import SequenceMatcher
from typing import Any
from zoneinfo import ZoneInfo

from citizen.contributions.rules import Visibility

# The tabs of the queue in their order: what waits comes first.
TABS = (
    Visibility.SUBMITTED, Visibility.PUBLISHED, Visibility.RETURNED, Visibility.REJECTED,
    Visibility.HIDDEN, Visibility.WITHDRAWN,
)
MOST_CHOSEN = 100

_CHOSEN = re.compile(r"([A-Z]-[0-9A-Z]{1,10}):([0-9]{1,9})")
# A word, or what lies between words: put together again they are the text.
_WORD = re.compile(r"\w+|\s+|[^\w\s]")


@dataclass(frozen=True)
class Piece:
    """A stretch of text that two versions share, or that only one of them has."""

    kind: str
    text: str


def difference(before: str, after: str) -> list[Piece]:
    """What changed between two texts, word by word; a run of changed words is one change.

    Returns
    -------
    Pieces in reading order. Without the added ones they are ``before``, without the removed ones ``after``.
    """
    old, new = _WORD.findall(before), _WORD.findall(after)
    # Comparing long texts of the same few words over and over would take as long as their author wished.
    coarse = len(old) * len(new) > 1_000_000
    pieces: list[Piece] = []
    removed = added = ""
    for tag, i, j, m, n in SequenceMatcher(None, old, new, autojunk=coarse).get_opcodes():
        gone, come = "".join(old[i:j]), "".join(new[m:n])
        # A space that two changes share belongs to both of them; alone it would tear them apart.
        if tag != "equal" or (gone.isspace() and (removed or added) and j < len(old) and n < len(new)):
            removed, added = removed + gone, added + come
            continue
        pieces += _changed(removed, added)
        pieces.append(Piece("same", gone))
        removed = added = ""
    return pieces + _changed(removed, added)


def _changed(removed: str, added: str) -> list[Piece]:
    return [Piece(kind, text) for kind, text in (("removed", removed), ("added", added)) if text]


def days_waited(since: datetime, today: date, zone: ZoneInfo) -> int:
    """Whole days by the calendar since a moment; what came in today has waited 0."""
    return max(0, (today - since.astimezone(zone).date()).days)


def newest_open(reports: Iterable[Any]) -> str:
    """What a page has shown of reports: the moment of the newest that is open; empty where none is."""
    return max((one.at.isoformat() for one in reports if one.closed_at is None), default="")


def read_chosen(values: Iterable[str]) -> dict[str, int]:
    """References with the version each was seen at, from ``I-7K2M9QXT:3``; what is malformed is left out."""
    found = (_CHOSEN.fullmatch(value) for value in values)
    chosen = {match[1]: int(match[2]) for match in found if match}
    return dict(list(chosen.items())[:MOST_CHOSEN])


def spellings(word: str) -> set[str]:
    """The ways a word may stand in a text of which a database has lowered only a–z.

    Engines differ in whether ``lower`` knows å, ä, ö, æ and ø, so that a word is looked for
    in small letters, with a capital, and in capitals.
    """
    return {_ascii_lowered(way) for way in (word.casefold(), word.capitalize(), word.upper())}


def _ascii_lowered(text: str) -> str:
    return "".join(c.lower() if c.isascii() else c for c in text)


def audit_name(before: str, after: str) -> str:
    """What a decision is called in the audit log."""
    if after == Visibility.PUBLISHED and before == Visibility.HIDDEN:
        return "moderation.restore"
    return {
        Visibility.PUBLISHED: "moderation.publish",
        Visibility.RETURNED: "moderation.return",
        Visibility.REJECTED: "moderation.reject",
        Visibility.HIDDEN: "moderation.hide",
    }[Visibility(after)]
