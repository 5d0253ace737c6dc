"""Every write to surveys. Actions flush; the edge commits."""

from citizen.surveys.actions.closing import close, forget_unfinished
from citizen.surveys.actions.drafts import create_survey, save_document, save_text
from citizen.surveys.actions.paper import Sheet, type_in
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
from citizen.surveys.actions.publishing import publish
from citizen.surveys.actions.receiving import AlreadyAnswered, Arrival, Closed, open_sealed, receive

__all__ = [
    "AlreadyAnswered",
    "Arrival",
    "Closed",
    "Sheet",
    "answered_count",
    "answered_invitations",
    "close",
    "create_survey",
    "decline",
    "forget_unfinished",
    "invitation_digest",
    "invite",
    "open_sealed",
    "participant_of",
    "publish",
    "receive",
    "remind",
    "reminded_today",
    "save_document",
    "save_text",
    "to_remind",
    "type_in",
]
