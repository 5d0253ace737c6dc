"""What must not go although it is due: somebody waits for something about it."""

from typing import Any

from sqlalchemy import ColumnElement, String, cast, exists, or_
from sqlalchemy.orm import aliased

from citizen.contributions.models import Appeal, Contribution, DeletionRequest, Revision, SecondLook
from citizen.ideas.models import Report, Voice
from citizen.records.models import CaseItem, SubjectCase


def is_held(contribution_id: Any) -> ColumnElement[bool]:
    """Whether somebody waits for something about a contribution, or about a line under it."""
    line = aliased(Contribution)
    under = exists().where(
        Voice.idea_id == contribution_id, line.id == Voice.contribution_id,
        or_(line.visibility == "submitted", *_waits(line.id)),
    )
    return or_(*_waits(contribution_id), under)


_public = aliased(Contribution)


def _waits(contribution_id: Any) -> tuple[ColumnElement[bool], ...]:
    return (
        exists().where(Report.contribution_id == contribution_id, Report.closed_at.is_(None)),
        exists().where(
            DeletionRequest.contribution_id == contribution_id, DeletionRequest.handled_at.is_(None)
        ),
        exists().where(Appeal.contribution_id == contribution_id, Appeal.answered_at.is_(None)),
        exists().where(Revision.contribution_id == contribution_id, Revision.answered_at.is_(None),
                       _public.id == contribution_id, _public.visibility == "published"),
        exists().where(SecondLook.contribution_id == contribution_id, SecondLook.answered_at.is_(None)),
        contribution_in_open_case(contribution_id),
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
