"""What becomes of contributions, and of themes, when contributions change place."""

from sqlalchemy import select

from citizen.base import clock
from citizen.base.db import session
from citizen.contributions import actions as contributions
from citizen.contributions.models import Contribution
from citizen.contributions.rules import Handling, Visibility
from citizen.themes import queries
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


def open_and_close(programme_id: int) -> None:
    """Close themes that nothing public is in any more, and open those that have something again.

    One that somebody had in mind stays open until somebody closes it.
    """
    open_filled(programme_id)
    filled = _filled(programme_id)
    for theme in queries.theme_names(programme_id).values():
        stands = theme.closed_at is None and theme.merged_into_id is None
        if stands and not theme.own and theme.id not in filled:
            theme.closed_at = clock.now()
    session.flush()


def open_filled(programme_id: int) -> None:
    """Open closed themes that something public is in again."""
    filled = _filled(programme_id)
    for theme in queries.theme_names(programme_id).values():
        if theme.id in filled:
            theme.closed_at = None
    session.flush()


def _filled(programme_id: int) -> set[int | None]:
    return set(
        session.scalars(
            select(Placement.theme_id)
            .join(Contribution, Contribution.id == Placement.contribution_id)
            .where(Placement.programme_id == programme_id, Placement.theme_id.is_not(None),
                   Contribution.visibility == Visibility.PUBLISHED)
            .group_by(Placement.theme_id)
        )
    )
