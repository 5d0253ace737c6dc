"""What retention rules and cases take away of ideas."""

from collections.abc import Callable, Sequence

from sqlalchemy import delete

from citizen.base.db import rows_of, session
from citizen.ideas.models import Report, Support


def dispose_reports(report_ids: Sequence[int]) -> int:
    """Delete readers' reports that have been closed."""
    return rows_of(session.execute(
        delete(Report).where(Report.id.in_(report_ids), Report.closed_at.is_not(None))
        .execution_options(synchronize_session=False)
    ))


def dispose_support(idea_ids: Sequence[int]) -> int:
    """Forget which browsers supported ideas; how many did stays with each idea."""
    return rows_of(session.execute(
        delete(Support).where(Support.idea_id.in_(idea_ids)).execution_options(synchronize_session=False)
    ))


def erase_report_words(row: Report, erase: Callable[[str], tuple[str, int]]) -> int:
    """Take somebody's words out of a report for good; gives the number of places changed."""
    words, count = erase(row.words or "")
    row.words = words or None
    session.flush()
    return count
