"""What has come in lately: how much, and how much of it is the same."""

from datetime import timedelta

from sqlalchemy import and_, func, select

from citizen.analysis.sameness import FEWEST, is_same, word_set
from citizen.base import clock
from citizen.base.db import session
from citizen.contributions.models import Contribution, TextVersion
from citizen.contributions.rules import FLOOD_WITHIN, Source, Visibility

_MOST_READ = 300
_DAY = timedelta(days=1)


def alike_lately(municipality_id: int, text: str) -> int:
    """How many of the latest texts of a municipality are the same as one, but for details.

    The first versions of at most `_MOST_READ` are read, whatever has become of them since.
    """
    asked = word_set(text)
    if len(asked) < FEWEST:
        return 0
    rows = session.execute(
        select(TextVersion.title, TextVersion.body)
        .join(Contribution, and_(Contribution.id == TextVersion.contribution_id, TextVersion.number == 1))
        .where(Contribution.municipality_id == municipality_id, Contribution.visibility.in_(list(Visibility)),
               Contribution.submitted_at > clock.now() - FLOOD_WITHIN, Contribution.source == Source.WEB)
        .order_by(Contribution.submitted_at.desc())
        .limit(_MOST_READ)
    )
    return sum(is_same(asked, word_set(f"{title or ''}\n{body}")) for title, body in rows)


def arrived_lately(municipality_id: int, most: int) -> int:
    """How much of what came in through the web within a day waits in the queue, counted up to a bound."""
    waiting = (
        select(Contribution.id)
        .where(Contribution.municipality_id == municipality_id,
               Contribution.visibility == Visibility.SUBMITTED,
               Contribution.submitted_at > clock.now() - _DAY,
               Contribution.source == Source.WEB, Contribution.held_as.is_(None))
        .limit(most)
    )
    return session.scalar(select(func.count()).select_from(waiting.subquery())) or 0
