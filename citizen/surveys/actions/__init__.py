"""Every write to surveys. Actions flush; the edge commits."""

from citizen.surveys.actions.answering import (
    Sender,
    begin,
    forget_unfinished,
    keep,
    open_for_correction,
    send,
    sender_of,
)
from citizen.surveys.actions.closing import (
    close,
)
from citizen.surveys.actions.counting import (
    count_arrivals,
    count_new,
    recount,
    refresh_public,
    uncount,
)
from citizen.surveys.actions.disposing import (
    dispose_people,
    dispose_texts,
    erase_answer_text,
    erase_answer_words,
)
from citizen.surveys.actions.drafts import (
    create_survey,
    save_document,
    save_text,
)
from citizen.surveys.actions.editing import (
    Settings,
    change_settings,
    copy_survey,
    edit_draft,
    undo,
)
from citizen.surveys.actions.holding import let_in
from citizen.surveys.actions.paper import (
    Sheet,
    type_in,
)
from citizen.surveys.actions.people import (
    answered_count,
    answered_invitations,
    decline,
    invitation_digest,
    invite,
    participant_of,
    remind,
    reminded_today,
    to_remind,
)
from citizen.surveys.actions.publishing import (
    publish,
    restore_lost,
)
from citizen.surveys.actions.receiving import (
    AlreadyAnswered,
    Closed,
    open_sealed,
    receive,
)
from citizen.surveys.actions.sealing import Arrival
from citizen.surveys.actions.translating import (
    add_language,
    choose_source,
    remove_language,
    save_texts,
)

__all__ = [
    "AlreadyAnswered",
    "Arrival",
    "Closed",
    "Sender",
    "Settings",
    "Sheet",
    "add_language",
    "answered_count",
    "answered_invitations",
    "begin",
    "change_settings",
    "choose_source",
    "close",
    "copy_survey",
    "count_arrivals",
    "count_new",
    "create_survey",
    "decline",
    "dispose_people",
    "dispose_texts",
    "edit_draft",
    "erase_answer_text", "erase_answer_words",
    "forget_unfinished",
    "invitation_digest",
    "invite",
    "keep",
    "let_in",
    "open_for_correction",
    "open_sealed",
    "participant_of",
    "publish",
    "receive",
    "recount",
    "refresh_public",
    "remind",
    "reminded_today",
    "remove_language",
    "restore_lost",
    "save_document",
    "save_text",
    "save_texts",
    "send",
    "sender_of",
    "to_remind",
    "type_in",
    "uncount",
    "undo",
]
