"""Where authors want news, and their requests for deletion."""

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import delete

from citizen.base import clock, outbox
from citizen.base.db import session
from citizen.base.errors import Conflict
from citizen.contributions import queries
from citizen.contributions.models import Contact, Contribution, DeletionRequest


def leave_contact(contribution: Contribution, email: str, language: str) -> None:
    """Keep where the author wants news, apart from what was sent; one that was there before is gone.

    What waits to be sent goes to the new address.
    """
    known = queries.contact(contribution.id)
    if known is None:
        session.add(Contact(contribution_id=contribution.id, email=email, language=language,
                            created_at=clock.now()))
    else:
        outbox.readdress(stop_address(contribution.ref, known.language), email)
        known.email, known.created_at = email, clock.now()
    session.flush()


def stop_news(contribution: Contribution) -> bool:
    """Forget where the author wants news, and take back what has not been sent.

    Returns
    -------
    Whether there was anything to forget.
    """
    known = queries.contact(contribution.id)
    if known is None:
        return False
    outbox.take_back_stoppable(stop_address(contribution.ref, known.language))
    session.execute(delete(Contact).where(Contact.id == known.id))
    return True


def stop_address(ref: str, language: str) -> str:
    """The whole address of the page that stops news about a contribution."""
    return address("ideas.stop", language, token=queries.stop_token(ref))


def address(endpoint: str, language: str, **values: str) -> str:
    """A whole address for mail. Commands and workers have no request to build one from."""
    base: str = current_app.extensions["citizen.settings"].base_url
    path = current_app.url_map.bind("").build(endpoint, {"language": language, **values})
    return f"{base}{path}"


def ask_deletion(contribution: Contribution, words: str | None) -> DeletionRequest:
    """Note that the author asks for deletion; while one request waits, it is the only one."""
    waiting = [asked for asked in queries.deletion_requests(contribution.id) if asked.handled_at is None]
    if waiting:
        return waiting[0]
    asked = DeletionRequest(contribution_id=contribution.id, at=clock.now(), words=words)
    session.add(asked)
    session.flush()
    return asked


def answer_deletion(asked: DeletionRequest, answer: str, *, user_id: int) -> None:
    """Note that a request has been handled, with words to the author.

    Raises
    ------
    Conflict
        If somebody else has answered it.
    """
    if asked.handled_at is not None:
        raise Conflict(_("Somebody else has answered this request. Nothing was overwritten."))
    asked.handled_at, asked.handled_by, asked.answer = clock.now(), user_id, answer
    session.flush()
