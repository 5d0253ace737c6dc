"""Every read of themes: the themes themselves, what is in them, and what was done to them."""

from citizen.themes.queries.members import (
    Member,
    members,
    members_page,
    places,
    representatives,
    unsorted_page,
)
from citizen.themes.queries.runs import (
    Count,
    counts,
    latest_run,
    name_of,
    published_count,
    run_of_job,
    unplaced_count,
)
from citizen.themes.queries.standing import (
    PlacementView,
    Standing,
    hold,
    latest_edit_id,
    placements,
    standing,
)
from citizen.themes.queries.themes import (
    EditRow,
    Move,
    ThemeSummary,
    edits,
    move,
    theme,
    theme_by_id,
    theme_names,
    themes,
)

__all__ = [
    "Count",
    "EditRow",
    "Member",
    "Move",
    "PlacementView",
    "Standing",
    "ThemeSummary",
    "counts",
    "edits",
    "hold",
    "latest_edit_id",
    "latest_run",
    "members",
    "members_page",
    "move",
    "name_of",
    "placements",
    "places",
    "published_count",
    "representatives",
    "run_of_job",
    "standing",
    "theme",
    "theme_by_id",
    "theme_names",
    "themes",
    "unplaced_count",
    "unsorted_page",
]
