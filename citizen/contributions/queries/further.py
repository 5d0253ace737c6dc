"""What has become of contributions beside the two axes: merges, moves and official answers."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Result, Select, and_, func, literal, or_, select
from sqlalchemy.orm import aliased

from citizen.accounts.models import User
from citizen.base.db import session
from citizen.contributions.models import (
    Contribution,
    HandlingChange,
    Merge,
    Move,
    OfficialAnswer,
    TextVersion,
)
from citizen.contributions.queries.contributions import Address, contacts, newest_number, public_handling
from citizen.contributions.rules import Visibility

# So many merges may lie behind each other; a ring cannot come about, and would end here.
_DEEPEST = 50


def standing_merge(contribution_id: int) -> Merge | None:
    """The merge by which a contribution is part of another."""
    return session.scalar(
        select(Merge).where(Merge.contribution_id == contribution_id, Merge.undone_at.is_(None))
    )


def merge_published_by(change_id: int) -> Merge | None:
    """The standing merge that came with a publication."""
    return session.scalar(select(Merge).where(Merge.change_id == change_id, Merge.undone_at.is_(None)))


def merged_with(contribution_ids: Sequence[int]) -> dict[int, list[int]]:
    """Those of some contributions that are part of another, each with the others in order: the nearest
    first, last the one that all have gone into."""
    if not contribution_ids:
        return {}
    ways = (
        select(Merge.contribution_id.label("of"), Merge.into_id.label("into"), literal(1).label("depth"))
        .where(Merge.contribution_id.in_(contribution_ids), Merge.undone_at.is_(None))
        .cte("ways", recursive=True)
    )
    further = aliased(Merge)
    ways = ways.union_all(
        select(ways.c.of, further.into_id, ways.c.depth + 1)
        .join(further, and_(further.contribution_id == ways.c.into, further.undone_at.is_(None)))
        .where(ways.c.depth < _DEEPEST)
    )
    found: dict[int, list[int]] = {}
    for of, into in session.execute(select(ways.c.of, ways.c.into).order_by(ways.c.of, ways.c.depth)):
        found.setdefault(of, []).append(into)
    return found


def parts_of(contribution_ids: Collection[int]) -> dict[int, set[int]]:
    """Some contributions and everything that has gone into them: part → what of these it is part of."""
    found = {one: {one} for one in contribution_ids}
    if not contribution_ids:
        return found
    parts = (
        select(Merge.into_id.label("whole"), Merge.contribution_id.label("part"), literal(1).label("depth"))
        .where(Merge.into_id.in_(contribution_ids), Merge.undone_at.is_(None))
        .cte("parts", recursive=True)
    )
    further = aliased(Merge)
    parts = parts.union_all(
        select(parts.c.whole, further.contribution_id, parts.c.depth + 1)
        .join(parts, and_(further.into_id == parts.c.part, further.undone_at.is_(None)))
        .where(parts.c.depth < _DEEPEST)
    )
    for whole, part in session.execute(select(parts.c.whole, parts.c.part)):
        found.setdefault(part, set()).add(whole)
    return found


def family(contribution_ids: Collection[int]) -> set[int]:
    """Some contributions with everything that has gone into them."""
    return set(parts_of(contribution_ids))


def authors_to_tell(contribution_ids: Sequence[int]) -> list[Address]:
    """Where to write of some contributions: to their authors, and to those of what went into them."""
    parts = family(contribution_ids) - set(contribution_ids)
    public = session.scalars(
        select(Contribution.id)
        .where(Contribution.id.in_(parts), Contribution.visibility == Visibility.PUBLISHED)
    )
    return contacts([*contribution_ids, *public])


def news_of(contribution_id: int) -> Sequence[HandlingChange]:
    """Public steps along the second axis, with those of the idea that it has gone into."""
    own = list(public_handling(contribution_id))
    known = {(step.about, step.after) for step in own}
    for other in merged_with([contribution_id]).get(contribution_id, [])[-1:]:
        own += [step for step in public_handling(other) if (step.about, step.after) not in known]
    return own


@dataclass(frozen=True)
class MergeStep:
    """A merge that a contribution is in, with the other one's reference and newest title."""

    id: int
    is_into: bool
    other_ref: str
    other_language: str
    other_title: str | None
    at: datetime
    name: str
    undone_at: datetime | None
    undone_by: str | None


