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
    arrived,
    decide,
    publish_at_once,
    receipt_code,
    receive,
    resend,
    retype,
    set_handling,
    tell_moved,
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

__all__ = [
    "Described", "StaleDecision", "about_decision", "answer_deletion", "arrived", "ask_deletion",
    "decide", "drop_pictures", "forget_index", "forget_unused_pictures", "keep_pictures",
    "leave_contact", "publish_at_once", "receipt_code", "receive", "refresh_index", "resend", "retype",
    "set_handling", "show_pictures", "stop_news", "tell_moved", "undo", "withdraw", "write_to_author",
]
