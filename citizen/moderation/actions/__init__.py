"""Every write of moderators. Actions flush; the edge commits."""

from citizen.moderation.actions.deciding import (
    MAIL_WAITS,
    Lot,
    decide,
    decide_lot,
    keep_as_it_is,
    undo,
    undo_lot,
)
from citizen.moderation.actions.deletions import answer_deletion
from citizen.moderation.actions.queueing import arrived, assign, claim, let_go, refresh
from citizen.moderation.actions.redacting import look, redact, show_original
from citizen.moderation.actions.views import drop_view, save_view

__all__ = [
    "MAIL_WAITS", "Lot", "answer_deletion", "arrived", "assign", "claim", "decide", "decide_lot",
    "drop_view", "keep_as_it_is", "let_go", "look", "redact", "refresh", "save_view",
    "show_original", "undo", "undo_lot",
]
