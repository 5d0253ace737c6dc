"""Support: each browser counts once, also over ideas that have been merged."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from citizen.base import clock
from citizen.base.db import rows_of, session
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
    wholes = queries.counting_ideas(idea_id)
    if wholes == [idea_id]:
        # By far most are on their own, and nobody has to be counted again.
        is_new = _give(idea_id, browser)
        _count(idea_id, int(is_new))
        return is_new
    with counting_support(wholes):
        return _give(idea_id, browser)


def _give(idea_id: int, browser: str) -> bool:
    """Keep one browser's support; False where it is there already, given at this very moment."""
    try:
        with session.begin_nested():
            session.add(Support(idea_id=idea_id, browser=browser_digest(browser), at=clock.now()))
            session.flush()
    except IntegrityError:
        return False
    return True


def withdraw_support(idea_id: int, browser: str) -> bool:
    """Take one browser's support back, where it was given: for the idea and for all that has gone into it."""
    idea_id = _held(idea_id)
    parts, wholes = contribution_queries.family([idea_id]), queries.counting_ideas(idea_id)
    if parts == set(wholes):
        taken = _take(parts, browser)
        _count(idea_id, -int(taken))
        return taken
    with counting_support({*parts, *wholes}):
        return _take(parts, browser)


def _take(idea_ids: Collection[int], browser: str) -> bool:
    given = delete(Support).where(Support.idea_id.in_(idea_ids), Support.browser == browser_digest(browser))
    return rows_of(session.execute(given)) > 0


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


@contextmanager
def counting_support(idea_ids: Collection[int]) -> Iterator[None]:
    """Have what some ideas count follow a change of who supports them, or of what has gone into them.

    It changes by as much as they have more or fewer: whoever a retention rule has forgotten stays counted.
    """
    before = {idea_id: queries.supporters(idea_id) for idea_id in sorted(idea_ids)}
    yield
    for idea_id, many in before.items():
        _count(idea_id, queries.supporters(idea_id) - many)


def _count(idea_id: int, more: int) -> None:
    if more:
        session.execute(
            update(Idea).where(Idea.contribution_id == idea_id)
            .values(support_count=Idea.support_count + more)
            .execution_options(synchronize_session=False)
        )
