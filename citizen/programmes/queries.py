"""Every read of municipalities and programmes."""

from collections.abc import Sequence

from sqlalchemy import select

from citizen.base.db import session
from citizen.programmes.models import Municipality, Partner, Programme


def programmes() -> Sequence[Programme]:
    """All programmes, newest first."""
    return session.scalars(select(Programme).order_by(Programme.created_at.desc(), Programme.id)).all()


def programme(slug: str) -> Programme | None:
    return session.scalar(select(Programme).where(Programme.slug == slug))


def programmes_of(municipality_ids: set[int]) -> Sequence[Programme]:
    """Programmes that one of the municipalities takes part in, newest first."""
    return session.scalars(
        select(Programme)
        .where(
            Programme.id.in_(
                select(Partner.programme_id).where(Partner.municipality_id.in_(municipality_ids))
            )
        )
        .order_by(Programme.created_at.desc(), Programme.id)
    ).all()


def municipalities() -> Sequence[Municipality]:
    """All municipalities by slug."""
    return session.scalars(select(Municipality).order_by(Municipality.slug)).all()


def municipality(slug: str) -> Municipality | None:
    return session.scalar(select(Municipality).where(Municipality.slug == slug))


def programme_by_id(programme_id: int) -> Programme:
    """The programme behind a reference from another room."""
    return session.get_one(Programme, programme_id)
