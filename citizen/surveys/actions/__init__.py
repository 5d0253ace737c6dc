"""Every write to surveys. Actions flush; the edge commits."""

from citizen.surveys.actions.answering import (
    Sender,
    begin,
    forget_attempts,
    keep,
    open_for_correction,
    send,
    sender_of,
)
from citizen.surveys.actions.counting import (
    count_arrivals,
    count_new,
    recount,
    refresh_public,
    uncount,
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
from citizen.surveys.actions.publishing import (
    publish,
    restore_lost,
)
from citizen.surveys.actions.receiving import (
    AlreadyAnswered,
    Arrival,
    open_sealed,
    receive,
)
from citizen.surveys.actions.translating import (
    add_language,
    choose_source,
    remove_language,
    save_texts,
)

__all__ = [
    "AlreadyAnswered",
    "Arrival",
    "Sender",
    "Settings",
    "add_language",
    "begin",
    "change_settings",
    "choose_source",
    "copy_survey",
    "count_arrivals",
    "count_new",
    "create_survey",
    "edit_draft",
    "forget_attempts",
    "keep",
    "open_for_correction",
    "open_sealed",
    "publish",
    "receive",
    "recount",
    "refresh_public",
    "remove_language",
    "restore_lost",
    "save_document",
    "save_text",
    "save_texts",
    "send",
    "sender_of",
    "uncount",
    "undo",
]
