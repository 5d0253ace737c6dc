"""Every read of ideas."""

from citizen.ideas.queries.likeness import alike
from citizen.ideas.queries.merging import (
    Other,
    counting_ideas,
    lines_under,
    merged_here,
    merged_into,
    supporters,
)
from citizen.ideas.queries.notes import NOTES_SHOWN, Note, note, typed_notes
from citizen.ideas.queries.own import kept
from citizen.ideas.queries.reading import (
    NEAR_KM,
    PAGE_SIZE,
    PublicIdea,
    has_supported,
    ideas_by_id,
    marks,
    near_ideas,
    point_of,
    public_idea,
    public_ideas,
    support,
    support_of,
    supported,
)
from citizen.ideas.queries.reporting import reports, weighed, weighed_of
from citizen.ideas.queries.voices import AddedTo, Line, added_to, line, lines

__all__ = [
    "NEAR_KM", "NOTES_SHOWN", "PAGE_SIZE", "AddedTo", "Line", "Note", "Other", "PublicIdea", "added_to",
    "alike", "counting_ideas", "has_supported", "ideas_by_id", "kept", "line", "lines", "lines_under",
    "marks", "merged_here", "merged_into", "near_ideas", "note", "point_of", "public_idea", "public_ideas",
    "reports", "support", "support_of", "supported", "supporters", "typed_notes",
    "weighed", "weighed_of",
]
