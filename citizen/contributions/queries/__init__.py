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
from citizen.contributions.queries.second import (
    appeal_behind,
    appeal_is_open,
    appeals,
    deciders,
    look_behind,
    look_is_open,
    may_appeal,
    newest_look,
    open_appeal,
    open_look,
    standing_step,
    waiting_for_second,
    waits_for_another,
    waits_for_second,
    waits_on_appeal,
)

__all__ = [
    "Address", "AskedDeletion", "Photo", "PublishedText", "appeal_behind", "appeal_is_open", "appeals",
    "by_client_key", "by_receipt", "by_stop_token", "contact", "contacts", "deciders",
    "deletion_request", "deletion_requests", "having_words", "held_pictures", "is_public",
    "joined_theme_at", "latest_change", "latest_text", "look_behind", "look_is_open", "may_appeal",
    "newest_look", "newest_number", "open_appeal", "open_deletion_requests", "open_look", "photos",
    "picture", "picture_content", "pictures_of", "pictures_of_answer", "public_handling",
    "public_photos", "published_texts", "showing", "showings", "similar", "stale_texts", "standing_step",
    "stop_token", "told_about", "visibility_history", "waiting_for_second", "waits_for_another",
    "waits_for_second",
    "waits_on_appeal",
]
