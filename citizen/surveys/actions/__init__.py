"""Every write to surveys. Actions flush; the edge commits."""

from citizen.surveys.actions.drafts import create_survey, save_document, save_text
from citizen.surveys.actions.publishing import publish, restore_lost
from citizen.surveys.actions.receiving import AlreadyAnswered, Arrival, open_sealed, receive

__all__ = [
    "AlreadyAnswered",
    "Arrival",
    "create_survey",
    "open_sealed",
    "publish",
    "receive",
    "restore_lost",
    "save_document",
    "save_text",
]
