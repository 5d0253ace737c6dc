"""Every write to themes: what runs find, and what people do to it. Actions flush; the edge commits."""

from citizen.themes.actions.arrivals import PLACING, ask_to_place, place_arrivals
from citizen.themes.actions.edits import (
    merge_themes,
    move_ideas,
    rename_theme,
    split_theme,
)
from citizen.themes.actions.findings import Findings, Group, Item, propose
from citizen.themes.actions.leaving import put_in, take_out
from citizen.themes.actions.own import change_examples, close_theme, make_own_theme
from citizen.themes.actions.proposals import accept, refuse
from citizen.themes.actions.runs import KIND, start_finding, subject_of
from citizen.themes.actions.undo import may_be_undone, undo_edit

__all__ = [
    "KIND",
    "PLACING",
    "Findings",
    "Group",
    "Item",
    "accept",
    "ask_to_place",
    "change_examples",
    "close_theme",
    "make_own_theme",
    "may_be_undone",
    "merge_themes",
    "move_ideas",
    "place_arrivals",
    "propose",
    "put_in",
    "refuse",
    "rename_theme",
    "split_theme",
    "start_finding",
    "subject_of",
    "take_out",
    "undo_edit",
]
