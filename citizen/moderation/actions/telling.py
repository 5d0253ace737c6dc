"""Mail to authors: of decisions, of what else becomes of an idea, and to put right what was told."""

from datetime import datetime, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l

from citizen.base import clock, outbox
from citizen.contributions import actions as contributions
from citizen.contributions import queries as contribution_queries
from citizen.contributions.models import Contribution, VisibilityChange
from citizen.contributions.queries import Address
from citizen.contributions.rules import Visibility

# So long it can be undone without the author ever hearing of it.
MAIL_WAITS = timedelta(minutes=5)


def tell_author(
    contribution: Contribution, subject: object, mail: str, *, about: str | None = None,
    wait: timedelta = MAIL_WAITS, **values: Any,
) -> bool:
    """Leave a mail for a contribution's author, in their language, where they have said where to.

    Parameters
    ----------
    about : what it is filed under, so that it can be taken back; a decision about the contribution
        unless given.

    Returns
    -------
    Whether there is anybody to tell.
    """
    contact = contribution_queries.contact(contribution.id)
    if contact is None:
        return False
    contributions.write_to_author(
        Address(contribution.ref, contact.email, contact.language), subject, mail,
        about=about or contributions.about_decision(contribution.ref), wait=wait, **values,
    )
    return True


def tell_decision(
    contribution: Contribution, change: VisibilityChange, *, wait: timedelta = MAIL_WAITS,
    mail: str = "mail/decision.txt",
) -> None:
    """Tell the author of a step that staff have taken."""
    # A publication has a reason where something has been taken out.
    is_redacted = change.after == Visibility.PUBLISHED and change.reason
    is_whole = not is_redacted and change.before == change.after == Visibility.PUBLISHED
    subject = _REDACTED if is_redacted else _WHOLE if is_whole else _SUBJECTS[Visibility(change.after)]
    tell_author(contribution, subject, mail, wait=wait, change=change)


_REDACTED = _l("The municipality has removed a part of your idea")
_WHOLE = _l("Everyone reads the whole of your idea now")
_SUBJECTS = {
    Visibility.PUBLISHED: _l("Your idea has been published"),
    Visibility.RETURNED: _l("Your idea needs a change before it can be published"),
    Visibility.REJECTED: _l("Your idea will not be published"),
    Visibility.HIDDEN: _l("Your idea is no longer published"),
}


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
    tell_author(contribution, _l("A decision has been taken back"), "mail/taken_back.txt", change=change,
                is_redacted=contribution_queries.redaction(contribution.id) is not None)
