"""Every read of surveys."""

from citizen.surveys.queries.answered import Answered, questions_answered
from citizen.surveys.queries.answering import entrances, survey_of_answer
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
    "Answered",
    "Published",
    "draft_of",
    "draft_texts",
    "entrances",
    "latest",
    "open_surveys",
    "published",
    "questions_answered",
    "survey",
    "survey_by_id",
    "survey_of_answer",
    "surveys_of",
    "text_rows",
]
