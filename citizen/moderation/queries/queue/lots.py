"""Several at once, locked for change: chosen, of one decision, of a programme, or all of them."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import aliased

from citizen.base.db import session
from citizen.contributions.models import Contribution, VisibilityChange
from citizen.contributions.queries import waits_for_second
from citizen.contributions.rules import Visibility
from citizen.moderation.models import QueueItem
from citizen.moderation.rules.urgency import READ_AS


def contributions_by_ref(refs: Sequence[str], municipalities: set[int]) -> Sequence[Contribution]:
    """Those of the references that lie in the municipalities, in the order of their ids.

    So two lots never block each other.
    """
    return session.scalars(
        select(Contribution)
        .where(Contribution.ref.in_(refs), Contribution.municipality_id.in_(municipalities))
        .order_by(Contribution.id)
        .with_for_update()
    ).all()


def contributions_of_lot(lot: str, municipalities: set[int]) -> Sequence[Contribution]:
    """What one decision about several took along."""
    of_lot = select(VisibilityChange.contribution_id).where(VisibilityChange.lot == lot)
    return session.scalars(
        select(Contribution)
        .where(Contribution.id.in_(of_lot), Contribution.municipality_id.in_(municipalities))
        .order_by(Contribution.id)
        .with_for_update()
    ).all()


def lot(ref: str, user_id: int) -> tuple[str, int] | None:
    """What somebody decided about several, and how many of them still stand so; None where none does."""
    if not ref:
        return None
    undoing = aliased(VisibilityChange)
    row = session.execute(
        select(VisibilityChange.after, func.count())
        .where(VisibilityChange.lot == ref, VisibilityChange.user_id == user_id,
               ~select(undoing.id).where(undoing.undoes_id == VisibilityChange.id).exists())
        .group_by(VisibilityChange.after)
    ).first()
    return (row[0], row[1]) if row else None


def count_waiting(programme_id: int, source: str | None) -> int:
    """How much of a programme waits, from one source or from all."""
    found = select(func.count()).select_from(Contribution).where(*_of_programme(programme_id, source))
    return session.scalar(found) or 0


def waiting_lot(programme_id: int, source: str | None, size: int) -> Sequence[Contribution]:
    """The next so many of what waits in a programme."""
    return session.scalars(
        select(Contribution)
        .where(*_of_programme(programme_id, source))
        .order_by(Contribution.id)
        .limit(size)
        .with_for_update()
    ).all()


def queued_lot(size: int, *, after: int) -> Sequence[Contribution]:
    """The next so many of all that waits, by id."""
    return _queued(size, Contribution.id > after)


def not_read_lot(size: int) -> Sequence[Contribution]:
    """So many of what waits and has not been read by the rules of today."""
    return _queued(size, QueueItem.read_as != READ_AS)


def _queued(size: int, chosen: ColumnElement[bool]) -> Sequence[Contribution]:
    return session.scalars(
        select(Contribution).join(QueueItem, QueueItem.contribution_id == Contribution.id)
        .where(chosen)
        .order_by(Contribution.id)
        .limit(size)
        .with_for_update(of=Contribution)
    ).all()


def _is_not_held() -> ColumnElement[bool]:
    """What waits apart (`queries.holding`) does not wait here; what has been decided about stays seen."""
    return or_(Contribution.held_as.is_(None), Contribution.visibility != Visibility.SUBMITTED)


def _of_programme(programme_id: int, source: str | None) -> list[ColumnElement[bool]]:
    chosen = [
        Contribution.programme_id == programme_id, Contribution.visibility == Visibility.SUBMITTED,
        _is_not_held(), ~waits_for_second(),
    ]
    return [*chosen, Contribution.source == source] if source else chosen
