"""Every write of moderators. Actions flush; the edge commits."""

from citizen.moderation.actions.deciding import MAIL_WAITS, Lot, decide, keep_as_it_is, publish_lot, undo
from citizen.moderation.actions.deletions import answer_deletion
from citizen.moderation.actions.holding import reject_held, release_held, undo_held

__all__ = [
    "MAIL_WAITS", "Lot", "answer_deletion", "decide", "keep_as_it_is", "publish_lot", "reject_held",
    "release_held", "undo", "undo_held",
]
