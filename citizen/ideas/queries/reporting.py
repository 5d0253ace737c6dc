"""What readers have reported, for those who moderate."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import and_, func, select

from citizen.base import clock
from citizen.base.db import session
from citizen.contributions.models import Contribution, TextVersion
from citizen.ideas.models import Report
from citizen.ideas.rules.weighing import Told, Weighed, weigh

# What a browser has reported before this is forgiven, and forgotten.
_REMEMBERED = timedelta(days=90)


@dataclass(frozen=True)
class Reported:
    """Something published that readers want looked at, how many of them, and what their reports weigh."""

    id: int
    ref: str
    language: str
    title: str | None
    body: str
    count: int
    weighed: Weighed


def reported(municipality_ids: Iterable[int]) -> list[Reported]:
    """What has open reports in some municipalities: what presses, then the first reported, then the light."""
    rows = session.execute(
        select(Contribution.id, Contribution.ref, Contribution.language, TextVersion.title, TextVersion.body,
               func.count())
        .join(Report, Report.contribution_id == Contribution.id)
        .join(TextVersion, and_(TextVersion.contribution_id == Contribution.id,
                                TextVersion.number == Contribution.public_version))
        .where(Report.closed_at.is_(None), Contribution.municipality_id.in_(municipality_ids))
        .group_by(Contribution.id, Contribution.ref, Contribution.language, TextVersion.title,
                  TextVersion.body)
        .order_by(func.min(Report.at), Contribution.id)
    ).all()
    reports_of = _open_reports([row[0] for row in rows])
    known = _standing({one.browser for those in reports_of.values() for one in those})
    found = [Reported(*row, _weighed(reports_of[row[0]], known)) for row in rows]
    return sorted(found, key=lambda one: (not one.weighed.is_pressing, one.weighed.is_light))


def reports(contribution_id: int) -> Sequence[Report]:
    """Every report of a contribution, oldest first."""
    return session.scalars(
        select(Report).where(Report.contribution_id == contribution_id).order_by(Report.id)
    ).all()


def weighed(found: Sequence[Report]) -> Weighed:
    """What those of some reports weigh together that nobody has looked at yet, in their order."""
    open_ones = [one for one in found if one.closed_at is None]
    return _weighed(open_ones, _standing({one.browser for one in open_ones}))


def _weighed(open_ones: Sequence[Report], known: Mapping[str, tuple[int, int]]) -> Weighed:
    return weigh([Told(one.at, one.fresh, one.doubt, *known.get(one.browser, (1, 0))) for one in open_ones])


def _open_reports(contribution_ids: Collection[int]) -> dict[int, list[Report]]:
    found: dict[int, list[Report]] = defaultdict(list)
    if contribution_ids:
        chosen = (Report.contribution_id.in_(contribution_ids), Report.closed_at.is_(None))
        for one in session.scalars(select(Report).where(*chosen).order_by(Report.id)):
            found[one.contribution_id].append(one)
    return found


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
