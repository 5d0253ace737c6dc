"""Takes somebody's words out of a contribution for good, in every version: the law asks for it.

A redaction by a moderator keeps the original (it is a new version); this does not. Only the room of records
calls it, in a case with a reason.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from sqlalchemy import or_, select
from sqlalchemy.orm.attributes import flag_modified

from citizen.analysis.terms import version
from citizen.base.db import session
from citizen.contributions.actions import search
from citizen.contributions.actions.steps import tell_shown
from citizen.contributions.models import (
    Appeal,
    Contribution,
    DeletionRequest,
    HandlingChange,
    OfficialAnswer,
    Picture,
    Redaction,
    Revision,
    SecondLook,
    ShownPicture,
    TextVersion,
    VisibilityChange,
)


class Eraser(Protocol):
    """Takes words out of a text."""

    def __call__(self, text: str) -> tuple[str, int]:
        """Give a text without the words, and in how many places they stood."""

    def moved(self, text: str, place: int, *, is_end: bool) -> int:
        """Tell where a place in a text is once the words are out of it."""


# Table → its words, and how long they can be: a mark may be longer than what it stands for.
_SAID: Sequence[tuple[type[Any], Mapping[str, int | None]]] = (
    (TextVersion, {"title": 200, "body": None, "place": 200}),
    (ShownPicture, {"alt": 300}),
    (DeletionRequest, {"words": None, "answer": None}),
    (VisibilityChange, {"words": None}),
    (HandlingChange, {"words": None}),
    (Appeal, {"words": None, "answer": None}),
    (Revision, {"words": None}),
    (SecondLook, {"words": None, "note": None}),
    (OfficialAnswer, {"body": None, "signed": 120}),
)


def erase_words(contribution: Contribution, erase: Eraser) -> int:
    """Erase words in every version and in everything that was written about a contribution beside it.

    Returns
    -------
    How many places were changed.
    """
    _move_redactions(contribution, erase)
    total = 0
    for model, columns in _SAID:
        for row in session.scalars(select(model).where(model.contribution_id == contribution.id)):
            for name, longest in columns.items():
                if written := getattr(row, name):
                    erased, count = erase(written)
                    setattr(row, name, erased[:longest])
                    total += count
    if total:
        _follow(contribution)
    return total


def _move_redactions(contribution: Contribution, erase: Eraser) -> None:
    """Have redactions point at the same words of the version that they were made of, before that changes."""
    texts = {text.number: text for text in contribution.texts}
    for row in session.scalars(select(Redaction).where(Redaction.contribution_id == contribution.id)):
        whole = texts[row.of_version]
        photos = row.removed.get("photos", {})
        moved: dict[str, Any] = {
            name: _moved(getattr(whole, name) or "", stretches, erase)
            for name, stretches in row.removed.items() if name != "photos"
        }
        if photos:
            moved["photos"] = {
                ref: {**one, "alt": _moved(_alt(contribution.id, ref, row.of_version), one["alt"], erase)}
                for ref, one in photos.items()
            }
        row.removed = moved


def _moved(text: str, stretches: Sequence[Sequence[int]], erase: Eraser) -> list[list[int]]:
    return [
        [erase.moved(text, start, is_end=False), erase.moved(text, end, is_end=True)]
        for start, end in stretches
    ]


def _alt(contribution_id: int, ref: str, number: int) -> str:
    """What a photo was said to show in a version."""
    return session.scalar(
        select(ShownPicture.alt).join(Picture, Picture.id == ShownPicture.picture_id)
        .where(ShownPicture.contribution_id == contribution_id, Picture.ref == ref,
               ShownPicture.first_version <= number,
               or_(ShownPicture.last_version.is_(None), ShownPicture.last_version >= number))
    ) or ""


def _follow(contribution: Contribution) -> None:
    """Have what it is found by, and whoever has the old text before them, follow the new one."""
    text = next((t for t in contribution.texts if t.number == contribution.public_version), None)
    if text is not None:
        found_by = search.entry(contribution, text)
        contribution.search_text, contribution.search_version = found_by.after, version()
    # Whoever has the old text before them must not decide about the new one.
    flag_modified(contribution, "visibility")
    session.flush()
    if text is not None:
        search.write_entries([found_by])
        tell_shown(contribution.programme_id)
