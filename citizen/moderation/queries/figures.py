"""Figures of moderation that everybody may see, counted by the database: of a programme and year.

Steps that were taken back are left out, with those that took them back. Files that were imported are left
out where everybody sees the figures: what was sent in elsewhere, years ago, was decided about elsewhere.
Answers to surveys are, too: each survey tells its own figures, and keeps its own silence.
"""

from collections import defaultdict
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    Subquery,
    and_,
    case,
    exists,
    extract,
    func,
    or_,
    select,
)
from sqlalchemy.orm import aliased

from citizen.base import clock
from citizen.base.db import session
from citizen.contributions.models import Appeal, Contribution, DisposedFigure, VisibilityChange
from citizen.contributions.queries import appeal_is_open
from citizen.contributions.rules import Source, Visibility
from citizen.moderation.models import YearFigures
from citizen.moderation.rules import figures
from citizen.moderation.rules.figures import Counted, Duration
from citizen.programmes.models import Programme

KINDS = ("idea", "voice")
DECIDED = (Visibility.PUBLISHED, Visibility.RETURNED, Visibility.REJECTED)


def first_and_last(programme_id: int) -> tuple[datetime, datetime] | None:
    """When the first and the last of what is counted came in; None where nothing has."""
    first, last = session.execute(
        select(func.min(Contribution.submitted_at), func.max(Contribution.submitted_at))
        .where(*_of_programme(programme_id))
    ).one()
    return (first, last) if first else None


def kept(programme_id: int) -> dict[int, YearFigures]:
    """Year → what was last counted of it, newest first."""
    found = session.scalars(
        select(YearFigures).where(YearFigures.programme_id == programme_id).order_by(YearFigures.year.desc())
    )
    return {one.year: one for one in found}


def to_count(before: datetime) -> list[int]:
    """Programmes that were not counted since a moment."""
    counted_since = select(YearFigures.programme_id).where(YearFigures.made_at >= before)
    return list(session.scalars(
        select(Programme.id).where(Programme.id.not_in(counted_since)).order_by(Programme.id)
    ))


def counted(programme_id: int, since: datetime, until: datetime) -> Counted:
    """What became of everything that came in within a time. Six questions, however much there is.

    What a retention rule has removed since still counts, if the time is a whole year.
    """
    within = [*_of_programme(programme_id), Contribution.submitted_at >= since,
              Contribution.submitted_at < until]
    states = session.execute(
        select(Contribution.visibility, func.count()).where(*within).group_by(Contribution.visibility)
    )
    appeals = session.execute(
        select(func.coalesce(Appeal.outcome, figures.OPEN), func.count())
        .join(Contribution, Contribution.id == Appeal.contribution_id)
        # Where the decision has been taken back or the author withdraws, nobody waits for an answer.
        .where(*within, or_(Appeal.answered_at.is_not(None), appeal_is_open())).group_by(Appeal.outcome)
    )
    gone = [DisposedFigure.programme_id == programme_id, DisposedFigure.kind.in_(KINDS),
            DisposedFigure.year == figures.year_of(since, clock.LOCAL)]
    return figures.together(
        Counted(
            states=dict(states.all()), corrected=_corrected(within), reasons=_reasons(within),
            duration=_duration(times_to_decision(within).union_all(_times_gone(gone)).subquery()),
            appeals=dict(appeals.all()),
        ),
        _gone(gone),
    )


def _gone(gone: list[ColumnElement[bool]]) -> list[tuple[str, str | None, bool, int]]:
    """What has been removed: its last state, the reason, whether it was corrected, and how many such."""
    corrected = and_(DisposedFigure.was_returned, DisposedFigure.ended == Visibility.PUBLISHED)
    rows = session.execute(
        select(DisposedFigure.ended, DisposedFigure.reason, corrected.label("corrected"), func.count())
        .where(*gone)
        .group_by(DisposedFigure.ended, DisposedFigure.reason, "corrected")
    )
    return [(ended, reason, bool(was_corrected), many) for ended, reason, was_corrected, many in rows]


