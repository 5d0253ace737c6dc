"""What readers have reported, for those who moderate."""

from collections.abc import Sequence

from sqlalchemy import func, select

from citizen.base.db import session
from citizen.ideas.models import Report


def open_reports(contribution_ids: Sequence[int]) -> dict[int, int]:
    """How many readers want each of some contributions looked at; those nobody has reported are left out."""
    rows = session.execute(
        select(Report.contribution_id, func.count())
        .where(Report.contribution_id.in_(contribution_ids), Report.closed_at.is_(None))
        .group_by(Report.contribution_id)
    )
    return dict(rows.all())


def reports(contribution_id: int) -> Sequence[Report]:
    """Every report of a contribution, oldest first."""
    return session.scalars(
        select(Report).where(Report.contribution_id == contribution_id).order_by(Report.id)
    ).all()
