"""Every write to surveys. Actions flush; the edge commits."""

from citizen.surveys.actions.drafts import create_survey, save_document, save_text
from citizen.surveys.actions.editing import Settings, change_settings, copy_survey, edit_draft, undo
from citizen.surveys.actions.publishing import publish
from citizen.surveys.actions.receiving import AlreadyAnswered, Arrival, open_sealed, receive

__all__ = [
    "AlreadyAnswered",
    "Arrival",
    "Settings",
    "change_settings",
    "copy_survey",
    "create_survey",
    "edit_draft",
    "open_sealed",
    "publish",
    "receive",
    "save_document",
    "save_text",
    "undo",
]
