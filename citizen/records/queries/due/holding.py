"""What must not go although it is due: somebody waits for something about it."""

from typing import Any

from sqlalchemy import ColumnElement, String, and_, cast, exists, or_
from sqlalchemy.orm import aliased

from citizen.contributions.models import Appeal, Contribution, DeletionRequest, Revision, SecondLook
from citizen.contributions.queries import appeal_is_open, look_is_open
from citizen.ideas.models import Report, Voice
from citizen.records.models import CaseItem, SubjectCase


def is_held() -> ColumnElement[bool]:
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
    reported = exists().where(Report.contribution_id == of.id, Report.closed_at.is_(None))
    revised = exists().where(Revision.contribution_id == of.id, Revision.answered_at.is_(None))
    return (
        and_(of.visibility == "published", or_(reported, revised)),
        exists().where(DeletionRequest.contribution_id == of.id, DeletionRequest.handled_at.is_(None)),
        exists().where(Appeal.contribution_id == of.id, appeal_is_open(of)),
        exists().where(SecondLook.contribution_id == of.id, look_is_open(of)),
        contribution_in_open_case(of.id),
    )


def contribution_in_open_case(contribution_id: Any) -> ColumnElement[bool]:
    # By reference: a number may come again on SQLite, once the last one has gone.
    about = aliased(Contribution)
    return exists().where(
        about.id == contribution_id, CaseItem.kind == "contribution", CaseItem.key == about.ref,
        CaseItem.case_id == SubjectCase.id, SubjectCase.closed_at.is_(None),
    )


def in_open_case(kind: str, key: Any) -> ColumnElement[bool]:
    return exists().where(
        CaseItem.kind == kind, CaseItem.key == cast(key, String(40)),
        CaseItem.case_id == SubjectCase.id, SubjectCase.closed_at.is_(None),
    )
