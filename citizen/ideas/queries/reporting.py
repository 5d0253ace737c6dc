"""What readers have reported, for those who moderate."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta

from sqlalchemy import func, select

from citizen.base import clock
from citizen.base.db import session
from citizen.ideas.models import Report
from citizen.ideas.rules.weighing import Told, Weighed, weigh

# What a browser has reported before this is forgiven, and forgotten.
_REMEMBERED = timedelta(days=90)


def reports(contribution_id: int) -> Sequence[Report]:
    """Every report of a contribution, oldest first."""
    return session.scalars(
        select(Report).where(Report.contribution_id == contribution_id).order_by(Report.id)
    ).all()


def weighed(found: Sequence[Report]) -> Weighed:
    """What those of some reports weigh together that nobody has looked at yet, in their order."""
    open_ones = [one for one in found if one.closed_at is None]
    return _weighed(open_ones, _standing({one.browser for one in open_ones}))


def weighed_of(contribution_ids: Collection[int]) -> dict[int, Weighed]:
    """The same for each of some contributions; those nobody has reported are left out."""
    found: dict[int, list[Report]] = defaultdict(list)
    chosen = (Report.contribution_id.in_(contribution_ids), Report.closed_at.is_(None))
    for one in session.scalars(select(Report).where(*chosen).order_by(Report.id)):
        found[one.contribution_id].append(one)
    known = _standing({one.browser for those in found.values() for one in those})
    return {number: _weighed(those, known) for number, those in found.items()}


def _weighed(open_ones: Sequence[Report], known: Mapping[str, tuple[int, int]]) -> Weighed:
    return weigh([Told(one.at, one.fresh, one.doubt, *known.get(one.browser, (1, 0))) for one in open_ones])


def _standing(browsers: Collection[str]) -> dict[str, tuple[int, int]]:
    """How much each of some browsers has reported lately, and how often somebody then took a decision."""
    if not browsers:
        return {}
    rows = session.execute(
        select(Report.browser, func.count(), func.count(Report.decision_id))
        .where(Report.browser.in_(browsers), Report.at > clock.now() - _REMEMBERED)
        .group_by(Report.browser)
    )
    return {browser: (sent, upheld) for browser, sent, upheld in rows}
