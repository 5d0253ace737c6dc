"""Figures of moderation for staff: what waits now, who has decided how much, and why."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, case, extract, false, func, or_, select, union_all
from sqlalchemy.orm import aliased

from citizen.accounts.models import User
from citizen.base.db import session
from citizen.contributions.models import Appeal, Contribution, SecondLook, VisibilityChange
from citizen.contributions.rules import Source, Visibility
from citizen.moderation.models import QueueItem
from citizen.moderation.queries.figures import (
    DECIDED,
    KINDS,
    durations_of,
    standing,
    takes_none_back,
    times_to_decision,
)
from citizen.moderation.rules.figures import Duration

_STAFF = (*DECIDED, Visibility.HIDDEN)


@dataclass(frozen=True)
class Waiting:
    """What waits for somebody's eyes in a programme now: how much and why, and for how many hours."""

    programme_id: int
    count: int
    median: float
    oldest: datetime
    kinds: dict[str, int]


def waiting(municipalities: Collection[int], now: datetime) -> list[Waiting]:
    """How long what waits in some municipalities has waited, by programme; whoever may look at it."""
    waits = [QueueItem.municipality_id.in_(municipalities)]
    since = select(
        QueueItem.programme_id.label("part"),
        (int(now.timestamp()) - extract("epoch", QueueItem.since)).label("seconds"),
    ).where(*waits).subquery()
    durations = durations_of(since)
    rows = session.execute(
        select(QueueItem.programme_id, QueueItem.kind, func.count(), func.min(QueueItem.since))
        .where(*waits).group_by(QueueItem.programme_id, QueueItem.kind)
    )
    kinds: dict[int, dict[str, int]] = defaultdict(dict)
    oldest: dict[int, datetime] = {}
    for part, kind, count, first in rows:
        kinds[part][kind], oldest[part] = count, min(first, oldest.get(part, first))
    return [
        Waiting(part, sum(kinds[part].values()), durations[part].median, oldest[part], kinds[part])
        for part in sorted(kinds)
    ]


def durations(municipalities: Collection[int], since: datetime) -> dict[int, Duration]:
    """Programme → how long it took to decide about what came in since a moment."""
    return durations_of(times_to_decision([
        Contribution.municipality_id.in_(municipalities), Contribution.submitted_at >= since,
        Contribution.source != Source.IMPORT, Contribution.kind.in_(KINDS),
    ]).subquery())


@dataclass(frozen=True)
class Worked:
    """What a moderator has decided: how many in each week, in the order they were asked for."""

    name: str
    weeks: tuple[int, ...]
    undone: int


def workload(municipalities: Collection[int], weeks: Sequence[datetime]) -> list[Worked]:
    """Decisions of each moderator, by name, with proposals, and answers as another person.

    Parameters
    ----------
    weeks : when each week begins, newest first; the last week is whole.
    """
    since = weeks[-1]
    done = union_all(_steps(municipalities, since), *_without_a_step(municipalities, since)).subquery()
    # From the newest on, so that the first that has begun is the one.
    week = case(*((done.c.at >= begins, place) for place, begins in enumerate(weeks)))
    rows = session.execute(
        select(User.id, User.name, week.label("week"), done.c.undone, func.count())
        .join(User, User.id == done.c.user_id)
        .group_by(User.id, User.name, "week", done.c.undone)
    )
    found: dict[tuple[str, int], dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for user_id, name, number, is_undone, count in rows:
        found[name, user_id][-1 if is_undone else number] += count
    return [
        Worked(name, tuple(counts[number] for number in range(len(weeks))), counts[-1])
        for (name, _id), counts in sorted(found.items(), key=lambda one: (one[0][0].casefold(), one[0][1]))
    ]


def _steps(municipalities: Collection[int], since: datetime) -> Select[*tuple[Any, ...]]:
    """Who has decided what when, and whether it was taken back."""
    undoing = aliased(VisibilityChange)
    return _decisions(municipalities, since).with_only_columns(
        VisibilityChange.user_id.label("user_id"), VisibilityChange.at.label("at"),
        undoing.id.is_not(None).label("undone"),
    ).outerjoin(undoing, undoing.undoes_id == VisibilityChange.id)


def _without_a_step(municipalities: Collection[int], since: datetime) -> list[Select[*tuple[Any, ...]]]:
    """The same for what is work and no step: proposals, second looks, and appeals that changed nothing."""
    proposed = _of_looks(SecondLook.first_id, SecondLook.at, SecondLook.outcome == "taken_back").where(
        SecondLook.after == Visibility.REJECTED, SecondLook.at >= since
    )
    looked = _of_looks(SecondLook.second_id, SecondLook.answered_at, false()).where(
        SecondLook.outcome.in_(("confirmed", "refused")), SecondLook.answered_at >= since,
        # A refusal that was confirmed is a step of whoever confirmed it.
        or_(SecondLook.after == Visibility.HIDDEN, SecondLook.outcome == "refused"),
    )
    upheld = select(Appeal.answered_by, Appeal.answered_at, false()).join(
        Contribution, Contribution.id == Appeal.contribution_id
    ).where(Appeal.answered_at >= since, Appeal.decision_id.is_(None))
    return [one.where(Contribution.municipality_id.in_(municipalities)) for one in (proposed, looked, upheld)]


def _of_looks(who: Any, at: Any, undone: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    return select(who, at, func.coalesce(undone, false())).select_from(SecondLook).join(
        Contribution, Contribution.id == SecondLook.contribution_id
    )


def hits(municipalities: Collection[int]) -> list[list[str]]:
    """Of each thing that waits in some municipalities, the kinds of personal data it seems to hold."""
    found = select(QueueItem.hits).where(QueueItem.municipality_id.in_(municipalities))
    return list(session.scalars(found))


def decided_for(reason: str, municipalities: Collection[int], since: datetime) -> dict[str, int]:
    """State → how many decisions were taken for a reason since a moment, and stand."""
    rows = session.execute(
        _decisions(municipalities, since)
        .with_only_columns(VisibilityChange.after, func.count())
        .where(VisibilityChange.reason == reason, *standing())
        .group_by(VisibilityChange.after)
    )
    return dict(rows.all())


def _decisions(municipalities: Collection[int], since: datetime) -> Select[*tuple[Any, ...]]:
    """What people have decided since a moment, taken back or not."""
    return (
        select(VisibilityChange.id)
        .join(Contribution, Contribution.id == VisibilityChange.contribution_id)
        .where(Contribution.municipality_id.in_(municipalities), VisibilityChange.at >= since,
               VisibilityChange.after.in_(_STAFF), takes_none_back(VisibilityChange),
               VisibilityChange.user_id.is_not(None))
    )
