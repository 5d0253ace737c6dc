"""What is kept about an item beside its texts and steps, row by row, as its dossier tells it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select

from citizen.base.db import session
from citizen.contributions import queries as contribution_queries
from citizen.contributions.models import (
    Appeal,
    Contribution,
    Merge,
    Move,
    OfficialAnswer,
    Redaction,
    Revision,
    SecondLook,
)
from citizen.moderation.models import InternalNote
from citizen.programmes import queries as programme_queries
from citizen.programmes.models import Municipality, Programme


@dataclass(frozen=True)
class Beside:
    """Rows, oldest first, those that were taken back too.

    Attributes
    ----------
    redactions : by the version that was made.
    revisions : what the author sent in instead of what was public with a part removed, by its version.
    others : contribution → reference, of what it was merged with.
    programmes, towns : what it was moved between, by number.
    """

    redactions: Mapping[int, Redaction]
    revisions: Mapping[int, Revision]
    looks: Sequence[SecondLook]
    appeals: Sequence[Appeal]
    merges: Sequence[Merge]
    others: Mapping[int, str]
    moves: Sequence[Move]
    programmes: Mapping[int, Programme]
    towns: Mapping[int, Municipality]
    answers: Sequence[OfficialAnswer]
    notes: Sequence[InternalNote]

    def people(self) -> Iterator[int | None]:
        """Numbers of everybody who did one of it."""
        for look in self.looks:
            yield from (look.first_id, look.second_id)
        yield from (appeal.answered_by for appeal in self.appeals)
        yield from (revision.answered_by for revision in self.revisions.values())
        rows: list[Merge | Move | OfficialAnswer] = [*self.merges, *self.moves, *self.answers]
        for row in rows:
            yield from (row.user_id, row.undone_by)
        yield from (note.user_id for note in self.notes)


def beside(contribution_id: int) -> Beside:
    """Redactions, new versions, second looks, appeals, merges, moves, answers and notes of an item."""
    merges, moves = _merges(contribution_id), _moves(contribution_id)
    return Beside(
        redactions=_redactions(contribution_id),
        revisions={row.version: row for row in contribution_queries.revisions(contribution_id)},
        looks=session.scalars(
            select(SecondLook).where(SecondLook.contribution_id == contribution_id).order_by(SecondLook.id)
        ).all(),
        appeals=contribution_queries.appeals(contribution_id),
        merges=merges, others=_refs({i for row in merges for i in (row.contribution_id, row.into_id)}),
        moves=moves, programmes=_programmes(moves), towns=_towns(moves),
        answers=session.scalars(
            select(OfficialAnswer).where(OfficialAnswer.contribution_id == contribution_id)
            .order_by(OfficialAnswer.number)
        ).all(),
        notes=session.scalars(
            select(InternalNote).where(InternalNote.contribution_id == contribution_id)
            .order_by(InternalNote.id)
        ).all(),
    )


def _redactions(contribution_id: int) -> dict[int, Redaction]:
    rows = session.scalars(select(Redaction).where(Redaction.contribution_id == contribution_id))
    return {row.version: row for row in rows}


def _merges(contribution_id: int) -> Sequence[Merge]:
    either = or_(Merge.contribution_id == contribution_id, Merge.into_id == contribution_id)
    return session.scalars(select(Merge).where(either).order_by(Merge.id)).all()


def _moves(contribution_id: int) -> Sequence[Move]:
    return session.scalars(
        select(Move).where(Move.contribution_id == contribution_id).order_by(Move.id)
    ).all()


def _refs(contribution_ids: set[int]) -> dict[int, str]:
    rows = session.execute(
        select(Contribution.id, Contribution.ref).where(Contribution.id.in_(contribution_ids))
    )
    return dict(rows.all())


def _programmes(moves: Sequence[Move]) -> dict[int, Programme]:
    wanted = {i for row in moves for i in (row.before_programme_id, row.after_programme_id)}
    return {i: found for i in wanted if (found := programme_queries.programme_by_id(i)) is not None}


def _towns(moves: Sequence[Move]) -> dict[int, Municipality]:
    wanted = {i for row in moves for i in (row.before_municipality_id, row.after_municipality_id)}
    return {i: found for i in wanted if (found := session.get(Municipality, i)) is not None}
