"""Where something stands in the queue, and what stands beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from citizen.base.db import session
from citizen.contributions.models import Contribution
from citizen.moderation.models import QueueItem
from citizen.moderation.queries.queue.selection import Selection, order, stands_at, waiting


@dataclass(frozen=True)
class Place:
    """Where in the queue a contribution stands. ``number`` is None where it does not wait for the viewer."""

    number: int | None
    waiting: int
    previous: str | None
    next: str | None


def place_in_queue(selection: Selection, contribution: Contribution) -> Place:
    """Where a contribution stands among what waits, and its neighbours there."""
    item = session.get(QueueItem, contribution.id)
    many, before = session.execute(
        select(func.count(), func.sum(case((_is_before(selection, item, contribution), 1), else_=0)))
        .select_from(QueueItem)
        .where(*waiting(selection))
    ).one()
    return Place(
        number=int(before or 0) + 1 if item and _waits_for(selection, item) else None, waiting=many,
        previous=_beside(selection, item, contribution, forward=False),
        next=_beside(selection, item, contribution, forward=True),
    )


def next_waiting(selection: Selection, behind: QueueItem | None, contribution: Contribution) -> str | None:
    """What to look at after a contribution: the one behind it, else the first; None when all is done.

    Parameters
    ----------
    behind : where it stood in the queue before it was decided about.
    """
    first = (
        select(Contribution.ref).join(QueueItem, QueueItem.contribution_id == Contribution.id)
        .where(*waiting(selection), Contribution.id != contribution.id)
        .order_by(*order(selection))
        .limit(1)
    )
    return _beside(selection, behind, contribution, forward=True) or session.scalar(first)


def _waits_for(selection: Selection, item: QueueItem) -> bool:
    has_decided = bool(selection.viewer_id) and selection.viewer_id in (item.decided_by, item.confirmed_by)
    return not has_decided and not (selection.hides_unread and item.language in selection.unread)


def _is_before(
    selection: Selection, item: QueueItem | None, contribution: Contribution, *, forward: bool = False
) -> ColumnElement[bool]:
    """What stands before a contribution; behind it with ``forward``."""
    return _compared(order(selection), stands_at(selection, item, contribution), forward=forward)


def _compared(
    columns: Sequence[ColumnElement[Any]], values: Sequence[Any], *, forward: bool
) -> ColumnElement[bool]:
    """The first column decides; where it is the same, the next does."""
    column, value = columns[0], values[0]
    differs: ColumnElement[bool] = column > value if forward else column < value
    if len(columns) == 1:
        return differs
    return or_(differs, and_(column == value, _compared(columns[1:], values[1:], forward=forward)))


def _beside(
    selection: Selection, item: QueueItem | None, contribution: Contribution, *, forward: bool
) -> str | None:
    columns = order(selection)
    return session.scalar(
        select(Contribution.ref).join(QueueItem, QueueItem.contribution_id == Contribution.id)
        .where(*waiting(selection), _is_before(selection, item, contribution, forward=forward))
        .order_by(*(columns if forward else tuple(column.desc() for column in columns)))
        .limit(1)
    )
