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
    next_number,
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
from citizen.contributions.queries.further import (
    AnswerStep,
    MergeStep,
    MoveStep,
    answers_of,
    authors_to_tell,
    family,
    first_answered_at,
    last_answer_number,
    last_further_at,
    merge_published_by,
    merged_with,
    merges_of,
    moves_of,
    news_of,
    official_answer,
    parts_of,
    standing_merge,
    standing_move,
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
from citizen.contributions.queries.redactions import (
    authors_text,
    concealed_texts,
    is_concealed,
    redacted_numbers,
    redaction,
)
from citizen.contributions.queries.search import having_words, similar, stale_texts

__all__ = [
    "Address", "AskedDeletion", "Photo", "PublishedText", "authors_text", "by_client_key", "by_receipt",
    "by_stop_token", "concealed_texts", "contact", "contacts", "deletion_request", "deletion_requests",
    "having_words", "held_pictures", "is_concealed", "is_public", "joined_theme_at", "latest_change",
    "latest_text", "newest_number", "next_number", "open_deletion_requests", "photos", "picture",
    "picture_content", "pictures_of", "pictures_of_answer", "public_handling", "public_photos",
    "published_texts", "redacted_numbers", "redaction", "showing", "showings", "similar", "stale_texts",
    "stop_token", "told_about", "visibility_history",
]
__all__ += ["AnswerStep", "MergeStep", "MoveStep", "answers_of", "authors_to_tell", "family"]
__all__ += ["first_answered_at", "last_answer_number", "last_further_at", "merge_published_by"]
__all__ += ["merged_with", "merges_of", "moves_of", "news_of", "official_answer", "parts_of"]
__all__ += ["standing_merge", "standing_move"]
