"""Every read of rules, certificates and cases."""

from collections.abc import Mapping, Sequence

from sqlalchemy import func, select

from citizen.accounts.models import User
from citizen.base.db import session
from citizen.base.pages import Page
from citizen.records.models import CaseItem, Certificate, RetentionRule, SubjectCase
from citizen.records.rules import Kind

PAGE_SIZE = 25


def rules_of(municipality_id: int) -> Mapping[Kind, RetentionRule]:
    """A municipality's rules by kind."""
    rows = session.scalars(select(RetentionRule).where(RetentionRule.municipality_id == municipality_id))
    return {Kind(row.kind): row for row in rows}


def rule(municipality_id: int, kind: Kind) -> RetentionRule | None:
    """The rule for one kind; None where all of it is kept."""
    return session.scalar(
        select(RetentionRule)
        .where(RetentionRule.municipality_id == municipality_id, RetentionRule.kind == kind)
    )


def certificates(municipality_id: int, number: int) -> Page:
    """Certificates, newest first."""
    own = Certificate.municipality_id == municipality_id
    total = session.scalar(select(func.count()).select_from(Certificate).where(own)) or 0
    rows = session.scalars(
        select(Certificate).where(own).order_by(Certificate.id.desc())
        .limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE)
    ).all()
    return Page(rows, number, PAGE_SIZE, total)


def certificate(municipality_id: int, ref: str) -> Certificate | None:
    """One certificate of a municipality."""
    return session.scalar(
        select(Certificate).where(Certificate.municipality_id == municipality_id, Certificate.ref == ref)
    )


def cases(municipality_id: int, number: int) -> Page:
    """Cases: the open ones by when they are due, then the closed ones, newest first."""
    own = SubjectCase.municipality_id == municipality_id
    total = session.scalar(select(func.count()).select_from(SubjectCase).where(own)) or 0
    rows = session.scalars(
        select(SubjectCase).where(own)
        .order_by(SubjectCase.closed_at.is_not(None), SubjectCase.closed_at.desc(), SubjectCase.due_on,
                  SubjectCase.id)
        .limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE)
    ).all()
    return Page(rows, number, PAGE_SIZE, total)


def case(municipality_id: int, ref: str, *, for_change: bool = False) -> SubjectCase | None:
    """One case of a municipality."""
    found = select(SubjectCase).where(SubjectCase.municipality_id == municipality_id, SubjectCase.ref == ref)
    return session.scalar(found.with_for_update() if for_change else found)


def case_items(case_id: int) -> Sequence[CaseItem]:
    """What a case is about, as it was added."""
    return session.scalars(select(CaseItem).where(CaseItem.case_id == case_id).order_by(CaseItem.id)).all()


def case_item(case_id: int, item_id: int) -> CaseItem | None:
    """One record of a case."""
    return session.scalar(select(CaseItem).where(CaseItem.case_id == case_id, CaseItem.id == item_id))


def names_of(user_ids: set[int | None]) -> dict[int, str]:
    """How members of staff are called, by id."""
    rows = session.execute(select(User.id, User.name).where(User.id.in_({i for i in user_ids if i})))
    return {row.id: row.name for row in rows}
