"""Mail about what becomes of an idea beside its visibility, and mail that puts right what was told."""

from datetime import datetime, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l

from citizen.base import clock, outbox
from citizen.contributions import actions as contributions
from citizen.contributions import queries as contribution_queries
from citizen.contributions.models import Contribution, VisibilityChange
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


def may_be_told(at: datetime, by: datetime | None = None) -> bool:
    """Whether a mail that was left at a moment may have been sent by now, or by another moment."""
    return (by or clock.now()) >= at + MAIL_WAITS


def tell_taken_back(contribution: Contribution, change: VisibilityChange) -> None:
    """Tell the author that a decision they have heard of no longer stands, and what does."""
    contact = contribution_queries.contact(contribution.id)
    if contact is None:
        return
    contributions.write_to_author(
        Address(contribution.ref, contact.email, contact.language), _l("A decision has been taken back"),
        "mail/taken_back.txt", about=contributions.about_decision(contribution.ref), wait=MAIL_WAITS,
        change=change,
    )
