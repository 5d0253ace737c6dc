"""Every write to contributions and to what they are found by. Actions flush; the edge commits."""

from citizen.contributions.actions.contacts import (
    answer_deletion,
    ask_deletion,
    leave_contact,
    stop_news,
)
from citizen.contributions.actions.contributions import (
    StaleDecision,
    about_decision,
    decide,
    receipt_code,
    receive,
    resend,
    retype,
    set_handling,
    undo,
    withdraw,
)
from citizen.contributions.actions.disposal import dispose, dispose_requests, drop_answer_pictures
from citizen.contributions.actions.erasing import Eraser, erase_words
from citizen.contributions.actions.news import write_to_author
from citizen.contributions.actions.pictures import (
    Described,
    drop_pictures,
    forget_unused_pictures,
    keep_pictures,
    show_pictures,
)
from citizen.contributions.actions.search import forget_index, refresh_index

__all__ = [
    "Described", "Eraser", "StaleDecision", "about_decision", "answer_deletion", "ask_deletion", "decide",
    "dispose", "dispose_requests", "drop_answer_pictures", "drop_pictures", "erase_words", "forget_index",
    "forget_unused_pictures",
    "keep_pictures", "leave_contact",
    "receipt_code", "receive", "refresh_index", "resend", "retype", "set_handling", "show_pictures",
    "stop_news", "undo", "withdraw", "write_to_author",
]
