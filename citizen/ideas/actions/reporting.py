"""What readers report, and how it is closed."""

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from citizen.base import clock
from citizen.base.db import rows_of, session
from citizen.contributions import actions as contributions
from citizen.contributions.models import Contribution
from citizen.contributions.rules import Visibility
from citizen.ideas.models import Report
from citizen.ideas.rules import browser_digest

# Of what one browser has reported, the newest.
_WEIGHED_AGAIN = 20


def report(
    contribution_id: int, browser: str, reason: str, words: str, *, fresh: bool = False,
    doubt: str | None = None,
) -> None:
    """Leave a report for those who moderate; a browser's earlier one stands, unless it has been closed.

    Parameters
    ----------
    fresh : the browser has done nothing here before.
    doubt : why the report counts less.
    """
    digest, now = browser_digest(browser), clock.now()
    # Whoever decides about it at this moment is done first: the report waits for somebody else's eyes.
    reported = session.get_one(Contribution, contribution_id, with_for_update=True, populate_existing=True)
    if reported.visibility != Visibility.PUBLISHED:
        # Gone since the page was made: nobody would ever look.
        return
    try:
        with session.begin_nested():
            session.add(Report(contribution_id=contribution_id, browser=digest, reason=reason,
                               words=words or None, at=now, fresh=fresh, doubt=doubt))
            session.flush()
    except IntegrityError:
        session.execute(
            update(Report)
            .where(Report.contribution_id == contribution_id, Report.browser == digest,
                   Report.closed_at.is_not(None))
            .values(reason=reason, words=words or None, at=now, closed_at=None, decision_id=None,
                    fresh=False, doubt=doubt)
        )
    # What else the same browser has reported weighs less by it.
    weighs = (
        select(Contribution).join(Report, Report.contribution_id == Contribution.id)
        .where(Report.browser == digest, Report.closed_at.is_(None))
        .order_by(Report.id.desc()).limit(_WEIGHED_AGAIN)
        # What somebody is deciding about needs no new place in the queue.
        .with_for_update(of=Contribution, skip_locked=True)
    )
    for one in session.scalars(weighs).all():
        contributions.tell_moved(one)


def close_reports(contribution_id: int, decision_id: int | None = None) -> int:
    """Close what is open, by a decision or because all may stay as it is.

    Returns
    -------
    How many were open.
    """
    return rows_of(session.execute(
        update(Report)
        .where(Report.contribution_id == contribution_id, Report.closed_at.is_(None))
        .values(closed_at=clock.now(), decision_id=decision_id)
    ))


def open_reports_again(decision_id: int) -> None:
    """Open what a decision closed that has been taken back."""
    session.execute(
        update(Report).where(Report.decision_id == decision_id).values(closed_at=None, decision_id=None)
    )
