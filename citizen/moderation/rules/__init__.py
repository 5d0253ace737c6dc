"""Decisions about moderation, from values alone."""

from citizen.moderation.rules import digests, figures
from citizen.moderation.rules.values import (
    MOST_CHOSEN,
    TABS,
    Piece,
    audit_name,
    days_waited,
    difference,
    newest_open,
    read_chosen,
    spellings,
)

__all__ = [
    "MOST_CHOSEN", "TABS", "Piece", "audit_name", "days_waited", "difference", "digests", "figures",
    "newest_open", "read_chosen", "spellings",
]
