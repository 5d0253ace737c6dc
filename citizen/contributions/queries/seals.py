"""Whether what is kept about contributions is still what was sealed (`actions.sealing`)."""

from collections.abc import Iterator
from typing import Any, cast

from sqlalchemy import Select, Table, and_, exists, func, select

from citizen.base.audit import AuditLink, AuditRow
from citizen.base.chain import BEGINNING
from citizen.base.db import Base, session
from citizen.base.proof import Finding, Kind
from citizen.contributions import rules
from citizen.contributions.models import Contribution, HandlingChange, Seal, Sealed
from citizen.contributions.rules import Handling

_DISPOSED = "retention.dispose"


def not_as_sealed() -> Iterator[Finding]:
    """Rows that were changed, removed or inserted by another hand than the program's."""
    models = _models()
    for model, sealed in models.values():
        yield from _unlike_their_seals(model, sealed)
    yield from _broken_chains(models)
    yield from _missed(models)
    yield from _unfounded_handling()
    yield from _unlike_the_audit()


def _models() -> dict[str, tuple[type[Base], Sealed]]:
    """Table → model and how it is sealed, also those of rooms above."""
    every = [mapper.class_ for mapper in Base.registry.mappers]
    found = {one.__tablename__: (one, one.__sealed__) for one in every if hasattr(one, "__sealed__")}
    return dict(sorted(found.items()))


def _unlike_their_seals(model: type[Base], sealed: Sealed) -> Iterator[Finding]:
    """Every row against its newest seal, which alone has a salt."""
    table = cast(Table, model.__table__)
    whose, key = table.c[sealed.whose], table.c[sealed.key]
    names = sealed.columns or tuple(table.c.keys())
    rows = (
        select(Contribution.ref.label("its_ref"), key.label("its_key"), Seal.salt.label("its_salt"),
               Seal.content.label("its_content"), *(table.c[name] for name in names))
        .select_from(table.outerjoin(Seal, and_(
            Seal.contribution_id == whose, Seal.kind == table.name, Seal.key == key, Seal.salt.is_not(None),
        )))
    )
    if model is not Contribution:
        rows = rows.join(Contribution, Contribution.id == whose)
    for row in session.execute(_in_order(rows, whose, key)).mappings():
        named = _named(sealed, row["its_key"], row["its_ref"])
        if row["its_salt"] is None:
            yield Finding(Kind.INSERTED, f"{named}, or its seal was taken away")
        elif row["its_content"] != rules.seal_content(row["its_salt"], {name: row[name] for name in names}):
            yield Finding(Kind.CHANGED, named)


def _in_order(asked: Select[*tuple[Any, ...]], *by: Any) -> Select[*tuple[Any, ...]]:
    return asked.order_by(*by).execution_options(yield_per=500)


def _broken_chains(models: dict[str, tuple[type[Base], Sealed]]) -> Iterator[Finding]:
    """Every seal against the one before it of the same contribution."""
    seals = select(Seal, Contribution.ref).join(Contribution, Contribution.id == Seal.contribution_id)
    whose, number, standing = 0, 0, BEGINNING
    for seal, ref in session.execute(_in_order(seals, Seal.contribution_id, Seal.number)):
        if seal.contribution_id != whose:
            whose, number, standing = seal.contribution_id, 0, BEGINNING
        if seal.number != number + 1:
            yield Finding(Kind.REMOVED, f"seals {number + 1} to {seal.number - 1} of {ref}")
        elif seal.digest != rules.seal_digest(standing, seal):
            about = _named(models[seal.kind][1], seal.key, ref) if seal.kind in models else ref
            yield Finding(Kind.CHANGED, f"seal {seal.number} of {ref}, which is of {about}")
        number, standing = seal.number, seal.digest


def _missed(models: dict[str, tuple[type[Base], Sealed]]) -> Iterator[Finding]:
    """Rows that are gone, while their newest seal tells what they held."""
    for name, (model, sealed) in models.items():
        table = cast(Table, model.__table__).alias()
        there = exists().where(table.c[sealed.whose] == Seal.contribution_id, table.c[sealed.key] == Seal.key)
        asked = (
            select(Seal.key, Contribution.ref).join(Contribution, Contribution.id == Seal.contribution_id)
            .where(Seal.kind == name, Seal.salt.is_not(None), ~there)
        )
        for key, ref in session.execute(_in_order(asked, Seal.contribution_id, Seal.key)):
            yield Finding(Kind.REMOVED, _named(sealed, key, ref))


def _unfounded_handling() -> Iterator[Finding]:
    """Contributions that stand elsewhere along the second axis than their last step has led."""
    newest = (
        select(HandlingChange.contribution_id, func.max(HandlingChange.id).label("id"))
        .group_by(HandlingChange.contribution_id).subquery()
    )
    led_to = func.coalesce(HandlingChange.after, Handling.RECEIVED.value)
    found = (
        select(Contribution.ref, Contribution.handling, led_to)
        .outerjoin(newest, newest.c.contribution_id == Contribution.id)
        .outerjoin(HandlingChange, HandlingChange.id == newest.c.id)
        .where(Contribution.handling != led_to)
        .order_by(Contribution.id)
    )
    for ref, standing, led in session.execute(found):
        yield Finding(Kind.CHANGED, f"the handling of {ref} is {standing}, and its steps lead to {led}")


def _unlike_the_audit() -> Iterator[Finding]:
    """Chains of which the audit knows another end, and contributions that are gone and it tells not why."""
    links = select(AuditLink.number, AuditLink.seals).where(AuditLink.seals.is_not(None))
    for vouching, seals in session.execute(_in_order(links, AuditLink.number)):
        known = _digests(seals)
        for ref, end in sorted(seals.items()):
            number, _colon, digest = end.partition(":")
            if ref not in known:
                if not _was_disposed_of(ref):
                    yield Finding(Kind.REMOVED, f"{ref}, of which number {vouching} of the audit tells")
            elif known[ref].get(int(number)) != digest:
                yield Finding(Kind.CHANGED, f"seal {number} of {ref} or one before it: number {vouching} of"
                                            " the audit tells of another")


def _digests(seals: dict[str, str]) -> dict[str, dict[int, str]]:
    """Reference of each contribution that is there → number of a seal that is asked for → its digest."""
    found: dict[str, dict[int, str]] = {}
    refs = list(seals)
    for start in range(0, len(refs), 500):
        rows = session.execute(
            select(Contribution.ref, Seal.number, Seal.digest)
            .outerjoin(Seal, Seal.contribution_id == Contribution.id)
            .where(Contribution.ref.in_(refs[start:start + 500]))
        )
        for ref, number, digest in rows:
            found.setdefault(ref, {})[number] = digest
    return found


def _was_disposed_of(ref: str) -> bool:
    return session.scalar(
        select(AuditRow.id).where(AuditRow.action == _DISPOSED, AuditRow.subject == ref).limit(1)
    ) is not None


def _named(sealed: Sealed, key: int, ref: str) -> str:
    return ref if sealed.whose == sealed.key else f"{sealed.name} {key} of {ref}"
