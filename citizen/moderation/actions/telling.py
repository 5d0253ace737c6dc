"""Mail about what becomes of an idea beside its visibility."""

from datetime import datetime, timedelta
from typing import Any

from citizen.base import clock, outbox
from citizen.contributions import actions as contributions
from citizen.contributions.queries import Address

# So long it can be undone without the author ever hearing of it.
MAIL_WAITS = timedelta(minutes=5)


def tell(author: Address, subject: object, about: str, **values: Any) -> None:
    """Leave a mail that waits as long as what it tells of can be undone unheard.

    Parameters
    ----------
    subject : lazy words, said in the author's language.
    values : what ``mail/further.txt`` needs, ``kind`` first.
    """
    contributions.write_to_author(
        author, subject, "mail/further.txt", about=about, wait=MAIL_WAITS, **values
    )


def untell(about: str, told_at: datetime) -> bool:
    """Take back what has not been sent.

    Returns
    -------
    Whether authors may have heard of it by now.
    """
    outbox.take_back(about)
    return may_be_told(told_at)


def may_be_told(at: datetime) -> bool:
    """Whether a mail that was left at a moment may have been sent by now."""
    return clock.now() >= at + MAIL_WAITS
