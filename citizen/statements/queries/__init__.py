"""Every read of statements."""

from citizen.statements.queries.feedback import count_open, feedback, feedback_by_id, feedback_by_key
from citizen.statements.queries.known import criteria, product
from citizen.statements.queries.statements import (
    breach,
    breach_row,
    last_change,
    missing,
    own_texts,
    profile,
    report,
    text_row,
)

__all__ = [
    "breach", "breach_row", "count_open", "criteria", "feedback", "feedback_by_id", "feedback_by_key",
    "last_change", "missing", "own_texts", "product", "profile", "report", "text_row",
]
