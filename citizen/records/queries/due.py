"""What a rule would let go today. Order: what has waited longest first.

Whatever somebody still waits for is held: an open report, an unanswered request for deletion, an open case of
somebody whose data it is, and an idea under which a line still waits to be read.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, case, cast, exists, func, literal, or_, select
from sqlalchemy.orm import aliased

from citizen.base import clock
from citizen.base.db import session
from citizen.contributions.models import (
    Appeal,
    Contact,
    Contribution,
    DeletionRequest,
    HandlingChange,
    SecondLook,
    VisibilityChange,
)
from citizen.contributions.queries import appeal_is_open, look_is_open
from citizen.ideas.models import Report, Support, Voice
from citizen.programmes.models import Phase
from citizen.records.models import CaseItem, SubjectCase
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


@dataclass(frozen=True)
class Due:
    """How much a rule would let go, its span, and how much is due and held."""

    count: int
    first_on: date | None
    last_on: date | None
    held: int


@dataclass(frozen=True)
class DueRow:
    """One record that would go."""

    key: int
    on: date
    called: str


def due(kind: Kind, counted_from: Counted, municipality_id: int, until: date) -> Due:
    """Count what would go of a kind whose time began no later than on a day."""
    count, held, first, last = 0, 0, [], []
    for source in sources(kind, counted_from, municipality_id):
        row = session.execute(_due(source, until, func.count(), func.min(source.counts_from),
                                   func.max(source.counts_from))).one()
        count += row[0]
        first += [_day(row[1])] if row[1] is not None else []
        last += [_day(row[2])] if row[2] is not None else []
        if source.held is not None:
            held += session.scalar(_passed(source, until, func.count()).where(source.held)) or 0
    return Due(count, min(first, default=None), max(last, default=None), held)


def first_due(
    kind: Kind, counted_from: Counted, municipality_id: int, until: date, most: int
) -> list[DueRow]:
    """What has waited longest of what would go, by name."""
    found: list[DueRow] = []
    for source in sources(kind, counted_from, municipality_id):
        rows = session.execute(
            _due(source, until, source.key, source.counts_from, source.called)
            .order_by(source.counts_from, source.key).limit(most - len(found))
        )
        found += [DueRow(row[0], _day(row[1]), str(row[2] or "")) for row in rows]
    return found


def lot(source: Source, until: date, size: int, only: Sequence[int] | None = None) -> list[DueRow]:
    """The next so many of one source, or those of some keys that are still due."""
    wanted = _due(source, until, source.key, source.counts_from)
    if only is not None:
        wanted = wanted.where(source.key.in_(only))
    rows = session.execute(wanted.order_by(source.counts_from, source.key).limit(size))
    return [DueRow(row[0], _day(row[1]), "") for row in rows]


def began(source: Source, key: int) -> date | None:
    """From which day the time of one record counts; None where it does not count yet."""
    value = session.scalar(
        source.rows.with_only_columns(source.counts_from).where(*source.chosen, source.key == key)
    )
    return _day(value) if value is not None else None


def lines_under(idea_ids: Sequence[int]) -> list[int]:
    """The contributions that are lines under ideas: they go with their idea."""
    return list(session.scalars(select(Voice.contribution_id).where(Voice.idea_id.in_(idea_ids))))


def _due(source: Source, until: date, *columns: Any) -> Select[Any]:
    found = _passed(source, until, *columns)
    return found if source.held is None else found.where(~source.held)


def _passed(source: Source, until: date, *columns: Any) -> Select[Any]:
    is_day = source.counts_from.type.python_type is date
    before: Any = until + timedelta(days=1) if is_day else _midnight(until + timedelta(days=1))
    return source.rows.with_only_columns(*columns).where(
        *source.chosen, source.counts_from.is_not(None), source.counts_from < before
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), clock.LOCAL)


def _day(value: datetime | date) -> date:
    return value.astimezone(clock.LOCAL).date() if isinstance(value, datetime) else value


# ---- where each kind lies


def sources(kind: Kind, counted_from: Counted, municipality_id: int) -> list[Source]:
    """Where a kind of record lies; what is in the first goes before what is in the next."""
    return _SOURCES[kind](counted_from, municipality_id)


def _contributions(kind: str, counted: Counted, municipality_id: int, *more: Any) -> Source:
    own = (Contribution.municipality_id == municipality_id, Contribution.kind == kind, *more)
    return Source(
        "contribution", select(Contribution.id), Contribution.id, _began(counted, Contribution.submitted_at),
        own, _is_held(), Contribution.ref,
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
                   _in_open_case("report", Report.id), Contribution.ref)]


def _support(counted: Counted, municipality_id: int) -> list[Source]:
    rows = select(Contribution.id)
    has_any = exists().where(Support.idea_id == Contribution.id)
    return [Source("support", rows, Contribution.id, _began(counted, Contribution.submitted_at),
                   (Contribution.municipality_id == municipality_id, has_any), None, Contribution.ref)]


def _contacts(counted: Counted, municipality_id: int) -> list[Source]:
    rows = select(Contact.id).join(Contribution, Contribution.id == Contact.contribution_id)
    decided = Contribution.visibility != "submitted"
    return [Source("contact", rows, Contact.contribution_id, _began(counted, Contact.created_at),
                   (Contribution.municipality_id == municipality_id, decided),
                   _contribution_in_open_case(Contribution.id), Contribution.ref)]


def _requests(_counted: Counted, municipality_id: int) -> list[Source]:
    rows = select(DeletionRequest.id).join(Contribution, Contribution.id == DeletionRequest.contribution_id)
    own = Contribution.municipality_id == municipality_id
    return [Source("deletion_request", rows, DeletionRequest.id, DeletionRequest.handled_at, (own,),
                   _contribution_in_open_case(Contribution.id), Contribution.ref)]


def _survey_texts(counted: Counted, municipality_id: int) -> list[Source]:
    closed = _survey_began(counted)
    texts = (
        select(Contribution.id).join(AnswerText, AnswerText.contribution_id == Contribution.id)
        .join(Survey, Survey.id == AnswerText.survey_id)
    )
    own = (Contribution.municipality_id == municipality_id, Contribution.visibility != "submitted")
    of_contributions = Source("contribution", texts, Contribution.id, closed, own,
                              _is_held(), Contribution.ref)
    submissions = select(Submission.id).join(Survey, Survey.id == Submission.survey_id)
    written = exists().where(
        Answer.submission_id == Submission.id, Answer.text.is_not(None), Answer.text.not_in(MARKS.values())
    )
    # A text that is still moderated keeps its answer until it goes itself.
    moderated = exists().where(AnswerText.submission_id == Submission.id)
    of_answers = Source(
        "survey_submission", submissions, Submission.id, closed,
        (Submission.municipality_id == municipality_id, Survey.closed_at.is_not(None), written),
        or_(moderated, _in_open_case("submission", Submission.id)), Survey.ref,
    )
    return [of_contributions, of_answers]


def _survey_people(counted: Counted, municipality_id: int) -> list[Source]:
    rows = select(Invitation.id).join(Survey, Survey.id == Invitation.survey_id)
    known = or_(Invitation.email.is_not(None), Invitation.name.is_not(None))
    return [Source("survey_invitation", rows, Invitation.id, _survey_began(counted),
                   (Invitation.municipality_id == municipality_id, Survey.closed_at.is_not(None), known),
                   _in_open_case("invitation", Invitation.id), Survey.ref)]


def _feedback(_counted: Counted, municipality_id: int) -> list[Source]:
    return [Source("feedback", select(Feedback.id), Feedback.id, Feedback.handled_at,
                   (Feedback.municipality_id == municipality_id,), _in_open_case("feedback", Feedback.id),
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


# ---- when a time begins, and what holds it


def _began(counted: Counted, received: Any) -> Any:
    if counted is Counted.PUBLISHED:
        return Contribution.published_at
    if counted is Counted.LAST_STEP:
        return _last_step()
    if counted is Counted.PROGRAMME_END:
        return _programme_end(Contribution.programme_id)
    return received


def _last_step() -> Any:
    """When something last happened along either axis, else when it came in."""
    seen = func.coalesce(
        select(func.max(VisibilityChange.at)).where(VisibilityChange.contribution_id == Contribution.id)
        .correlate(Contribution).scalar_subquery(), Contribution.submitted_at,
    )
    handled = func.coalesce(
        select(func.max(HandlingChange.at)).where(HandlingChange.contribution_id == Contribution.id)
        .correlate(Contribution).scalar_subquery(), Contribution.submitted_at,
    )
    return case((handled > seen, handled), else_=seen)


def _programme_end(programme_id: Any) -> Any:
    """The last day of the programme's last phase; never, where it has none."""
    return (select(func.max(Phase.ends_on)).where(Phase.programme_id == programme_id)
            .correlate(Contribution, Survey).scalar_subquery())


