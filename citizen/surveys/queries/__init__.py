"""Every read of surveys."""

from citizen.surveys.queries import exporting
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
    "Published",
    "draft_of",
    "draft_texts",
    "exporting",
    "latest",
    "open_surveys",
    "published",
    "survey",
    "survey_by_id",
    "surveys_of",
    "text_rows",
]
