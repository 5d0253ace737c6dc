"""What a municipality has stated."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import func, or_, select

from citizen.base import clock
from citizen.base.audit import AuditRow
from citizen.base.db import session
from citizen.programmes.models import Municipality
from citizen.statements.models import OwnBreach, Profile, StatementText
from citizen.statements.queries.known import criteria, product
from citizen.statements.rules.breaches import Finding, Ground, Report, known_criterion


def profile(municipality_id: int) -> Profile:
    """What a municipality states of itself; an empty one, of version 0, where it has stated nothing."""
    return session.get(Profile, municipality_id, populate_existing=True) or Profile(
        municipality_id=municipality_id, service_name="", organisation_number="", address="", phone="",
        officer_name="", officer_email="", official_url="", version=0,
    )


def missing(municipality: Municipality, stated: Profile) -> list[str]:
    """The facts that the law asks for and the municipality has not stated."""
    wanted = ["organisation_number", "address", "officer_email", "assessed_on", "method"]
    if municipality.country == "NO":
        wanted.append("official_url")
    return [name for name in wanted if not getattr(stated, name)]


def report(municipality: Municipality) -> Report:
    """Everything that is not accessible: in the product, and in what the municipality has put into it."""
    rows = session.scalars(
        select(OwnBreach).where(OwnBreach.municipality_id == municipality.id).order_by(OwnBreach.id)
    )
    own = tuple(_finding(row) for row in rows)
    return Report(municipality.country, criteria(), product().findings + own)


def breach(municipality_id: int, breach_id: int) -> Finding | None:
    """One of a municipality's own breaches."""
    row = breach_row(municipality_id, breach_id)
    return _finding(row) if row else None


def breach_row(municipality_id: int, breach_id: int) -> OwnBreach | None:
    """The row of one of a municipality's own breaches."""
    return session.scalar(
        select(OwnBreach).where(OwnBreach.id == breach_id, OwnBreach.municipality_id == municipality_id)
    )


def _finding(row: OwnBreach) -> Finding:
    return Finding(
        criterion=known_criterion(row.criterion, criteria()), what=row.what, why=row.why,
        groups=tuple(row.groups), ground=Ground(row.ground), since_on=row.since_on,
        planned_on=row.planned_on, own_id=row.id, version=row.version,
    )


def own_texts(municipality_id: int, kind: str) -> dict[str, dict[str, StatementText]]:
    """Section → language → the municipality's own words, where it has some."""
    found: dict[str, dict[str, StatementText]] = {}
    for row in session.scalars(
        select(StatementText)
        .where(StatementText.municipality_id == municipality_id, StatementText.kind == kind)
        .order_by(StatementText.id)
    ):
        found.setdefault(row.section, {})[row.language] = row
    return found


def text_row(municipality_id: int, kind: str, section: str, language: str) -> StatementText | None:
    """The row of one section in one language."""
    return session.scalar(
        select(StatementText).where(
            StatementText.municipality_id == municipality_id, StatementText.kind == kind,
            StatementText.section == section, StatementText.language == language,
        )
    )


_TOLD_BY: Mapping[str, tuple[str, ...]] = {
    "accessibility": ("statements.profile", "statements.breach"),
    "privacy": ("statements.profile", "statements.privacy"),
    "rules": ("statements.profile", "statements.rules"),
}


def last_change(municipality: Municipality, kind: str) -> date | None:
    """The day on which what a page says was changed last; None where it is as it came."""
    actions = [AuditRow.action.startswith(beginning, autoescape=True) for beginning in _TOLD_BY[kind]]
    newest = session.scalar(
        select(func.max(AuditRow.at)).where(AuditRow.subject == municipality.slug, or_(*actions))
    )
    changed = newest.astimezone(clock.LOCAL).date() if newest else None
    if kind != "accessibility":
        return changed
    return max(changed or date.min, product().reviewed_on)