def merges_of(contribution_id: int) -> list[MergeStep]:
    """Every merge of a contribution into another and of others into it, oldest first; undone ones too."""
    undoer = aliased(User)
    other = or_(
        and_(Merge.contribution_id == contribution_id, Contribution.id == Merge.into_id),
        and_(Merge.into_id == contribution_id, Contribution.id == Merge.contribution_id),
    )
    found: Select[*tuple[Any, ...]] = (
        select(Merge.id, Merge.contribution_id == contribution_id, Contribution.ref, Contribution.language,
               TextVersion.title, Merge.at, User.name, Merge.undone_at, undoer.name)
        .join(Contribution, other)
        .join(TextVersion, and_(TextVersion.contribution_id == Contribution.id,
                                TextVersion.number == newest_number()))
        .join(User, User.id == Merge.user_id)
        .outerjoin(undoer, undoer.id == Merge.undone_by)
        .order_by(Merge.id)
    )
    return [MergeStep(*row) for row in session.execute(found)]


@dataclass(frozen=True)
class MoveStep:
    """A move between programmes, by their ids."""

    id: int
    before: int
    after: int
    at: datetime
    name: str
    undone_at: datetime | None
    undone_by: str | None


def moves_of(contribution_id: int) -> list[MoveStep]:
    """Every move of a contribution, oldest first; undone ones too."""
    rows = _told(Move, contribution_id, Move.before_programme_id, Move.after_programme_id)
    return [MoveStep(*row) for row in rows]


def _told(
    table: type[Move | OfficialAnswer], contribution_id: int, *columns: Any
) -> Result[*tuple[Any, ...]]:
    """What became of a contribution, with who did it and who took it back, oldest first."""
    undoer = aliased(User)
    return session.execute(
        select(table.id, *columns, table.at, User.name, table.undone_at, undoer.name)
        .join(User, User.id == table.user_id)
        .outerjoin(undoer, undoer.id == table.undone_by)
        .where(table.contribution_id == contribution_id)
        .order_by(table.id)
    )


def standing_move(contribution_id: int) -> Move | None:
    """The newest move that has not been taken back."""
    return session.scalar(
        select(Move)
        .where(Move.contribution_id == contribution_id, Move.undone_at.is_(None))
        .order_by(Move.id.desc())
        .limit(1)
    )


def official_answer(contribution_id: int) -> OfficialAnswer | None:
    """What the municipality answers now."""
    return session.scalar(
        select(OfficialAnswer)
        .where(OfficialAnswer.contribution_id == contribution_id, OfficialAnswer.undone_at.is_(None))
        .order_by(OfficialAnswer.number.desc())
        .limit(1)
    )


def first_answered_at(contribution_id: int) -> datetime | None:
    """When the municipality first answered, of the answers that stand."""
    return session.scalar(
        select(func.min(OfficialAnswer.at))
        .where(OfficialAnswer.contribution_id == contribution_id, OfficialAnswer.undone_at.is_(None))
    )


def last_answer_number(contribution_id: int) -> int:
    """The number of the newest version of an answer, undone or not; 0 where there is none."""
    return session.scalar(
        select(func.max(OfficialAnswer.number)).where(OfficialAnswer.contribution_id == contribution_id)
    ) or 0


@dataclass(frozen=True)
class AnswerStep:
    """A version of an official answer, and who wrote it."""

    id: int
    number: int
    language: str
    body: str
    signed: str
    at: datetime
    name: str
    undone_at: datetime | None
    undone_by: str | None


def answers_of(contribution_id: int) -> list[AnswerStep]:
    """Every version of the official answer, oldest first; undone ones too."""
    rows = _told(
        OfficialAnswer, contribution_id, OfficialAnswer.number, OfficialAnswer.language, OfficialAnswer.body,
        OfficialAnswer.signed,
    )
    return [AnswerStep(*row) for row in rows]


def last_further_at(contribution_id: int) -> datetime | None:
    """When something last became of a contribution beside the two axes, or was taken back."""
    found = [
        moment
        for row in (
            session.execute(
                select(func.max(table.at), func.max(table.undone_at))
                .where(table.contribution_id == contribution_id)
            ).one()
            for table in (Merge, Move, OfficialAnswer)
        )
        for moment in row if moment is not None
    ]
    return max(found, default=None)
