"""Whether the steps of contributions are still what was written; the audit has the same of its rows."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Select, String, cast, func, select

from citizen.base.audit import AuditRow
from citizen.base.db import session
from citizen.base.proof import Finding, Kind
from citizen.contributions import rules
from citizen.contributions.models import Contribution, Seal, VisibilityChange
from citizen.contributions.rules import Visibility


def steps_not_as_written() -> Iterator[Finding]:
    """Steps along the first axis that were changed, removed or inserted by another hand than the program's.

    What a retention rule has removed went with its contribution, and is not missed here.
    """
    yield from _broken_chains()
    yield from _unfounded_states()
    yield from _unlike_the_audit()


def _broken_chains() -> Iterator[Finding]:
    """Every step against the one before it of the same contribution."""
    steps = (
        select(VisibilityChange, Contribution.ref)
        .join(Contribution, Contribution.id == VisibilityChange.contribution_id)
        .order_by(VisibilityChange.contribution_id, VisibilityChange.id)
        .execution_options(yield_per=500)
    )
    sealed_anew = _sealed_anew()
    whose, standing = 0, None
    for step, ref in session.execute(steps):
        standing = standing if step.contribution_id == whose else None
        if step.digest is None:
            yield Finding(Kind.INSERTED, _named(step, ref))
        elif step.id not in sealed_anew and step.digest != rules.step_digest(standing, step):
            yield Finding(Kind.CHANGED, f"{_named(step, ref)}, or what came before it")
        whose, standing = step.contribution_id, step.digest or standing


def _sealed_anew() -> set[int]:
    """Steps whose words were erased by law: what they say now is vouched for by their seal alone."""
    return set(session.scalars(
        select(Seal.key).where(Seal.kind == VisibilityChange.__tablename__, Seal.salt.is_(None))
    ))


def _unfounded_states() -> Iterator[Finding]:
    """Contributions that stand elsewhere than their last step has led."""
    newest = (
        select(VisibilityChange.contribution_id, func.max(VisibilityChange.id).label("id"))
        .group_by(VisibilityChange.contribution_id).subquery()
    )
    led_to = func.coalesce(VisibilityChange.after, Visibility.SUBMITTED.value)
    found = (
        select(Contribution.ref, Contribution.visibility, led_to)
        .outerjoin(newest, newest.c.contribution_id == Contribution.id)
        .outerjoin(VisibilityChange, VisibilityChange.id == newest.c.id)
        .where(Contribution.visibility != led_to)
        .order_by(Contribution.id)
    )
    for ref, standing, led in session.execute(found):
        yield Finding(Kind.CHANGED, f"{ref} is {standing}, and its steps lead to {led}")


def _unlike_the_audit() -> Iterator[Finding]:
    """Steps of which the audit knows another digest, or that are gone while their contribution is there."""
    # As text: what else may stand under that name is no reason to stop.
    step_id = cast(AuditRow.details["step"].as_string(), String)
    told: Select[*tuple[Any, ...]] = (
        select(AuditRow.id, AuditRow.subject, step_id, AuditRow.details, VisibilityChange)
        .join(Contribution, Contribution.ref == AuditRow.subject)
        .outerjoin(VisibilityChange, cast(VisibilityChange.id, String) == step_id)
        .where(AuditRow.action.like("moderation.%"), step_id.is_not(None))
        .order_by(AuditRow.id)
        .execution_options(yield_per=500)
    )
    for audit_id, ref, number, details, step in session.execute(told):
        if step is None:
            yield Finding(Kind.REMOVED, f"step {number} of {ref}, which audit row {audit_id} tells of")
        elif step.digest != details.get("seal"):
            yield Finding(Kind.CHANGED, f"{_named(step, ref)}: audit row {audit_id} tells of another")


def _named(step: VisibilityChange, ref: str) -> str:
    return f"step {step.id} of {ref} ({step.before} to {step.after}, {step.at:%Y-%m-%d %H:%M:%S} UTC)"
