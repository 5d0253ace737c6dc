"""What staff did: one row per action, written in the action's own transaction.

Rows hold references and codes, never texts or names of residents.
"""

from datetime import datetime
from typing import Any

from flask import g, has_request_context
from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from citizen.base import clock
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
