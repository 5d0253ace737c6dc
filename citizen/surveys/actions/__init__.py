"""Every write to surveys. Actions flush; the edge commits."""

from citizen.surveys.actions.drafts import create_survey, save_document, save_text
from citizen.surveys.actions.publishing import publish
from citizen.surveys.actions.receiving import AlreadyAnswered, Arrival, open_sealed, receive
from citizen.surveys.actions.translating import add_language, choose_source, remove_language, save_texts

__all__ = [
    "AlreadyAnswered",
    "Arrival",
    "add_language",
    "choose_source",
    "create_survey",
    "open_sealed",
    "publish",
    "receive",
    "remove_language",
    "save_document",
    "save_text",
    "save_texts",
]
