"""Every read of surveys."""

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
from citizen.surveys.queries.translating import done_by_language, text_in

__all__ = [
    "Published",
    "done_by_language",
    "draft_of",
    "draft_texts",
    "latest",
    "open_surveys",
    "published",
    "survey",
    "survey_by_id",
    "surveys_of",
    "text_in",
    "text_rows",
]
