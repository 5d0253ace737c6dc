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
    newest_number,
    public_handling,
    published_texts,
    told_about,
    visibility_history,
)
from citizen.contributions.queries.flood import alike_lately, arrived_lately
from citizen.contributions.queries.following import (
    AskedDeletion,
    by_stop_token,
    deletion_request,
    deletion_requests,
    joined_theme_at,
    open_deletion_requests,
    stop_token,
)
from citizen.contributions.queries.pictures import (
    Photo,
    held_pictures,
    is_public,
    photos,
    picture,
    picture_content,
    pictures_of,
    pictures_of_answer,
    public_photos,
    showing,
    showings,
)
from citizen.contributions.queries.search import having_words, similar, stale_texts

__all__ = [
    "Address", "AskedDeletion", "Photo", "PublishedText", "alike_lately", "arrived_lately",
    "by_client_key", "by_receipt", "by_stop_token",
    "contact", "contacts", "deletion_request", "deletion_requests", "having_words", "held_pictures",
    "is_public", "joined_theme_at", "latest_change", "latest_text", "newest_number",
    "open_deletion_requests", "photos", "picture", "picture_content", "pictures_of",
    "pictures_of_answer", "public_handling",
    "public_photos", "published_texts", "showing", "showings", "similar", "stale_texts", "stop_token",
    "told_about", "visibility_history",
]
