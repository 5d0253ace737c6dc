"""Every write of moderators. Actions flush; the edge commits."""

from citizen.moderation.actions.answering import answer_officially, take_answer_back
from citizen.moderation.actions.deciding import Lot, decide, keep_as_it_is, publish_lot, undo
from citizen.moderation.actions.deletions import answer_deletion
from citizen.moderation.actions.merging import merge, unmerge
from citizen.moderation.actions.moving import move, unmove
from citizen.moderation.actions.noting import change_reason_words, note
from citizen.moderation.actions.telling import MAIL_WAITS

__all__ = ["MAIL_WAITS", "Lot", "answer_deletion", "decide", "keep_as_it_is", "publish_lot", "undo"]
__all__ += ["answer_officially", "change_reason_words", "merge", "move", "note", "take_answer_back"]
__all__ += ["unmerge", "unmove"]
