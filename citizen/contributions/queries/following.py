"""What authors follow their contributions by: stop links, requests, and when things happened."""

import hmac
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import current_app
from sqlalchemy import and_, func, select

from citizen.base import ids
from citizen.base.db import session
from citizen.contributions.models import Contribution, DeletionRequest, HandlingChange, TextVersion
from citizen.contributions.queries.contributions import newest_number
from citizen.contributions.rules import Handling
from citizen.programmes.models import Municipality


def stop_token(ref: str) -> str:
    """What stops news about a contribution and does nothing else; derived, so that nobody can guess it."""
    return f"{ref}-{ids.secret_code(str(current_app.secret_key), f'stop:{ref}')}"


def by_stop_token(token: str, *, for_change: bool = False) -> Contribution | None:
    """The contribution whose news a token stops; None when it is no token of ours."""
    ref = token.rpartition("-")[0]
    if not hmac.compare_digest(token.encode(), stop_token(ref).encode()):
        return None
    found = select(Contribution).where(Contribution.ref == ref)
    return session.scalar(found.with_for_update() if for_change else found)


def municipality_names(ref: str) -> dict[str, str]:
    """What the municipality of a contribution is called, by language."""
    return session.scalars(
        select(Municipality.names)
        .join(Contribution, Contribution.municipality_id == Municipality.id)
        .where(Contribution.ref == ref)
    ).one()


def joined_theme_at(contribution_id: int) -> datetime | None:
    """When a contribution last came into a theme from none."""
    return session.scalar(
        select(func.max(HandlingChange.at)).where(
            HandlingChange.contribution_id == contribution_id, HandlingChange.after == Handling.IN_THEME
        )
    )


@dataclass(frozen=True)
class AskedDeletion:
    """A request with what it is about."""

    id: int
    ref: str
    municipality_id: int
    language: str
    title: str | None
    body: str
    at: datetime
    words: str | None


def deletion_requests(contribution_id: int) -> Sequence[DeletionRequest]:
    """What an author has asked for, oldest first."""
    return session.scalars(
        select(DeletionRequest)
        .where(DeletionRequest.contribution_id == contribution_id)
        .order_by(DeletionRequest.id)
    ).all()


def open_deletion_requests(municipality_ids: Collection[int]) -> list[AskedDeletion]:
    """Requests in some municipalities that nobody has answered, oldest first."""
    rows = session.execute(
        select(DeletionRequest.id, Contribution.ref, Contribution.municipality_id, Contribution.language,
               TextVersion.title, TextVersion.body, DeletionRequest.at, DeletionRequest.words)
        .join(Contribution, Contribution.id == DeletionRequest.contribution_id)
        .join(TextVersion, and_(TextVersion.contribution_id == Contribution.id,
                                TextVersion.number == newest_number()))
        # From the few requests to what they are about, and not the other way: so no index of municipalities.
        .where(DeletionRequest.handled_at.is_(None), (Contribution.municipality_id + 0).in_(municipality_ids))
        .order_by(DeletionRequest.id)
    )
    return [AskedDeletion(*row) for row in rows]


def deletion_request(
    request_id: int, *, for_change: bool = False
) -> tuple[DeletionRequest, Contribution] | None:
    """A request and what it is about, locked where it is to be answered."""
    found = (
        select(DeletionRequest, Contribution)
        .join(Contribution, Contribution.id == DeletionRequest.contribution_id)
        .where(DeletionRequest.id == request_id)
    )
    row = session.execute(found.with_for_update() if for_change else found).first()
    return (row[0], row[1]) if row else None
