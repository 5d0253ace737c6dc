"""Every read of surveys."""

from citizen.surveys.queries.publishing import Proposal, VersionTold, offered_in, proposal, versions
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
    "Proposal",
    "Published",
    "VersionTold",
    "draft_of",
    "draft_texts",
    "latest",
    "offered_in",
    "open_surveys",
    "proposal",
    "published",
    "survey",
    "survey_by_id",
    "surveys_of",
    "text_rows",
    "versions",
]
