"""Takes contributions away for good, with everything that points at them.

The one place that deletes what residents have sent in. Whether it may be done, and by which rule, is decided
in the room of records, which leaves a certificate; nobody else calls this.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, cast

from sqlalchemy import (
    ColumnElement,
    ForeignKeyConstraint,
    Table,
    and_,
    delete,
    exists,
    or_,
    select,
    update,
)

from citizen.base import clock, outbox
from citizen.base.db import Base, rows_of, session
from citizen.contributions import rules
from citizen.contributions.actions import search
from citizen.contributions.actions.contacts import stop_news
from citizen.contributions.actions.contributions import about_decision
from citizen.contributions.models import (
    Contribution,
    DeletionRequest,
    DisposedFigure,
    Merge,
    Picture,
    ShownPicture,
    VisibilityChange,
)
from citizen.contributions.rules import Source, Visibility, held_by_receipt

Removed = Counter[str]
"""How many rows went, by the name of their table."""


def dispose(contributions: Sequence[Contribution]) -> Removed:
    """Delete contributions, locked by the caller, and leave a figure for each.

    Mail about them that has not been sent is taken back, and they are no longer found by any word. What other
    tables hold about them goes too, also tables of rooms above that this one does not know: what points at a
    contribution would point at nothing.
    """
    ids = [one.id for one in contributions]
    for one in contributions:
        outbox.take_back(about_decision(one.ref))
        stop_news(one)
    search.write_entries([search.entry(one, None) for one in contributions])
    _leave_figures(contributions)
    shown = _pictures_of(contributions)
    merges = _take_out_merges(ids)
    session.flush()
    removed = Counter({"idea_merge": merges})
    removed += _delete_with_all(_table(Contribution), _table(Contribution).c.id.in_(ids))
    removed += _delete_unshown(Picture.id.in_(shown))
    for one in contributions:
        session.expunge(one)
    return removed


def _take_out_merges(ids: Sequence[int]) -> int:
    """Delete that other ideas went into what goes. One by one: each idea's chain of seals tells of it."""
    merges = session.scalars(
        select(Merge).where(Merge.into_id.in_(ids), Merge.contribution_id.not_in(ids))
    ).all()
    for merge in merges:
        session.delete(merge)
    return len(merges)


def dispose_requests(request_ids: Sequence[int]) -> int:
    """Delete requests for deletion that have been answered; the seals of what they are about tell of it."""
    requests = session.scalars(
        select(DeletionRequest)
        .where(DeletionRequest.id.in_(request_ids), DeletionRequest.handled_at.is_not(None))
    ).all()
    for request in requests:
        session.delete(request)
    session.flush()
    return len(requests)


def drop_answer_pictures(digests: Iterable[str]) -> int:
    """Delete the photos of answers, except those that a contribution still shows."""
    holders = [rules.held_by_answer(digest) for digest in digests]
    return _delete_unshown(Picture.holder.in_(holders))["picture"]


def _pictures_of(contributions: Sequence[Contribution]) -> list[int]:
    shown = select(ShownPicture.picture_id).where(
        ShownPicture.contribution_id.in_([one.id for one in contributions])
    )
    holders = [held_by_receipt(one.ref) for one in contributions]
    return list(session.scalars(
        select(Picture.id).where(or_(Picture.id.in_(shown), Picture.holder.in_(holders)))
    ))


def _delete_unshown(which: ColumnElement[bool]) -> Removed:
    """Delete pictures that no contribution shows any more, with their files."""
    shown = exists().where(ShownPicture.picture_id == Picture.id)
    ids = list(session.scalars(select(Picture.id).where(which, ~shown)))
    return _delete_with_all(_table(Picture), _table(Picture).c.id.in_(ids)) if ids else Counter()


# ---- figures


def _leave_figures(contributions: Sequence[Contribution]) -> None:
    steps: dict[int, list[VisibilityChange]] = {one.id: [] for one in contributions}
    rows = session.scalars(
        select(VisibilityChange).where(VisibilityChange.contribution_id.in_(steps))
        .order_by(VisibilityChange.id)
    ).all()
    undone = {row.undoes_id for row in rows if row.undoes_id}
    for row in rows:
        if row.undoes_id is None and row.id not in undone:
            steps[row.contribution_id].append(row)
    # What came with a file is in no public figure.
    session.add_all(
        _figure(one, steps[one.id]) for one in contributions if one.source != Source.IMPORT
    )


def _figure(one: Contribution, steps: Sequence[VisibilityChange]) -> DisposedFigure:
    """What figures need of the steps that stand: neither undone nor the undoing of one."""
    # As the figures of what is still there: a person decided about what waited.
    decided = [
        step for step in steps
        if step.before == Visibility.SUBMITTED and step.after != Visibility.WITHDRAWN and step.user_id
    ]
    waited = decided[0].at - one.submitted_at if decided else None
    return DisposedFigure(
        programme_id=one.programme_id, municipality_id=one.municipality_id, kind=one.kind,
        year=one.submitted_at.astimezone(clock.LOCAL).year,
        was_published=any(step.after == Visibility.PUBLISHED for step in steps),
        was_returned=any(step.after == Visibility.RETURNED for step in steps),
        ended=one.visibility, reason=steps[-1].reason if steps else None,
        hours=max(0, round(waited.total_seconds() / 3600)) if waited is not None else None,
    )


# ---- everything that points at a row


def _table(model: type[Base]) -> Table:
    return cast(Table, model.__table__)


def _delete_with_all(table: Table, which: ColumnElement[bool], path: tuple[Table, ...] = ()) -> Removed:
    """Delete rows of a table after those of other tables that cannot be without them.

    Where a column may be empty, the row that points here stays and points at nothing.
    """
    removed: Removed = Counter()
    for other in Base.metadata.sorted_tables:
        for key in other.foreign_key_constraints:
            if key.referred_table is not table or other is table or other in path:
                continue
            pointing = _pointing(key, which)
            if any(column.nullable for column in key.columns):
                _let_go(other, key, pointing)
            else:
                removed += _delete_with_all(other, pointing, (*path, table))
    removed[table.name] += rows_of(session.execute(delete(table).where(which)))
    return removed


def _pointing(key: ForeignKeyConstraint, which: ColumnElement[bool]) -> ColumnElement[bool]:
    pairs: list[Any] = [(element.parent, element.column) for element in key.elements]
    if len(pairs) == 1:
        own, there = pairs[0]
        return cast(ColumnElement[bool], own.in_(select(there).where(which)))
    same = and_(*(own == there for own, there in pairs))
    return exists(select(1).where(same, which).correlate(pairs[0][0].table))


def _let_go(other: Table, key: ForeignKeyConstraint, pointing: ColumnElement[bool]) -> None:
    empty = {column.name: None for column in key.columns if column.nullable}
    session.execute(update(other).where(pointing).values(empty))
