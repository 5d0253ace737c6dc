"""Decisions about moderation, from values alone."""

from citizen.moderation.rules import digests, figures
from citizen.moderation.rules.values import (
    MOST_CHOSEN,
    TABS,
    Piece,
    audit_name,
    days_waited,
    difference,
    read_chosen,
    spellings,
)

__all__ = [
    "MOST_CHOSEN", "TABS", "Piece", "audit_name", "days_waited", "difference", "digests", "figures",
    "read_chosen", "spellings",
]
