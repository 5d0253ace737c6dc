"""What becomes of a contribution when its place among themes changes."""

from sqlalchemy import select

from citizen.base.db import session
from citizen.contributions import actions as contributions
from citizen.contributions.models import Contribution
from citizen.contributions.rules import Handling
from citizen.themes.models import Placement

# As many numbers as every engine takes in one question.
BATCH = 5_000


def follow_placements(programme_id: int, *, user_id: int | None) -> None:
    """Contributions in a theme are "in theme", those that left are "received" again.

    Whatever has gone further stays where it is. Nothing of this is public until somebody says so.
    """
    _step(programme_id, Placement.theme_id.is_not(None), Handling.RECEIVED, Handling.IN_THEME, user_id)
    _step(programme_id, Placement.theme_id.is_(None), Handling.IN_THEME, Handling.RECEIVED, user_id)


def _step(programme_id: int, where: object, before: Handling, after: Handling, user_id: int | None) -> None:
    session.flush()
    found = list(
        session.scalars(
            select(Contribution.id)
            .outerjoin(Placement, Placement.contribution_id == Contribution.id)
            .where(Contribution.programme_id == programme_id, Contribution.handling == before, where)  # type: ignore[arg-type]
            .order_by(Contribution.id)
        )
    )
    for start in range(0, len(found), BATCH):
        contributions.set_handling(found[start : start + BATCH], after, user_id=user_id)
