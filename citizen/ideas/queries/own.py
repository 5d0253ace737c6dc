"""What is kept about one contribution, row by row, as its author may take it along (`rules.own_data`)."""

from typing import Any

from citizen.contributions import queries as contributions
from citizen.ideas.queries.reading import point_of


def kept(contribution_id: int) -> dict[str, Any]:
    """Everything that is kept about a contribution beside itself and that its author is told of."""
    return {
        "photos": contributions.photos(contribution_id), "point": point_of(contribution_id),
        "steps": contributions.visibility_history(contribution_id, standing_only=True),
        "news": contributions.public_handling(contribution_id),
        "contact": contributions.contact(contribution_id),
        "asked": contributions.deletion_requests(contribution_id),
        "appeals": contributions.appeals(contribution_id),
        "revisions": {one.version: one for one in contributions.revisions(contribution_id)},
        "answers": contributions.answers_of(contribution_id),
        "merges": contributions.merges_of(contribution_id),
        "moves": contributions.moves_of(contribution_id),
    }
