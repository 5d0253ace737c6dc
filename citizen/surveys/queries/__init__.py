"""Every read of surveys."""

from citizen.surveys.queries import (
    exporting,
)
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
from citizen.surveys.queries.people import (
    counts,
    invitation_by_digest,
    invitations,
    invited_addresses,
    latest_reminder,
    received,
    respondents,
    surveys_with_sealed,
    taken_part,
    unfinished,
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
    all_surveys,
    draft_of,
    draft_texts,
    due_to_close,
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
    text_in,
)
from citizen.surveys.queries.waiting import (
    some_wait,
    with_waiting,
)

__all__ = [
    "Answered",
    "Narrowed",
    "Offered",
    "Proposal",
    "Published",
    "PublishedOn",
    "VersionTold",
    "all_surveys",
    "can_undo",
    "counts",
    "counts_of",
    "crossed",
    "draft_of",
    "draft_texts",
    "due_to_close",
    "entrances",
    "exporting",
    "has_begun",
    "invitation_by_digest",
    "invitations",
    "invited_addresses",
    "kinds",
    "latest",
    "latest_numbers",
    "latest_reminder",
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
    "received",
    "received_counts",
    "respondents",
    "some_wait",
    "survey",
    "survey_by_id",
    "survey_of_answer",
    "surveys_of",
    "surveys_with_sealed",
    "taken_part",
    "tallies",
    "text_in",
    "text_rows",
    "titles_of",
    "unfinished",
    "versions",
    "versions_of",
    "versions_told",
    "with_uncounted",
    "with_waiting",
    "written",
]
