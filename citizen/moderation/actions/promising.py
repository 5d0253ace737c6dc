"""What waits, after something else than the item has changed: the promise, or who works here."""

from datetime import datetime

from sqlalchemy import select, update

from citizen.base import audit
from citizen.base.db import session
from citizen.contributions.models import Contribution
from citizen.moderation import queries
from citizen.moderation.actions import queueing
from citizen.moderation.models import QueueItem
from citizen.moderation.rules.urgency import Kind, due_at
from citizen.programmes import queries as programme_queries


def follow_promise(programme_id: int) -> None:
    """Have what waits in a programme be due as is promised now. Three questions, but for what is reported."""
    _mode, days = programme_queries.moderation_of(programme_id)
    rows = session.execute(
        select(QueueItem.contribution_id, QueueItem.kind, QueueItem.since, QueueItem.hits, QueueItem.words)
        .where(QueueItem.programme_id == programme_id)
    ).all()
    due = {row.contribution_id: due_at(Kind(row.kind), row.since, days, hits=row.hits) for row in rows}
    # Side by side: what says the same is due with the first of them.
    first: dict[str, datetime] = {}
    for row in rows:
        if row.words:
            first[row.words] = min(due[row.contribution_id], first.get(row.words, due[row.contribution_id]))
    if rows:
        session.execute(update(QueueItem), [
            {"contribution_id": row.contribution_id, "due_at": first.get(row.words, due[row.contribution_id])}
            for row in rows
        ])
    # What readers say weighs too.
    reported = select(Contribution).join(QueueItem, QueueItem.contribution_id == Contribution.id).where(
        QueueItem.programme_id == programme_id, QueueItem.kind == Kind.REPORTED
    )
    for contribution in session.scalars(reported.order_by(Contribution.id)).all():
        queueing.refresh(contribution)


def clear_desks() -> int:
    """Take from the desks of those who do not moderate there any more what still lies on them.

    Returns
    -------
    How many there were.
    """
    found = queries.on_deserted_desks()
    for item, ref in found:
        item.assigned_to = None
        audit.record("moderation.assign", ref, None, to=None)
    session.flush()
    return len(found)