def _times_gone(gone: list[ColumnElement[bool]]) -> Select[*tuple[Any, ...]]:
    return select(
        DisposedFigure.programme_id.label("part"), (DisposedFigure.hours * 3600).label("seconds")
    ).where(*gone, DisposedFigure.hours.is_not(None))


def _of_programme(programme_id: int) -> list[ColumnElement[bool]]:
    return [Contribution.programme_id == programme_id, Contribution.kind.in_(KINDS),
            Contribution.source != Source.IMPORT,
            # What is held back has not come in to anybody's desk.
            or_(Contribution.held_as.is_(None), Contribution.visibility != Visibility.SUBMITTED)]


def _corrected(within: list[ColumnElement[bool]]) -> int:
    """How many of what is published had been returned before."""
    returned = (
        select(VisibilityChange.id)
        .where(VisibilityChange.contribution_id == Contribution.id,
               VisibilityChange.after == Visibility.RETURNED, *standing())
        .exists()
    )
    found = select(func.count()).select_from(Contribution).where(
        *within, Contribution.visibility == Visibility.PUBLISHED, returned
    )
    return session.scalar(found) or 0


def _reasons(within: list[ColumnElement[bool]]) -> dict[str, dict[str, int]]:
    """State → reason → how many are in that state for that reason: the newest that stands."""
    newest = (
        select(func.max(VisibilityChange.id).label("id"))
        .join(Contribution, Contribution.id == VisibilityChange.contribution_id)
        .where(*within, Contribution.visibility.in_(figures.REASONED),
               VisibilityChange.after == Contribution.visibility, *standing())
        .group_by(VisibilityChange.contribution_id)
        .subquery()
    )
    rows = session.execute(
        select(VisibilityChange.after, VisibilityChange.reason, func.count())
        .join(newest, newest.c.id == VisibilityChange.id)
        .where(VisibilityChange.reason.is_not(None))
        .group_by(VisibilityChange.after, VisibilityChange.reason)
    )
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for state, reason, count in rows:
        found[state][str(reason)] = count
    return dict(found)


def times_to_decision(within: list[ColumnElement[bool]]) -> Select[*tuple[Any, ...]]:
    """Seconds from when each came in until a person first decided about it, with what keeps them apart."""
    decided = func.min(VisibilityChange.at)
    return (
        select(Contribution.programme_id.label("part"),
               (extract("epoch", decided) - extract("epoch", Contribution.submitted_at)).label("seconds"))
        .join(VisibilityChange, VisibilityChange.contribution_id == Contribution.id)
        .where(*within, VisibilityChange.before == Visibility.SUBMITTED,
               VisibilityChange.after.in_(DECIDED), VisibilityChange.user_id.is_not(None), *standing())
        .group_by(Contribution.id, Contribution.programme_id, Contribution.submitted_at)
    )


def _duration(times: Subquery) -> Duration | None:
    return next(iter(durations_of(times).values()), None)


def durations_of(times: Subquery) -> dict[int, Duration]:
    """Part → how long it took there: the middle, and the longest of nine in ten."""
    place = func.row_number().over(partition_by=times.c.part, order_by=times.c.seconds)
    ranked = select(
        times.c.part, times.c.seconds, place.label("place"),
        func.count().over(partition_by=times.c.part).label("many"),
    ).subquery()
    row = ranked.c
    is_middle = and_(2 * row.place >= row.many, 2 * row.place <= row.many + 2)
    rows = session.execute(
        select(row.part, func.max(row.many), func.avg(case((is_middle, row.seconds))),
               func.min(case((10 * row.place >= 9 * row.many, row.seconds))))
        .group_by(row.part)
    )
    return {
        part: Duration(many, float(middle) / 3600, float(most) / 3600) for part, many, middle, most in rows
    }


def standing(step: Any = VisibilityChange) -> list[ColumnElement[bool]]:
    """The step was not taken back, and takes none back."""
    undoing = aliased(VisibilityChange)
    return [takes_none_back(step), ~exists().where(undoing.undoes_id == step.id)]


def takes_none_back(step: Any) -> ColumnElement[bool]:
    """Said so that no index is used for it: nearly all steps are such, and SQLite would read them all."""
    return func.coalesce(step.undoes_id, 0) == 0
