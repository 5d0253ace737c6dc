"""What waits for another person: grave decisions to be confirmed, and decisions that authors appeal."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from citizen.base.db import session
from citizen.contributions.models import Appeal, Contribution, SecondLook, VisibilityChange
from citizen.contributions.queries.contributions import newest_number
from citizen.contributions.rules import Visibility, may_be_appealed


def look_is_open(of: Any = Contribution) -> ColumnElement[bool]:
    """A second look is waited for, within a query that has it and its contribution.

    It is overtaken where another step stands by now, or where what is to be rejected reads otherwise.

    Parameters
    ----------
    of : what the contribution is called there.
    """
    return and_(
        SecondLook.answered_at.is_(None),
        func.coalesce(_standing_id(of), 0) == func.coalesce(SecondLook.step_id, 0),
        or_(SecondLook.after == Visibility.HIDDEN, SecondLook.text_number == newest_number(of)),
    )


def appeal_is_open(of: Any = Contribution) -> ColumnElement[bool]:
    """An appeal is waited for, within a query that has it and its contribution."""
    return and_(Appeal.answered_at.is_(None), Appeal.step_id == _standing_id(of))


def waits_for_second() -> ColumnElement[bool]:
    """A second person is waited for, within a query that has `Contribution` in it."""
    return exists().where(SecondLook.contribution_id == Contribution.id, look_is_open())


def waits_on_appeal() -> ColumnElement[bool]:
    """Its author waits for somebody else to look, within a query that has `Contribution` in it."""
    return exists().where(Appeal.contribution_id == Contribution.id, appeal_is_open())


def _standing_id(of: Any = Contribution) -> ScalarSelect[int]:
    """The newest step of a contribution that has not been taken back."""
    step, undoing = aliased(VisibilityChange), aliased(VisibilityChange)
    return (
        select(func.max(step.id))
        .where(
            step.contribution_id == of.id, step.undoes_id.is_(None),
            ~exists().where(undoing.undoes_id == step.id),
        )
        .correlate(of)
        .scalar_subquery()
    )


def standing_step(contribution_id: int) -> VisibilityChange | None:
    """The step that stands: the newest that has not been taken back."""
    return session.scalar(
        select(VisibilityChange)
        .join(Contribution, Contribution.id == VisibilityChange.contribution_id)
        .where(Contribution.id == contribution_id, VisibilityChange.id == _standing_id())
    )


def open_look(contribution_id: int) -> SecondLook | None:
    """The look that a contribution waits for; for its contribution locked, nobody else answers it."""
    return session.scalar(
        select(SecondLook)
        .join(Contribution, Contribution.id == SecondLook.contribution_id)
        .where(Contribution.id == contribution_id, look_is_open())
    )


def newest_look(contribution_id: int) -> SecondLook | None:
    """The last look that was asked for, whatever has become of it."""
    return session.scalar(
        select(SecondLook)
        .where(SecondLook.contribution_id == contribution_id)
        .order_by(SecondLook.id.desc())
        .limit(1)
    )


def look_behind(decision_id: int) -> SecondLook | None:
    """The look that a step is about."""
    return session.scalar(select(SecondLook).where(SecondLook.decision_id == decision_id))


def waiting_for_second(contribution_ids: Sequence[int]) -> set[int]:
    """Which of some contributions wait for a second person."""
    return set(session.scalars(
        select(Contribution.id).where(Contribution.id.in_(contribution_ids), waits_for_second())
    ))


def waits_for_another(contribution_id: int) -> bool:
    """Whether somebody else has to look at a contribution, to confirm or because its author asks."""
    found = select(Contribution.id).where(
        Contribution.id == contribution_id, or_(waits_for_second(), waits_on_appeal())
    )
    return session.scalar(found) is not None


def open_appeal(contribution_id: int) -> Appeal | None:
    """The appeal that a contribution's author waits to be answered."""
    return session.scalar(
        select(Appeal)
        .join(Contribution, Contribution.id == Appeal.contribution_id)
        .where(Contribution.id == contribution_id, appeal_is_open())
    )


def appeals(contribution_id: int) -> Sequence[Appeal]:
    """Every appeal of a contribution's author, oldest first."""
    return session.scalars(
        select(Appeal).where(Appeal.contribution_id == contribution_id).order_by(Appeal.id)
    ).all()


def appeal_behind(decision_id: int) -> Appeal | None:
    """The appeal that led to a step."""
    return session.scalar(select(Appeal).where(Appeal.decision_id == decision_id))


def may_appeal(contribution: Contribution) -> bool:
    """Whether the author may ask for somebody else now: once for each decision, when it is no longer
    being confirmed."""
    step = standing_step(contribution.id)
    if step is None or not may_be_appealed(contribution.visibility, step.reason):
        return False
    if open_look(contribution.id):
        return False
    return not session.scalar(select(exists().where(Appeal.step_id == step.id)))


def deciders(step_id: int) -> set[int]:
    """Everybody who stands for a decision; none of them looks at it again."""
    people = select(VisibilityChange.user_id).where(VisibilityChange.id == step_id)
    two = select(SecondLook.first_id, SecondLook.second_id).where(SecondLook.decision_id == step_id)
    found = [*session.scalars(people), *(person for row in session.execute(two) for person in row)]
    return {person for person in found if person is not None}
