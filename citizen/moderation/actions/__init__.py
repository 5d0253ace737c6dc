"""Every write of moderators. Actions flush; the edge commits."""

from citizen.moderation.actions.deciding import MAIL_WAITS, Lot, decide, keep_as_it_is, publish_lot, undo
from citizen.moderation.actions.deletions import answer_deletion
from citizen.moderation.actions.redacting import look, redact, show_original

__all__ = ["MAIL_WAITS", "Lot", "answer_deletion", "decide", "keep_as_it_is", "look", "publish_lot", "redact",
           "show_original", "undo"]
