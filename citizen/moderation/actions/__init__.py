"""Every write of moderators. Actions flush; the edge commits."""

from citizen.moderation.actions.answering import answer_officially, take_answer_back
from citizen.moderation.actions.appeals import (
    answer_appeal,
    may_take_back_appeal_answer,
    take_back_appeal_answer,
)
from citizen.moderation.actions.deciding import Lot, decide_lot, keep_as_it_is, undo_lot
from citizen.moderation.actions.deletions import answer_deletion
from citizen.moderation.actions.digests import choose_digest, send_digest, stop_digest
from citizen.moderation.actions.figures import count_years, keep_years
from citizen.moderation.actions.holding import reject_held, release_held, undo_held
from citizen.moderation.actions.merging import merge, unmerge
from citizen.moderation.actions.moving import move, unmove
from citizen.moderation.actions.noting import change_reason_words, erase_note_words, note
from citizen.moderation.actions.promising import clear_desks, follow_promise
from citizen.moderation.actions.queueing import arrived, assign, claim, let_go, refresh
from citizen.moderation.actions.redacting import look, redact, show_original
from citizen.moderation.actions.revising import (
    decline_revision,
    may_take_revision_answer_back,
    publish_revision,
    take_revision_answer_back,
)
from citizen.moderation.actions.second import (
    confirm,
    decide,
    disagree,
    may_take_back_answer,
    may_undo,
    take_back,
    undo,
)
from citizen.moderation.actions.telling import MAIL_WAITS
from citizen.moderation.actions.views import drop_view, save_view

__all__ = [
    "MAIL_WAITS", "Lot", "answer_appeal", "answer_deletion", "answer_officially", "arrived", "assign",
    "change_reason_words", "choose_digest", "claim", "clear_desks", "confirm", "count_years", "decide",
    "decide_lot", "decline_revision", "disagree", "drop_view", "erase_note_words", "follow_promise",
    "keep_as_it_is", "keep_years", "let_go", "look", "may_take_back_answer",
    "may_take_back_appeal_answer", "may_take_revision_answer_back", "may_undo", "merge", "move", "note",
    "publish_revision", "redact", "refresh", "reject_held", "release_held", "save_view", "send_digest",
    "show_original", "stop_digest", "take_answer_back", "take_back", "take_back_appeal_answer",
    "take_revision_answer_back", "undo", "undo_held", "undo_lot", "unmerge", "unmove",
]
