"""Every write to surveys. Actions flush; the edge commits."""

from citizen.surveys.actions.counting import count_arrivals, count_new, recount, refresh_public, uncount
from citizen.surveys.actions.drafts import create_survey, save_document, save_text
from citizen.surveys.actions.publishing import publish
from citizen.surveys.actions.receiving import AlreadyAnswered, Arrival, open_sealed, receive

__all__ = [
    "AlreadyAnswered",
    "Arrival",
    "count_arrivals",
    "count_new",
    "create_survey",
    "open_sealed",
    "publish",
    "receive",
    "recount",
    "refresh_public",
    "save_document",
    "save_text",
    "uncount",
]
