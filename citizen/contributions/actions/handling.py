"""Steps along the second axis."""

from sqlalchemy import select, update

from citizen.base import clock
from citizen.base.db import session
from citizen.contributions.models import Contribution, HandlingChange
from citizen.contributions.rules import Handling


def set_handling(
    contribution_ids: list[int],
    after: Handling,
    *,
    user_id: int | None,
    about: str | None = None,
    about_names: dict[str, str] | None = None,
    words: str | None = None,
    public: bool = False,
) -> int:
    """Take a step along the second axis for several contributions at once.

    Those already there about the same subject get no second row, unless it becomes public now.

    Returns
    -------
    How many took the step.
    """
    standing = select(Contribution.id, Contribution.handling).where(Contribution.id.in_(contribution_ids))
    before = {row.id: row.handling for row in session.execute(standing)}
    moving = {i: state for i, state in before.items() if state != after or public}
    now = clock.now()
    session.add_all(
        HandlingChange(contribution_id=i, before=state, after=after, at=now, user_id=user_id, about=about,
                       about_names=about_names or {}, words=words, public_at=now if public else None)
        for i, state in moving.items()
    )
    session.flush()
    # Not through the mapper: handling is no ground for telling a moderator of a conflict.
    session.execute(
        update(Contribution).where(Contribution.id.in_(moving)).values(handling=after)
        .execution_options(synchronize_session="fetch")
    )
    return len(moving)
