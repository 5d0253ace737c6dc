"""Every read of surveys."""

from citizen.surveys.queries.desks import (
    Offered,
    PublishedOn,
    can_undo,
    has_begun,
    latest_numbers,
    library,
    offered,
    received_counts,
    titles_of,
    versions_of,
)
from citizen.surveys.queries.surveys import (
    Published,
    draft_of,
    draft_texts,
    latest,
    open_surveys,
    published,
    survey,
    survey_by_id,
    surveys_of,
    text_rows,
)

__all__ = [
    "Offered",
    "Published",
    "PublishedOn",
    "can_undo",
    "draft_of",
    "draft_texts",
    "has_begun",
    "latest",
    "latest_numbers",
    "library",
    "offered",
    "open_surveys",
    "published",
    "received_counts",
    "survey",
    "survey_by_id",
    "surveys_of",
    "text_rows",
    "titles_of",
    "versions_of",
]
