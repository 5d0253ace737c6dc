"""Every write of records. Actions flush; the edge commits, and commands after each lot."""

from citizen.records.actions.cases import (
    NewCase,
    add_items,
    close_case,
    extend_case,
    note_given_out,
    note_search,
    open_case,
    remove_item,
    reopen_case,
)
from citizen.records.actions.disposing import LOT_SIZE, carry_on, start
from citizen.records.actions.giving import choose_passages
from citizen.records.actions.outcomes import delete_item, erase_item, grounds_to_delete, keep_item, undo_keep
from citizen.records.actions.rules import NewRule, remove_rule, save_rule

__all__ = [
    "LOT_SIZE", "NewCase", "NewRule", "add_items", "carry_on", "choose_passages", "close_case",
    "delete_item", "erase_item", "extend_case", "grounds_to_delete", "keep_item", "note_given_out",
    "note_search", "open_case", "remove_item", "remove_rule", "reopen_case", "save_rule", "start",
    "undo_keep",
]
