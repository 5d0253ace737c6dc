"""Takes somebody's words out of a contribution for good, in every version: the law asks for it.

A redaction by a moderator keeps the original (it is a new version); this does not. Only the room of records
calls it, in a case with a reason.
"""

from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm.attributes import flag_modified

from citizen.analysis.terms import version
from citizen.base.db import session
from citizen.contributions.actions import search
from citizen.contributions.actions.contributions import tell_shown
from citizen.contributions.models import Contribution, DeletionRequest, ShownPicture

Eraser = Callable[[str], tuple[str, int]]
"""Gives a text without the words, and in how many places they stood."""


def erase_words(contribution: Contribution, erase: Eraser) -> int:
    """Erase words in every version, in what photos are said to show and in requests for deletion.

    Returns
    -------
    How many places were changed.
    """
    total = 0
    for text in contribution.texts:
        for name in ("title", "body", "place"):
            if getattr(text, name):
                erased, count = erase(getattr(text, name))
                # A mark may be longer than what it stands for.
                setattr(text, name, erased if name == "body" else erased[:200])
                total += count
    for shown in session.scalars(select(ShownPicture).where(ShownPicture.contribution_id == contribution.id)):
        erased, count = erase(shown.alt)
        shown.alt, total = erased[:300], total + count
    for asked in session.scalars(
        select(DeletionRequest).where(DeletionRequest.contribution_id == contribution.id)
    ):
        erased, count = erase(asked.words or "")
        asked.words, total = erased or None, total + count
    if total:
        _follow(contribution)
    return total


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
