"""Every write of moderators. Actions flush; the edge commits."""

from citizen.moderation.actions.appeals import (
    answer_appeal,
    may_take_back_appeal_answer,
    take_back_appeal_answer,
)
from citizen.moderation.actions.deciding import MAIL_WAITS, Lot, keep_as_it_is, publish_lot
from citizen.moderation.actions.deletions import answer_deletion
from citizen.moderation.actions.second import (
    confirm,
    decide,
    disagree,
    may_take_back_answer,
    take_back,
    undo,
)

__all__ = [
    "MAIL_WAITS", "Lot", "answer_appeal", "answer_deletion", "confirm", "decide", "disagree", "keep_as_it_is",
    "may_take_back_answer", "may_take_back_appeal_answer", "publish_lot", "take_back",
    "take_back_appeal_answer", "undo",
]
