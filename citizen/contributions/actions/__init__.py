"""Every write to contributions and to what they are found by. Actions flush; the edge commits."""

from citizen.contributions.actions.contributions import (
    StaleDecision,
    about_decision,
    decide,
    leave_contact,
    receipt_code,
    receive,
    resend,
    set_handling,
    undo,
    withdraw,
)
from citizen.contributions.actions.pictures import (
    Described,
    forget_unused_pictures,
    keep_pictures,
    show_pictures,
)
from citizen.contributions.actions.search import forget_index, refresh_index

__all__ = [
    "Described", "StaleDecision", "about_decision", "decide", "forget_index", "forget_unused_pictures",
    "keep_pictures", "leave_contact", "receipt_code", "receive", "refresh_index", "resend", "set_handling",
    "show_pictures", "undo", "withdraw",
]
