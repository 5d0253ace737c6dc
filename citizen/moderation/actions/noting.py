"""What staff say to each other about an item, and what the municipality says about reasons."""

from collections.abc import Callable, Mapping

from flask_babel import gettext as _
from sqlalchemy import delete, select

from citizen.base import audit, clock
from citizen.base.db import session
from citizen.base.errors import Conflict
from citizen.contributions.models import Contribution
from citizen.moderation import queries
from citizen.moderation.models import InternalNote, ReasonWords
from citizen.programmes import queries as programme_queries
from citizen.programmes.models import Municipality


def note(contribution: Contribution, body: str, *, user_id: int) -> InternalNote:
    """Leave a note for colleagues. It changes nothing, so that it collides with nobody."""
    row = InternalNote(contribution_id=contribution.id, body=body, at=clock.now(), user_id=user_id)
    session.add(row)
    session.flush()
    audit.record("moderation.note", contribution.ref, user_id, note=row.id)
    return row


def erase_note_words(contribution_id: int, erase: Callable[[str], tuple[str, int]]) -> int:
    """Take somebody's words out of the notes about a contribution for good, as the law may ask; only the room
    of records does that. Gives the number of places changed."""
    total = 0
    for row in session.scalars(select(InternalNote).where(InternalNote.contribution_id == contribution_id)):
        row.body, count = erase(row.body)
        total += count
    session.flush()
    return total


def change_reason_words(
    municipality: Municipality, language: str, words: Mapping[str, str], *, seen: str, user_id: int
) -> None:
    """Keep what a municipality says of reasons in one language; what is empty, or as ours, is ours again.

    Raises
    ------
    Conflict
        If the words have been changed since the page was made, on which they were ``seen``.
    """
    programme_queries.hold(municipality.id)
    before = queries.reason_words(municipality.id, language)
    if queries.words_seen(before) != seen:
        raise Conflict(_("Somebody else has changed these words. Nothing was overwritten."))
    ours, now = queries.our_words(language), clock.now()
    after = {reason: words.get(reason) or ours[reason] for reason in ours}
    changed = sorted(reason for reason in ours if after[reason] != before[reason])
    session.execute(delete(ReasonWords).where(
        ReasonWords.municipality_id == municipality.id, ReasonWords.language == language,
        ReasonWords.reason.in_(changed),
    ))
    session.add_all(
        ReasonWords(municipality_id=municipality.id, reason=reason, language=language,
                    words=after[reason], changed_at=now, changed_by=user_id)
        for reason in changed if after[reason] != ours[reason]
    )
    session.flush()
    audit.record("moderation.reason_words", municipality.slug, user_id, language=language, reasons=changed)
