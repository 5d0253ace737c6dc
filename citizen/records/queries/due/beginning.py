"""When the time of a record begins."""

from typing import Any

from sqlalchemy import func, select, union_all
from sqlalchemy.orm import InstrumentedAttribute

from citizen.contributions.models import (
    Appeal,
    Contribution,
    HandlingChange,
    Merge,
    Move,
    OfficialAnswer,
    SecondLook,
    VisibilityChange,
)
from citizen.programmes.models import Phase
from citizen.records.rules import Counted
from citizen.surveys.models import Survey

# A step along either axis, and whatever else is decided about an idea or taken back.
_DECIDED: tuple[InstrumentedAttribute[Any], ...] = (
    VisibilityChange.at, HandlingChange.at, Appeal.answered_at, SecondLook.answered_at, OfficialAnswer.at,
    OfficialAnswer.undone_at, Merge.at, Merge.undone_at, Move.at, Move.undone_at,
)


def of_contribution(counted: Counted, received: Any) -> Any:
    """When the time of a contribution begins."""
    if counted is Counted.PUBLISHED:
        return Contribution.published_at
    if counted is Counted.LAST_STEP:
        return _last_step()
    if counted is Counted.PROGRAMME_END:
        return _programme_end(Contribution.programme_id)
    return received


def _last_step() -> Any:
    """When somebody last decided something about a contribution, else when it came in."""
    decided = union_all(*(
        select(at.label("at")).where(at.class_.contribution_id == Contribution.id).correlate(Contribution)
        for at in _DECIDED
    )).subquery()
    return func.coalesce(select(func.max(decided.c.at)).scalar_subquery(), Contribution.submitted_at)


def _programme_end(programme_id: Any) -> Any:
    """The last day of the programme's last phase; never, where it has none."""
    return (select(func.max(Phase.ends_on)).where(Phase.programme_id == programme_id)
            .correlate(Contribution, Survey).scalar_subquery())


def of_survey(counted: Counted) -> Any:
    """When the time of what lies in a survey begins."""
    return _programme_end(Survey.programme_id) if counted is Counted.PROGRAMME_END else Survey.closed_at
