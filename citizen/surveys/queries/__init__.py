"""Every read of surveys."""

from citizen.surveys.queries.answered import (
    Answered,
    questions_answered,
)
from citizen.surveys.queries.answering import (
    entrances,
    survey_of_answer,
)
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
from citizen.surveys.queries.publishing import (
    Proposal,
    VersionTold,
    offered_in,
    proposal,
    versions_told,
)
from citizen.surveys.queries.results import (
    Narrowed,
    counts_of,
    crossed,
    kinds,
    public_result,
    tallies,
    versions,
    with_uncounted,
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
from citizen.surveys.queries.texts import (
    plain_texts,
    public_texts,
    written,
)
from citizen.surveys.queries.translating import (
    done_by_language,
    text_in,
)

__all__ = [
    "Answered",
    "Narrowed",
    "Offered",
    "Proposal",
    "Published",
    "PublishedOn",
    "VersionTold",
    "can_undo",
    "counts_of",
    "crossed",
    "done_by_language",
    "draft_of",
    "draft_texts",
    "entrances",
    "has_begun",
    "kinds",
    "latest",
    "latest_numbers",
    "library",
    "offered",
    "offered_in",
    "open_surveys",
    "plain_texts",
    "proposal",
    "public_result",
    "public_texts",
    "published",
    "questions_answered",
    "received_counts",
    "survey",
    "survey_by_id",
    "survey_of_answer",
    "surveys_of",
    "tallies",
    "text_in",
    "text_rows",
    "titles_of",
    "versions",
    "versions_of",
    "versions_told",
    "with_uncounted",
    "written",
]
