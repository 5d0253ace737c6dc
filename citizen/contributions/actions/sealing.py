"""Seals what a transaction has written about contributions, as the last thing before it is kept.

Before the audit's own links (`citizen.base.audit`): the last of them vouches for the ends of the chains
that have grown here. Nobody calls this. What is written past the session's own rows, by ``update()`` or
``delete()``, is not seen; `tests/house/test_sealing.py` refuses that.
"""

import secrets
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Table, bindparam, event, func, inspect, select
from sqlalchemy.orm import Session, object_session

from citizen.base.db import Base, session
from citizen.contributions import rules
from citizen.contributions.models import Contribution, Seal, Sealed

_AT_ONCE = 500
_WAITING = "to_seal"


@dataclass(frozen=True)
class _Written:
    """A row that was written, kept so that it is not forgotten before it is sealed."""

    row: Any
    sealed: Sealed
    contribution_id: int
    key: int
    is_new: bool


@event.listens_for(Base, "after_insert", propagate=True)
def _inserted(_mapper: Any, _connection: Any, row: Base) -> None:
    _note(row, is_new=True)


@event.listens_for(Base, "after_update", propagate=True)
def _updated(_mapper: Any, _connection: Any, row: Base) -> None:
    sealed = _sealed(row)
    if sealed is None:
        return
    state = inspect(row)
    if any(state.attrs[name].history.has_changes() for name in sealed_columns(type(row))):
        _note(row)


@event.listens_for(Base, "after_delete", propagate=True)
def _deleted(_mapper: Any, _connection: Any, row: Base) -> None:
    _note(row)


def _sealed(row: Base) -> Sealed | None:
    return cast(Sealed | None, getattr(row, "__sealed__", None))


def sealed_columns(model: type[Base]) -> tuple[str, ...]:
    """What a seal of one of the model's rows is made of."""
    sealed: Sealed = model.__sealed__  # type: ignore[attr-defined]
    return sealed.columns or tuple(column.key for column in model.__table__.columns)


def _note(row: Base, *, is_new: bool = False) -> None:
    sealed, own = _sealed(row), object_session(row)
    if sealed is None or own is None:
        return
    known: _Written | None = own.info.setdefault(_WAITING, {}).get(id(row))
    own.info[_WAITING][id(row)] = _Written(
        row, sealed, getattr(row, sealed.whose), getattr(row, sealed.key),
        is_new or (known is not None and known.is_new),
    )


@event.listens_for(session, "after_rollback")
def _rolled_back(own: Session) -> None:
    # Of a savepoint only what was written in it is gone; what is not there is passed over.
    if not own.in_nested_transaction():
        own.info.pop(_WAITING, None)


@event.listens_for(session, "before_commit", insert=True)
def _seal(own: Session) -> None:
    # Also said of a savepoint, which others may still roll back.
    if own.in_nested_transaction():
        return
    own.flush()
    written = [one for one in own.info.pop(_WAITING, {}).values() if _is_kept(one.row)]
    # What another transaction sealed and then could not keep is not vouched for.
    own.info.pop("seals", None)
    if written:
        own.info["seals"] = _append(own, written)


def _is_kept(row: Any) -> bool:
    """Whether what was written was not rolled back with a savepoint."""
    state = inspect(row)
    return bool(state.persistent or state.deleted)


def _append(own: Session, written: Iterable[_Written]) -> dict[str, str]:
    """Seal rows in the order they were written.

    Returns
    -------
    Reference of each contribution → where its chain ends now.
    """
    written = list(written)
    fresh = {one.contribution_id for one in written if one.is_new and type(one.row) is Contribution}
    refs = {one.contribution_id: one.row.ref for one in written if one.contribution_id in fresh
            and type(one.row) is Contribution}
    refs |= _held(own, {one.contribution_id for one in written} - fresh)
    ends = _ends(own, set(refs) - fresh)
    seals: list[dict[str, Any]] = []
    for one in written:
        # What has been disposed of has no chain any more.
        if one.contribution_id in refs:
            number, previous = ends.get(one.contribution_id, (0, None))
            seal = _made(one, number + 1, previous)
            ends[one.contribution_id] = (seal.number, seal.digest)
            seals.append({column.key: getattr(seal, column.key) for column in Seal.__table__.columns})
    if seals:
        table = cast(Table, Seal.__table__)
        own.connection().execute(table.insert(), seals)
        _forget_salts(own, table, [one for one in written if not one.is_new and one.contribution_id in refs])
    return {refs[contribution_id]: f"{number}:{digest}" for contribution_id, (number, digest) in ends.items()}


def _made(one: _Written, number: int, previous: str | None) -> Seal:
    gone = inspect(one.row).deleted
    salt = None if gone else secrets.token_hex(16)
    values = {} if gone else {name: getattr(one.row, name) for name in sealed_columns(type(one.row))}
    seal = Seal(
        contribution_id=one.contribution_id, number=number, kind=one.row.__tablename__, key=one.key,
        salt=salt, content=rules.seal_content(salt, values) if salt else "",
    )
    seal.digest = rules.seal_digest(previous, seal)
    return seal


def _held(own: Session, contribution_ids: Collection[int]) -> dict[int, str]:
    """Contributions that are there, by id, held so that nobody else goes on with their chains meanwhile."""
    found: dict[int, str] = {}
    for lot in _lots(contribution_ids):
        asked = (
            select(Contribution.id, Contribution.ref).where(Contribution.id.in_(lot))
            .order_by(Contribution.id).with_for_update(key_share=True)
        )
        found |= {row.id: row.ref for row in own.execute(asked)}
    return found


def _ends(own: Session, contribution_ids: Collection[int]) -> dict[int, tuple[int, str]]:
    found: dict[int, tuple[int, str]] = {}
    for lot in _lots(contribution_ids):
        newest = (
            select(Seal.contribution_id, func.max(Seal.number).label("number"))
            .where(Seal.contribution_id.in_(lot)).group_by(Seal.contribution_id).subquery()
        )
        rows = own.execute(
            select(Seal.contribution_id, Seal.number, Seal.digest)
            .join(newest, (newest.c.contribution_id == Seal.contribution_id)
                  & (newest.c.number == Seal.number))
        )
        found |= {row.contribution_id: (row.number, row.digest) for row in rows}
    return found


def _forget_salts(own: Session, table: Table, written: Collection[_Written]) -> None:
    """Of rows that had been sealed before: what they held then is nobody's to try."""
    if not written:
        return
    newer = table.alias()
    later = (
        select(newer.c.number)
        .where(newer.c.contribution_id == table.c.contribution_id, newer.c.kind == table.c.kind,
               newer.c.key == table.c.key, newer.c.number > table.c.number).exists()
    )
    statement = table.update().values(salt=None).where(
        table.c.contribution_id == bindparam("whose"), table.c.kind == bindparam("what"),
        table.c.key == bindparam("which"), table.c.salt.is_not(None), later,
    )
    own.connection().execute(statement, [
        {"whose": one.contribution_id, "what": one.row.__tablename__, "which": one.key} for one in written
    ])


def _lots(contribution_ids: Collection[int]) -> Iterable[list[int]]:
    ordered = sorted(contribution_ids)
    return (ordered[start:start + _AT_ONCE] for start in range(0, len(ordered), _AT_ONCE))
