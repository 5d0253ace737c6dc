"""Which languages staff read."""

from citizen.base import locale
from citizen.base.db import session
from citizen.moderation.models import ReadingChoice


def reading_choice(user_id: int) -> ReadingChoice | None:
    """What somebody has chosen to read; None is everything."""
    return session.get(ReadingChoice, user_id)


def not_read(user_id: int) -> tuple[tuple[str, ...], bool]:
    """The languages that somebody does not read, and whether they want to see nothing of them.

    A text whose language nobody could tell is for everybody.
    """
    choice = reading_choice(user_id)
    if choice is None:
        return (), False
    return tuple(one for one in locale.LANGUAGES if one not in choice.languages), choice.hides_others
