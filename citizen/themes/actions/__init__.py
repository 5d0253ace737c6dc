"""Every write to themes: what runs find, and what people do to it. Actions flush; the edge commits."""

from citizen.themes.actions.edits import (
    merge_themes,
    move_ideas,
    rename_theme,
    split_theme,
)
from citizen.themes.actions.findings import Description, Findings, keep_findings
from citizen.themes.actions.runs import KIND, start_finding, subject_of
from citizen.themes.actions.undo import may_be_undone, undo_edit

__all__ = [
    "KIND",
    "Description",
    "Findings",
    "keep_findings",
    "may_be_undone",
    "merge_themes",
    "move_ideas",
    "rename_theme",
    "split_theme",
    "start_finding",
    "subject_of",
    "undo_edit",
]
