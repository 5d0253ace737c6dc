"""What was written about a contribution beside its texts, piece by piece, oldest first.

Somebody decides of each whether the person of a case is given it: notes and what two of the staff say to each
other may name others, or be what the law lets a municipality keep to itself.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from citizen.base.db import session
from citizen.contributions.models import (
    Appeal,
    DeletionRequest,
    HandlingChange,
    Revision,
    SecondLook,
    VisibilityChange,
)
from citizen.moderation.models import InternalNote
from citizen.records.models import CaseItem

# What it is called → where it lies, in which column, and when it was written.
_STAFFS_OWN: Mapping[str, tuple[type[Any], str, str]] = {
    "note": (InternalNote, "body", "at"),
    # Before it has been answered nothing is decided, and its author reads that it is under review.
    "look_words": (SecondLook, "words", "answered_at"),
    "look_note": (SecondLook, "note", "answered_at"),
}
# The author knows them and is given them with the rest. Of what others wrote, they are pieces too.
_KNOWN_TO_AUTHOR: Mapping[str, tuple[type[Any], str, str]] = {
    "step": (VisibilityChange, "words", "at"),
    "handling": (HandlingChange, "words", "at"),
    "appeal": (Appeal, "words", "at"),
    "appeal_answer": (Appeal, "answer", "answered_at"),
    "revision_answer": (Revision, "words", "answered_at"),
    "deletion": (DeletionRequest, "words", "at"),
    "deletion_answer": (DeletionRequest, "answer", "handled_at"),
}


@dataclass(frozen=True)
class Passage:
    """Words that somebody wrote about a contribution; ``key`` tells them from all others of it."""

    key: str
    what: str
    at: datetime
    words: str
    is_given: bool


def passages(item: CaseItem, contribution_id: int) -> list[Passage]:
    """What a record of a case holds beside its texts, and whether the person is given it.

    Until somebody has chosen, the author of a contribution is given what staff wrote about it, and nobody
    else is. What was written since somebody chose is not given out unread.
    """
    kinds = _STAFFS_OWN if item.is_own else {**_STAFFS_OWN, **_KNOWN_TO_AUTHOR}
    unsaid = item.is_own and not item.given
    found = (
        Passage(key, what, at, words, item.given.get(key, unsaid))
        for key, what, at, words in _written(kinds, contribution_id)
    )
    return sorted(found, key=lambda one: (one.at, one.key))


def _written(
    kinds: Mapping[str, tuple[type[Any], str, str]], contribution_id: int
) -> Iterator[tuple[str, str, datetime, str]]:
    for what, (model, column, at) in kinds.items():
        rows = session.execute(
            select(model.id, getattr(model, at), getattr(model, column))
            .where(model.contribution_id == contribution_id, getattr(model, column).is_not(None),
                   getattr(model, at).is_not(None))
        )
        yield from ((f"{what}:{number}", what, when, words) for number, when, words in rows if words)
