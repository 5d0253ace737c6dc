"""Every write to contributions and to what they are found by. Actions flush; the edge commits."""

from citizen.contributions.actions import sealing  # noqa: F401, it listens to what is written
from citizen.contributions.actions.contacts import (
    address,
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
    touch,
    undo,
    withdraw,
)
from citizen.contributions.actions.disposal import dispose, dispose_requests, drop_answer_pictures
from citizen.contributions.actions.erasing import Eraser, erase_words
from citizen.contributions.actions.further import (
    answer,
    merge,
    move,
    put_under,
    take_answer_back,
    take_merge_back,
    take_move_back,
)
from citizen.contributions.actions.holding import hold_again, release
from citizen.contributions.actions.news import write_to_author
from citizen.contributions.actions.pictures import (
    Described,
    drop_pictures,
    forget_unused_pictures,
    keep_pictures,
    show_pictures,
)
from citizen.contributions.actions.redactions import Redacted, redact
from citizen.contributions.actions.revisions import decline_revision, revise
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
from citizen.contributions.actions.versions import open_revision_again

__all__ = [
    "Described", "Eraser", "Redacted", "StaleDecision", "about_decision", "address", "answer",
    "answer_appeal", "answer_deletion", "answer_look", "arrived", "ask_again", "ask_deletion",
    "ask_second", "decide", "decline_revision", "dispose", "dispose_requests",
    "drop_answer_pictures", "drop_pictures", "erase_words", "forget_index",
    "forget_unused_pictures", "hold_again", "keep_pictures", "leave_contact", "merge", "move",
    "open_appeal_again", "open_look_again", "open_revision_again", "publish_at_once", "put_under",
    "receipt_code", "receive", "redact", "refresh_index", "refuse_same_person", "release", "resend",
    "retype", "revise", "set_handling", "show_pictures", "stop_news", "take_answer_back",
    "take_merge_back", "take_move_back", "tell_moved", "touch", "undo", "withdraw",
    "write_to_author",
]
