"""Every read of contributions that ideas and surveys share."""

from citizen.contributions.queries.contributions import (
    Address,
    PublishedText,
    by_client_key,
    by_receipt,
    contact,
    contacts,
    latest_change,
    latest_text,
    public_handling,
    published_texts,
    told_about,
    visibility_history,
)
from citizen.contributions.queries.search import having_words, similar, stale_texts

__all__ = [
    "Address", "PublishedText", "by_client_key", "by_receipt", "contact",
    "contacts", "having_words", "latest_change", "latest_text", "public_handling",
    "published_texts", "similar", "stale_texts", "told_about", "visibility_history",
]