def _survey_began(counted: Counted) -> Any:
    return _programme_end(Survey.programme_id) if counted is Counted.PROGRAMME_END else Survey.closed_at


def _is_held() -> ColumnElement[bool]:
    """Whether somebody waits for something about a `Contribution`, or about a line under it."""
    line = aliased(Contribution)
    under = exists().where(
        Voice.idea_id == Contribution.id, line.id == Voice.contribution_id,
        or_(line.visibility == "submitted", *_waits(line)),
    )
    return or_(*_waits(Contribution), under)


def _waits(of: Any) -> tuple[ColumnElement[bool], ...]:
    """What somebody still waits for. What a later step has overtaken nobody answers any more, nor does
    anybody look at what was reported and is gone from the public."""
    reported = Report.contribution_id == of.id, Report.closed_at.is_(None)
    return (
        and_(of.visibility == "published", exists().where(*reported)),
        exists().where(DeletionRequest.contribution_id == of.id, DeletionRequest.handled_at.is_(None)),
        exists().where(Appeal.contribution_id == of.id, appeal_is_open(of)),
        exists().where(SecondLook.contribution_id == of.id, look_is_open(of)),
        _contribution_in_open_case(of.id),
    )


def _contribution_in_open_case(contribution_id: Any) -> ColumnElement[bool]:
    # By reference: a number may come again on SQLite, once the last one has gone.
    about = aliased(Contribution)
    return exists().where(
        about.id == contribution_id, CaseItem.kind == "contribution", CaseItem.key == about.ref,
        CaseItem.case_id == SubjectCase.id, SubjectCase.closed_at.is_(None),
    )


def _in_open_case(kind: str, key: Any) -> ColumnElement[bool]:
    return exists().where(
        CaseItem.kind == kind, CaseItem.key == cast(key, String(40)),
        CaseItem.case_id == SubjectCase.id, SubjectCase.closed_at.is_(None),
    )
