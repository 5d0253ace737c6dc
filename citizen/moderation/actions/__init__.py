"""Every write of moderators. Actions flush; the edge commits."""

from citizen.moderation.actions.deciding import Lot, decide, keep_as_it_is, publish_lot, undo
from citizen.moderation.actions.deletions import answer_deletion
from citizen.moderation.actions.digests import choose_digest, send_digest, stop_digest
from citizen.moderation.actions.figures import count_years, keep_years
from citizen.moderation.actions.telling import MAIL_WAITS

__all__ = [
    "MAIL_WAITS", "Lot", "answer_deletion", "choose_digest", "count_years", "decide", "keep_as_it_is",
    "keep_years", "publish_lot", "send_digest", "stop_digest", "undo",
]
