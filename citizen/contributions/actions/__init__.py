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
    touch,
    undo,
    withdraw,
)
from citizen.contributions.actions.news import write_to_author
from citizen.contributions.actions.pictures import (
    Described,
    drop_pictures,
    forget_unused_pictures,
    keep_pictures,
    show_pictures,
)
from citizen.contributions.actions.search import forget_index, refresh_index
from citizen.contributions.actions.second import (
    answer_appeal,
    answer_look,
    ask_again,
    ask_second,
    open_appeal_again,
    open_look_again,
    refuse_same_person,
)

__all__ = [
    "Described", "StaleDecision", "about_decision", "answer_appeal", "answer_deletion", "answer_look",
    "ask_again", "ask_deletion", "ask_second", "decide", "drop_pictures", "forget_index",
    "forget_unused_pictures", "keep_pictures", "leave_contact", "open_appeal_again", "open_look_again",
    "receipt_code", "receive", "refresh_index", "refuse_same_person", "resend", "retype", "set_handling",
    "show_pictures", "stop_news", "touch", "undo", "withdraw", "write_to_author",
]
