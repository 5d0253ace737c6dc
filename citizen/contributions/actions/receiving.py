"""What comes in is taken in once; its receipt is derived from its reference."""

from datetime import datetime

from flask import current_app
from sqlalchemy.exc import IntegrityError

from citizen.base import clock, ids
from citizen.base.db import session
from citizen.contributions import queries
from citizen.contributions.models import Contribution, TextVersion
from citizen.contributions.rules import Handling, Visibility

PREFIX = {"idea": "I", "answer": "A", "voice": "V"}


def receive(
    *,
    kind: str,
    programme_id: int,
    municipality_id: int,
    source: str,
    language: str,
    sector: str | None,
    client_key: str,
    title: str | None,
    body: str,
    place: str | None = None,
    external_id: str | None = None,
    submitted_at: datetime | None = None,
    held_as: str | None = None,
) -> tuple[Contribution, bool]:
    """Take in what somebody sent, once per client key.

    Parameters
    ----------
    held_as : why it waits apart from the queue, where it does.

    Returns
    -------
    (contribution, whether it is new). The same key again gives back what it made the first time.
    """
    if known := queries.by_client_key(client_key):
        return known, False
    at = submitted_at or clock.now()
    ref = ids.new_ref(PREFIX[kind])
    contribution = Contribution(
        ref=ref, kind=kind, programme_id=programme_id, municipality_id=municipality_id,
        source=source, language=language, sector=sector, client_key=client_key,
        receipt_digest=_receipt_digest(ref), visibility=Visibility.SUBMITTED,
        handling=Handling.RECEIVED, submitted_at=at, external_id=external_id,
        held_as=held_as,
    )
    contribution.texts.append(
        TextVersion(number=1, title=title, body=body, place=place, made_by="author", created_at=at)
    )
    try:
        with session.begin_nested():
            session.add(contribution)
            session.flush()
    except IntegrityError:
        # Two sends of the same key at once: the other one was kept.
        known = queries.by_client_key(client_key)
        if known is None:
            raise
        return known, False
    return contribution, True


def receipt_code(ref: str) -> str:
    """The code that opens a contribution's receipt."""
    return ids.secret_code(_key(), f"receipt:{ref}")


def _receipt_digest(ref: str) -> str:
    return ids.digest_of(_key(), receipt_code(ref))


def _key() -> str:
    return str(current_app.secret_key)


def arrived(contribution: Contribution) -> None:
    """Tell the rooms above that something new is here whole, with its photos; `app.py` names them."""
    for told in current_app.extensions["citizen.arrived"]:
        told(contribution)
