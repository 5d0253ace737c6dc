"""What readers have reported, for those who moderate."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import and_, func, select

from citizen.base.db import session
from citizen.contributions.models import Contribution, TextVersion
from citizen.ideas.models import Report


@dataclass(frozen=True)
class Reported:
    """Something published that readers want looked at, and how many of them."""

    id: int
    ref: str
    language: str
    title: str | None
    body: str
    count: int


def reported(municipality_ids: Iterable[int]) -> list[Reported]:
    """What has open reports in some municipalities, the first reported first."""
    rows = session.execute(
        select(Contribution.id, Contribution.ref, Contribution.language, TextVersion.title, TextVersion.body,
               func.count())
        .join(Report, Report.contribution_id == Contribution.id)
        .join(TextVersion, and_(TextVersion.contribution_id == Contribution.id,
                                TextVersion.number == Contribution.public_version))
        .where(Report.closed_at.is_(None), Contribution.municipality_id.in_(municipality_ids))
        .group_by(Contribution.id, Contribution.ref, Contribution.language, TextVersion.title,
                  TextVersion.body)
        .order_by(func.min(Report.at), Contribution.id)
    )
    return [Reported(*row) for row in rows]


def reports(contribution_id: int) -> Sequence[Report]:
    """Every report of a contribution, oldest first."""
    return session.scalars(
        select(Report).where(Report.contribution_id == contribution_id).order_by(Report.id)
    ).all()
