"""Support: each browser counts once, also over ideas that have been merged."""

from collections.abc import Collection

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from citizen.base import clock
from citizen.base.db import session
from citizen.contributions import queries as contribution_queries
from citizen.ideas import queries
from citizen.ideas.models import Idea, Support
from citizen.ideas.rules import browser_digest


def support_idea(idea_id: int, browser: str) -> bool:
    """Count one browser's support, once, also over what has been merged with the idea.

    For one that has gone into another, it is the other that is supported.

    Returns
    -------
    Whether it was counted now.
    """
    idea_id = _held(idea_id)
    if queries.supported([idea_id], browser):
        return False
    try:
        with session.begin_nested():
            session.add(Support(idea_id=idea_id, browser=browser_digest(browser), at=clock.now()))
            session.flush()
    except IntegrityError:
        return False
    _count(idea_id, +1)
    return True


def withdraw_support(idea_id: int, browser: str) -> bool:
    """Take one browser's support back, where it was given: for the idea and for all that has gone into it."""
    idea_id = _held(idea_id)
    parts = contribution_queries.family([idea_id])
    taken = session.execute(
        delete(Support)
        .where(Support.idea_id.in_(parts), Support.browser == browser_digest(browser))
        .returning(Support.idea_id)
    ).scalars().all()
    if not taken:
        return False
    if parts == {idea_id}:
        _count(idea_id, -1)
    else:
        count_support({*parts, *queries.counting_ideas(idea_id)})
    return True


def _held(idea_id: int) -> int:
    """The idea for which a voice for an idea counts, with all that it counts in held."""
    other = queries.merged_into([idea_id]).get(idea_id)
    counted = other.id if other else idea_id
    hold_support({*contribution_queries.family([counted]), *queries.counting_ideas(counted)})
    return counted


def hold_support(idea_ids: Collection[int]) -> None:
    """Wait until nobody else counts the support of some ideas or merges them, and keep others waiting."""
    session.execute(
        select(Idea.contribution_id).where(Idea.contribution_id.in_(idea_ids))
        .order_by(Idea.contribution_id).with_for_update()
    )


def count_support(idea_ids: Collection[int]) -> None:
    """Count anew the support of ideas that have been merged with others, or are so no more."""
    for idea_id in sorted(idea_ids):
        session.execute(
            update(Idea).where(Idea.contribution_id == idea_id)
            .values(support_count=queries.supporters(idea_id))
            .execution_options(synchronize_session=False)
        )


def _count(idea_id: int, change: int) -> None:
    """Count one voice more or less; where the idea has gone into others, or others into it, all anew."""
    wholes = queries.counting_ideas(idea_id)
    if len(wholes) > 1:
        count_support(wholes)
        return
    session.execute(
        update(Idea)
        .where(Idea.contribution_id == idea_id)
        .values(support_count=Idea.support_count + change)
        .execution_options(synchronize_session=False)
    )
