"""What staff did: one row per action, written in the action's own transaction.

Rows hold references and codes, never texts or names of residents. Each gets a link in a chain of hashes
as the last thing before its transaction is kept, so that rows changed, removed or inserted afterwards are
found (`citizen.base.proof`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import g, has_request_context
from sqlalchemy import JSON, String, event, inspect, select, text, update
from sqlalchemy.orm import Mapped, Session, mapped_column, object_session

from citizen.base import clock
from citizen.base.chain import BEGINNING, digest
from citizen.base.db import Base, session


class AuditRow(Base):
    """One action of one person. ``actor_id`` is empty for the command line and the clock."""

    __tablename__ = "audit_row"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(index=True)
    action: Mapped[str] = mapped_column(String(60), index=True)
    subject: Mapped[str] = mapped_column(String(80), index=True)
    details: Mapped[dict[str, Any]]


class AuditLink(Base):
    """A row's place in the chain: numbers without a gap, in the order in which transactions were kept.

    It points at its row by number alone, so that a row that is gone is missed and not refused; SQLite
    may give that number to a later row, which has a link of its own.
    """

    __tablename__ = "audit_link"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    audit_id: Mapped[int] = mapped_column(index=True)
    # The digest of the link before, and of this one with its row.
    before: Mapped[str] = mapped_column(String(64))
    digest: Mapped[str] = mapped_column(String(64))
    # Where other chains ended that grew in the same transaction: reference → "NUMBER:DIGEST".
    seals: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


class AuditHead(Base):
    """The end of the chain, one row; whoever adds to the chain holds it until their transaction is kept."""

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    count: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))


@dataclass(frozen=True)
class Head:
    """How long the chain is, and the digest of its last link: who keeps both can tell later what changed."""

    count: int
    digest: str

    def __str__(self) -> str:
        return f"{self.count}:{self.digest}"


def record(action: str, subject: str, actor_id: int | None, **details: Any) -> None:
    """Note that somebody did something to a subject, e.g. ``idea.publish`` to ``I-7K2M9QXT``."""
    session.add(
        AuditRow(at=clock.now(), actor_id=actor_id, action=action, subject=subject, details=details)
    )
    if has_request_context():
        g.audited = True


def was_recorded() -> bool:
    """Whether this request has left a row."""
    return bool(g.get("audited"))


def head() -> Head | None:
    """The end of the chain as it is kept; None where it is missing."""
    row = session.execute(select(AuditHead.count, AuditHead.digest)).first()
    return Head(*row) if row else None


def link_digest(number: int, before: str, row: Any, seals: Mapping[str, str] | None = None) -> str:
    """What the link of an audit row holds, with the ends of other chains that it vouches for."""
    vouched = {"seals": seals} if seals else {}
    return digest(vouched | {
        "number": number, "before": before, "id": row.id, "at": row.at, "actor_id": row.actor_id,
        "action": row.action, "subject": row.subject, "details": row.details,
    })


@event.listens_for(AuditRow, "after_insert")
def _written(_mapper: Any, _connection: Any, row: AuditRow) -> None:
    own = object_session(row)
    if own is not None:
        own.info.setdefault("audited", []).append(row)


@event.listens_for(session, "before_commit")
def _chain(own: Session) -> None:
    """Link what this transaction has written. The lock comes last, so that nobody can wait in a ring."""
    # Also said of a savepoint, which others may still roll back.
    if own.in_nested_transaction():
        return
    own.flush()
    # What was rolled back meanwhile, by savepoint or altogether, is no row any more.
    rows = [row for row in own.info.pop("audited", []) if inspect(row).persistent]
    seals = own.info.pop("seals", None)
    if rows:
        _append(own, sorted(rows, key=lambda row: row.id), seals)


def _append(own: Session, rows: Sequence[AuditRow], seals: Mapping[str, str] | None) -> None:
    end = _held_head(own)
    for row in rows:
        number, vouched = end.count + 1, dict(seals) if seals and row is rows[-1] else None
        link = AuditLink(
            number=number, audit_id=row.id, before=end.digest, seals=vouched,
            digest=link_digest(number, end.digest, row, vouched),
        )
        own.add(link)
        end = Head(number, link.digest)
    own.flush()
    own.execute(
        update(AuditHead).values(count=end.count, digest=end.digest)
        .execution_options(synchronize_session=False)
    )


def _held_head(own: Session) -> Head:
    """The end of the chain, which nobody else moves until this transaction is over."""
    asked = select(AuditHead.count, AuditHead.digest).with_for_update()
    row = own.execute(asked).first()
    if row is None:
        # Somebody took it away: go on after the last link there is. Nobody's work waits for the reason.
        last = own.execute(
            select(AuditLink.number, AuditLink.digest).order_by(AuditLink.number.desc()).limit(1)
        ).first()
        count, standing = last or (0, BEGINNING)
        own.execute(
            text("INSERT INTO audit_head (id, count, digest) VALUES (1, :count, :digest)"
                 " ON CONFLICT DO NOTHING"),
            {"count": count, "digest": standing},
        )
        row = own.execute(asked).one()
    return Head(*row)
