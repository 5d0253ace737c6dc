"""Which languages a member of staff reads."""

from collections.abc import Collection

from citizen.base import audit, locale
from citizen.base.db import session
from citizen.moderation import queries
from citizen.moderation.models import ReadingChoice


def choose_languages(user_id: int, languages: Collection[str], *, hides_others: bool) -> None:
    """Keep which languages somebody reads; all of them, or none, is no choice."""
    chosen = [one for one in locale.LANGUAGES if one in languages]
    choice = queries.reading_choice(user_id)
    if len(chosen) in (0, len(locale.LANGUAGES)):
        if choice:
            session.delete(choice)
    else:
        choice = choice or ReadingChoice(user_id=user_id)
        choice.languages, choice.hides_others = chosen, hides_others
        session.add(choice)
    session.flush()
    audit.record("moderation.languages", f"user:{user_id}", user_id, reads=chosen, hides=hides_others)
