"""What goes along when an idea is moved to another programme."""

from sqlalchemy import select, update

from citizen.base.db import session
from citizen.contributions import actions as contributions
from citizen.contributions.models import Contribution
from citizen.ideas import queries
from citizen.ideas.models import Idea


def follow_move(idea_id: int, programme_id: int, municipality_id: int) -> None:
    """Put an idea's row, and what others add to it, under the programme that it has been moved to."""
    session.execute(
        update(Idea).where(Idea.contribution_id == idea_id).values(programme_id=programme_id)
        .execution_options(synchronize_session=False)
    )
    lines = select(Contribution).where(Contribution.id.in_(queries.lines_under(idea_id)))
    for line in session.scalars(lines.order_by(Contribution.id).with_for_update()).all():
        contributions.put_under(line, programme_id, municipality_id)
