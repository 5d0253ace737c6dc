from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from citizen.base.db import Base


class Profile(Base):
    """What a municipality states of itself and of how its service was looked at."""

    __tablename__ = "statement_profile"
    __table_args__ = (
        CheckConstraint("method IN ('own', 'expert', 'users', 'automatic')", name="method_is_known"),
    )

    municipality_id: Mapped[int] = mapped_column(
        ForeignKey("municipality.id"), primary_key=True, autoincrement=False
    )
    service_name: Mapped[str] = mapped_column(String(120), default="")
    organisation_number: Mapped[str] = mapped_column(String(12), default="")
    address: Mapped[str] = mapped_column(String(200), default="")
    phone: Mapped[str] = mapped_column(String(40), default="")
    officer_name: Mapped[str] = mapped_column(String(120), default="")
    officer_email: Mapped[str] = mapped_column(String(254), default="")
    # Of the statement that a Norwegian municipality makes at uustatus.no.
    official_url: Mapped[str] = mapped_column(String(300), default="")
    assessed_on: Mapped[date | None]
    method: Mapped[str | None] = mapped_column(String(12))
    # Counts changes, so that nobody overwrites what somebody else has just written.
    version: Mapped[int] = mapped_column(default=0)
    changed_at: Mapped[datetime]
    # Empty: the command line.
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))


class OwnBreach(Base):
    """Something that is not accessible in what a municipality has put into the service."""

    __tablename__ = "own_breach"
    __table_args__ = (
        CheckConstraint("ground IN ('not_yet', 'burden', 'outside')", name="ground_is_known"),
        CheckConstraint("criterion IS NOT NULL OR ground = 'outside'", name="breaks_a_criterion"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), index=True)
    criterion: Mapped[str | None] = mapped_column(String(8))
    ground: Mapped[str] = mapped_column(String(8))
    # Language → words.
    what: Mapped[dict[str, str]]
    why: Mapped[dict[str, str]]
    groups: Mapped[list[str]] = mapped_column(JSON)
    since_on: Mapped[date]
    planned_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime]
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))

    def as_details(self) -> dict[str, Any]:
        """The breach as the audit keeps it."""
        return {
            "criterion": self.criterion, "ground": self.ground, "what": self.what, "why": self.why,
            "groups": self.groups, "since_on": self.since_on.isoformat(),
            "planned_on": self.planned_on.isoformat() if self.planned_on else None,
        }


class StatementText(Base):
    """A municipality's own words in a section of its privacy notice or rules.

    Without a body the default stands again; the row stays, so that its version goes on counting.
    """

    __tablename__ = "statement_text"
    __table_args__ = (
        CheckConstraint("kind IN ('privacy', 'rules')", name="kind_is_known"),
        UniqueConstraint("municipality_id", "kind", "section", "language"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"))
    kind: Mapped[str] = mapped_column(String(8))
    section: Mapped[str] = mapped_column(String(20))
    language: Mapped[str] = mapped_column(String(3))
    body: Mapped[str | None] = mapped_column(Text)
    version: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime]
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))


class Feedback(Base):
    """A barrier that somebody has told of. The address goes when it has been handled for half a year."""

    __tablename__ = "accessibility_feedback"
    __table_args__ = (
        CheckConstraint("handled_at IS NOT NULL OR handled_by IS NULL", name="handled_has_a_time"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), index=True)
    at: Mapped[datetime]
    language: Mapped[str] = mapped_column(String(3))
    body: Mapped[str] = mapped_column(Text)
    page: Mapped[str] = mapped_column(String(300))
    # In no export, and in no mail.
    email: Mapped[str | None] = mapped_column(String(254))
    # Made by the sender: the same text arriving twice under the same key is stored once.
    client_key: Mapped[str] = mapped_column(String(80), unique=True)
    handled_at: Mapped[datetime | None]
    handled_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
