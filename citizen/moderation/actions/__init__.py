"""Every write of moderators. Actions flush; the edge commits."""

from citizen.moderation.actions.deciding import Lot, decide, decide_lot, keep_as_it_is, undo, undo_lot
from citizen.moderation.actions.deletions import answer_deletion
from citizen.moderation.actions.digests import choose_digest, send_digest, stop_digest
from citizen.moderation.actions.figures import count_years, keep_years
from citizen.moderation.actions.queueing import arrived, assign, claim, let_go, refresh
from citizen.moderation.actions.telling import MAIL_WAITS
from citizen.moderation.actions.views import drop_view, save_view

__all__ = [
    "MAIL_WAITS", "Lot", "answer_deletion", "arrived", "assign", "choose_digest", "claim", "count_years",
    "decide", "decide_lot", "drop_view", "keep_as_it_is", "keep_years", "let_go", "refresh", "save_view",
    "send_digest", "stop_digest", "undo", "undo_lot",
]
