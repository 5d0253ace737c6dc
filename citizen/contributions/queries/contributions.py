"""Every read of contributions that ideas and surveys share."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import current_app
from sqlalchemy import ScalarSelect, Select, and_, func, select
from sqlalchemy.orm import aliased

from citizen.base import ids
from citizen.base.db import session
from citizen.contributions.models import (
    Contact,
    Contribution,
    HandlingChange,
    TextVersion,
    VisibilityChange,
)
from citizen.contributions.rules import Visibility


def by_client_key(client_key: str) -> Contribution | None:
    return session.scalar(select(Contribution).where(Contribution.client_key == client_key))


def by_receipt(code: str, *, for_change: bool = False) -> Contribution | None:
    """The contribution a receipt code opens; None when the code is wrong."""
    digest = ids.digest_of(str(current_app.secret_key), ids.read_code(code))
    found = select(Contribution).where(Contribution.receipt_digest == digest)
    return session.scalar(found.with_for_update() if for_change else found)


def latest_text(contribution_id: int) -> TextVersion:
    """The newest version that has not been set aside, public or not. Every contribution has one."""
    return session.scalars(
        select(TextVersion)
        .where(TextVersion.contribution_id == contribution_id, TextVersion.set_aside_at.is_(None))
        .order_by(TextVersion.number.desc())
        .limit(1)
    ).one()


def next_number(contribution_id: int) -> int:
    """The number of a contribution's next text: numbers go on, also after one that was set aside."""
    last = select(func.max(TextVersion.number)).where(TextVersion.contribution_id == contribution_id)
    return (session.scalar(last) or 0) + 1


def newest_number(of: Any = Contribution) -> ScalarSelect[int]:
    """The number of a contribution's newest text, within a query that has it, called so."""
    newest = aliased(TextVersion)
    return (
        select(func.max(newest.number))
        .where(newest.contribution_id == of.id, newest.set_aside_at.is_(None))
        .correlate(of)
        .scalar_subquery()
    )


def latest_change(contribution_id: int) -> VisibilityChange | None:
    """The newest step along the first axis."""
    return session.scalar(
        select(VisibilityChange)
        .where(VisibilityChange.contribution_id == contribution_id)
        .order_by(VisibilityChange.id.desc())
        .limit(1)
    )


def visibility_history(contribution_id: int, *, standing_only: bool = False) -> Sequence[VisibilityChange]:
    """Steps along the first axis, oldest first.

    Parameters
    ----------
    standing_only : leave out steps that were taken back, and the taking back.
    """
    found = select(VisibilityChange).where(VisibilityChange.contribution_id == contribution_id)
    if standing_only:
        undone = aliased(VisibilityChange)
        taken_back = select(undone.undoes_id).where(
            undone.contribution_id == contribution_id, undone.undoes_id.is_not(None)
        )
        found = found.where(
            VisibilityChange.undoes_id.is_(None), VisibilityChange.id.not_in(taken_back)
        )
    return session.scalars(found.order_by(VisibilityChange.id)).all()


def public_handling(contribution_id: int) -> Sequence[HandlingChange]:
    """Steps along the second axis that somebody has published, oldest first."""
    return session.scalars(
        select(HandlingChange)
        .where(HandlingChange.contribution_id == contribution_id, HandlingChange.public_at.is_not(None))
        .order_by(HandlingChange.id)
    ).all()


def contact(contribution_id: int) -> Contact | None:
    return session.scalar(select(Contact).where(Contact.contribution_id == contribution_id))


@dataclass(frozen=True)
class PublishedText:
    """A published contribution as themes, candidates and exports read it."""

    id: int
    ref: str
    kind: str
    language: str
    sector: str | None
    municipality_id: int
    source: str
    title: str | None
    body: str
    published_at: datetime
    handling: str

    @property
    def whole(self) -> str:
        """Title and body as one text."""
        return f"{self.title}\n{self.body}" if self.title else self.body


def published_texts(programme_id: int, contribution_ids: Sequence[int] | None = None) -> list[PublishedText]:
    """Every published text of a programme, oldest id first."""
    found: Select[*tuple[Any, ...]] = (
        select(
            Contribution.id, Contribution.ref, Contribution.kind, Contribution.language,
            Contribution.sector, Contribution.municipality_id, Contribution.source,
            TextVersion.title, TextVersion.body, Contribution.published_at, Contribution.handling,
        )
        .join(
            TextVersion,
            and_(
                TextVersion.contribution_id == Contribution.id,
                TextVersion.number == Contribution.public_version,
            ),
        )
        .where(
            Contribution.programme_id == programme_id,
            Contribution.visibility == Visibility.PUBLISHED,
        )
        .order_by(Contribution.id)
    )
    if contribution_ids is not None:
        found = found.where(Contribution.id.in_(contribution_ids))
    return [PublishedText(*row) for row in session.execute(found)]


@dataclass(frozen=True)
class Address:
    """Where the author of a contribution wants news, and in which language."""

    ref: str
    email: str
    language: str


def contacts(contribution_ids: Sequence[int]) -> list[Address]:
    """Where the authors of some contributions want news; most have left nothing."""
    rows = session.execute(
        select(Contribution.ref, Contact.email, Contact.language)
        .join(Contact, Contact.contribution_id == Contribution.id)
        .where(Contribution.id.in_(contribution_ids))
        .order_by(Contact.id)
    )
    return [Address(*row) for row in rows]


def told_about(ref: str) -> dict[int, str]:
    """Contributions whose authors have been told publicly about a subject, with what they heard last."""
    rows = session.execute(
        select(HandlingChange.contribution_id, HandlingChange.after)
        .where(HandlingChange.about == ref, HandlingChange.public_at.is_not(None))
        .order_by(HandlingChange.id)
    )
    return dict(rows.all())
