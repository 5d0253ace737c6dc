"""Where each kind of record lies, by the municipality whose it is."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, literal, or_, select

from citizen.contributions.models import Contact, Contribution, DeletionRequest
from citizen.ideas.models import Report, Support
from citizen.records.models import SubjectCase
from citizen.records.queries.due.beginning import of_contribution, of_survey
from citizen.records.queries.due.holding import contribution_in_open_case, in_open_case, is_held
from citizen.records.rules import MARKS, Counted, Kind
from citizen.statements.models import Feedback
from citizen.surveys.models import Answer, AnswerText, Invitation, Submission, Survey


@dataclass(frozen=True)
class Source:
    """One table that records of a kind lie in.

    ``key`` names a row; ``counts_from`` is when its time begins; ``chosen`` is what the kind means;
    ``held`` is what must not go yet; ``name`` is what people can call it by.
    """

    name: str
    rows: Select[Any]
    key: Any
    counts_from: Any
    chosen: Sequence[ColumnElement[bool]]
    held: ColumnElement[bool] | None = None
    called: Any = None


def sources(kind: Kind, counted_from: Counted, municipality_id: int) -> list[Source]:
    """Where a kind of record lies; what is in the first goes before what is in the next."""
    return _SOURCES[kind](counted_from, municipality_id)


def _contributions(kind: str, counted: Counted, municipality_id: int, *more: Any) -> Source:
    own = (Contribution.municipality_id == municipality_id, Contribution.kind == kind, *more)
    return Source(
        "contribution", select(Contribution.id), Contribution.id,
        of_contribution(counted, Contribution.submitted_at), own, is_held(), Contribution.ref,
    )


def _published(counted: Counted, municipality_id: int) -> list[Source]:
    return [_contributions("idea", counted, municipality_id, Contribution.visibility == "published")]


def _unpublished(counted: Counted, municipality_id: int) -> list[Source]:
    states = ("returned", "rejected", "hidden", "withdrawn")
    return [_contributions("idea", counted, municipality_id, Contribution.visibility.in_(states))]


def _voices(counted: Counted, municipality_id: int) -> list[Source]:
    decided = Contribution.visibility != "submitted"
    return [_contributions("voice", counted, municipality_id, decided)]


def _reports(_counted: Counted, municipality_id: int) -> list[Source]:
    rows = select(Report.id).join(Contribution, Contribution.id == Report.contribution_id)
    own = Contribution.municipality_id == municipality_id
    return [Source("report", rows, Report.id, Report.closed_at, (own,),
                   in_open_case("report", Report.id), Contribution.ref)]


def _support(counted: Counted, municipality_id: int) -> list[Source]:
    rows = select(Contribution.id)
    has_any = exists().where(Support.idea_id == Contribution.id)
    return [Source("support", rows, Contribution.id, of_contribution(counted, Contribution.submitted_at),
                   (Contribution.municipality_id == municipality_id, has_any), None, Contribution.ref)]


def _contacts(counted: Counted, municipality_id: int) -> list[Source]:
    rows = select(Contact.id).join(Contribution, Contribution.id == Contact.contribution_id)
    decided = Contribution.visibility != "submitted"
    return [Source("contact", rows, Contact.contribution_id, of_contribution(counted, Contact.created_at),
                   (Contribution.municipality_id == municipality_id, decided),
                   contribution_in_open_case(Contribution.id), Contribution.ref)]


def _requests(_counted: Counted, municipality_id: int) -> list[Source]:
    rows = select(DeletionRequest.id).join(Contribution, Contribution.id == DeletionRequest.contribution_id)
    own = Contribution.municipality_id == municipality_id
    return [Source("deletion_request", rows, DeletionRequest.id, DeletionRequest.handled_at, (own,),
                   contribution_in_open_case(Contribution.id), Contribution.ref)]


def _survey_texts(counted: Counted, municipality_id: int) -> list[Source]:
    closed = of_survey(counted)
    texts = (
        select(Contribution.id).join(AnswerText, AnswerText.contribution_id == Contribution.id)
        .join(Survey, Survey.id == AnswerText.survey_id)
    )
    own = (Contribution.municipality_id == municipality_id, Contribution.visibility != "submitted")
    of_contributions = Source("contribution", texts, Contribution.id, closed, own,
                              is_held(), Contribution.ref)
    submissions = select(Submission.id).join(Survey, Survey.id == Submission.survey_id)
    written = exists().where(
        Answer.submission_id == Submission.id, Answer.text.is_not(None), Answer.text.not_in(MARKS.values())
    )
    # A text that is still moderated keeps its answer until it goes itself.
    moderated = exists().where(AnswerText.submission_id == Submission.id)
    of_answers = Source(
        "survey_submission", submissions, Submission.id, closed,
        (Submission.municipality_id == municipality_id, Survey.closed_at.is_not(None), written),
        or_(moderated, in_open_case("submission", Submission.id)), Survey.ref,
    )
    return [of_contributions, of_answers]


def _survey_people(counted: Counted, municipality_id: int) -> list[Source]:
    rows = select(Invitation.id).join(Survey, Survey.id == Invitation.survey_id)
    known = or_(Invitation.email.is_not(None), Invitation.name.is_not(None))
    return [Source("survey_invitation", rows, Invitation.id, of_survey(counted),
                   (Invitation.municipality_id == municipality_id, Survey.closed_at.is_not(None), known),
                   in_open_case("invitation", Invitation.id), Survey.ref)]


def _feedback(_counted: Counted, municipality_id: int) -> list[Source]:
    return [Source("feedback", select(Feedback.id), Feedback.id, Feedback.handled_at,
                   (Feedback.municipality_id == municipality_id,), in_open_case("feedback", Feedback.id),
                   literal(""))]


def _cases(_counted: Counted, municipality_id: int) -> list[Source]:
    return [Source("case", select(SubjectCase.id), SubjectCase.id, SubjectCase.closed_at,
                   (SubjectCase.municipality_id == municipality_id,), None, SubjectCase.ref)]


_SOURCES: Mapping[Kind, Callable[[Counted, int], list[Source]]] = {
    Kind.IDEA_PUBLISHED: _published, Kind.IDEA_UNPUBLISHED: _unpublished, Kind.VOICE: _voices,
    Kind.REPORT: _reports, Kind.SUPPORT: _support, Kind.CONTACT: _contacts, Kind.DELETION_REQUEST: _requests,
    Kind.SURVEY_TEXT: _survey_texts, Kind.SURVEY_PERSON: _survey_people, Kind.FEEDBACK: _feedback,
    Kind.CASE: _cases,
}
