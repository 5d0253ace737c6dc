"""When the time of a record begins."""

from typing import Any

from sqlalchemy import case, func, select

from citizen.contributions.models import Contribution, HandlingChange, VisibilityChange
from citizen.programmes.models import Phase
from citizen.records.rules import Counted
from citizen.surveys.models import Survey


def of_contribution(counted: Counted, received: Any) -> Any:
    if counted is Counted.PUBLISHED:
        return Contribution.published_at
    if counted is Counted.LAST_STEP:
        return _last_step()
    if counted is Counted.PROGRAMME_END:
        return _programme_end(Contribution.programme_id)
    return received


def _last_step() -> Any:
    """When something last happened along either axis, else when it came in."""
    seen = func.coalesce(
        select(func.max(VisibilityChange.at)).where(VisibilityChange.contribution_id == Contribution.id)
        .correlate(Contribution).scalar_subquery(), Contribution.submitted_at,
    )
    handled = func.coalesce(
        select(func.max(HandlingChange.at)).where(HandlingChange.contribution_id == Contribution.id)
        .correlate(Contribution).scalar_subquery(), Contribution.submitted_at,
    )
    return case((handled > seen, handled), else_=seen)


def _programme_end(programme_id: Any) -> Any:
    """The last day of the programme's last phase; never, where it has none."""
    return (select(func.max(Phase.ends_on)).where(Phase.programme_id == programme_id)
            .correlate(Contribution, Survey).scalar_subquery())


def of_survey(counted: Counted) -> Any:
    return _programme_end(Survey.programme_id) if counted is Counted.PROGRAMME_END else Survey.closed_at
