"""Every read of ideas."""

from citizen.ideas.queries.likeness import alike
from citizen.ideas.queries.notes import NOTES_SHOWN, Note, note, typed_notes
from citizen.ideas.queries.reading import (
    NEAR_KM,
    PAGE_SIZE,
    PublicIdea,
    has_supported,
    marks,
    near_ideas,
    point_of,
    public_idea,
    public_ideas,
    support,
    supported,
)
from citizen.ideas.queries.reporting import open_reports, reports
from citizen.ideas.queries.voices import AddedTo, Line, added_to, line, lines

__all__ = [
    "NEAR_KM",
    "NOTES_SHOWN",
    "PAGE_SIZE",
    "AddedTo",
    "Line",
    "Note",
    "PublicIdea",
    "added_to",
    "alike",
    "has_supported",
    "line",
    "lines",
    "marks",
    "near_ideas",
    "note",
    "open_reports",
    "point_of",
    "public_idea",
    "public_ideas",
    "reports",
    "support",
    "supported",
    "typed_notes",
]
