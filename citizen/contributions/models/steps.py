"""Steps along the two axes, and what staff do between two steps."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from citizen.base.db import Base
from citizen.contributions.models.seals import Sealed


class VisibilityChange(Base):
    """A step along the first axis. ``undoes_id`` points at the step it takes back.

    ``at_once`` is the programme's mode: published as it came in. ``lot`` ties together what one decision
    about several did, so that it can be taken back whole.
    A publication has a reason if and only if something has been taken out of what was published.
    ``digest`` is of the step and of the one before it of the same contribution (`rules.step_digest`).
    """

    __tablename__ = "visibility_change"
    __sealed__ = Sealed("step")

    id: Mapped[int] = mapped_column(primary_key=True)
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), index=True)
    before: Mapped[str] = mapped_column(String(12))
    after: Mapped[str] = mapped_column(String(12))
    at: Mapped[datetime]
    # Empty: the author, through the receipt; or a command, where authors cannot take the step.
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    reason: Mapped[str | None] = mapped_column(String(20))
    words: Mapped[str | None] = mapped_column(Text)
    undoes_id: Mapped[int | None] = mapped_column(ForeignKey("visibility_change.id"), unique=True)
    at_once: Mapped[bool] = mapped_column(default=False)
    lot: Mapped[str | None] = mapped_column(String(12), index=True)
    digest: Mapped[str | None] = mapped_column(String(64))


class Redaction(Base):
    """A version in which staff have taken words, or parts of photos, out of an earlier one.

    ``removed`` says where, never what: stretches of characters by field, cells by photo. Where it is
    empty, the earlier version is shown again as its author wrote it.
    """

    __tablename__ = "redaction"
    __sealed__ = Sealed("redaction", key="version")
    __table_args__ = (
        ForeignKeyConstraint(
            ["contribution_id", "version"], ["text_version.contribution_id", "text_version.number"]
        ),
        CheckConstraint("of_version < version", name="is_made_of_an_earlier_one"),
    )

    contribution_id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    of_version: Mapped[int]
    # The step that made it public.
    change_id: Mapped[int] = mapped_column(ForeignKey("visibility_change.id"), unique=True)
    removed: Mapped[dict[str, Any]]


_OPEN = text("answered_at IS NULL")


class Revision(Base):
    """A new version that an author sends in of what is public with a part removed.

    Its text is set aside, so that nobody but its author and the staff reads it. Where it is published, it
    becomes a version of its own that is made of it (`Redaction`), by the step ``decision_id``. Whoever
    declines it says why, to the author.
    """

    __tablename__ = "revision"
    __sealed__ = Sealed("new version")
    __table_args__ = (
        ForeignKeyConstraint(
            ["contribution_id", "version"], ["text_version.contribution_id", "text_version.number"]
        ),
        UniqueConstraint("contribution_id", "version"),
        CheckConstraint("outcome IN ('published', 'declined', 'overtaken')", name="outcome_is_known"),
        CheckConstraint("(answered_at IS NULL) = (outcome IS NULL)", name="answered_has_an_outcome"),
        CheckConstraint(
            "outcome IS NULL OR outcome <> 'declined' OR (reason IS NOT NULL AND answered_by IS NOT NULL)",
            name="declined_for_a_reason",
        ),
        Index("uq_revision_open", "contribution_id", unique=True, sqlite_where=_OPEN,
              postgresql_where=_OPEN),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    contribution_id: Mapped[int]
    version: Mapped[int]
    at: Mapped[datetime]
    outcome: Mapped[str | None] = mapped_column(String(12))
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    reason: Mapped[str | None] = mapped_column(String(20))
    # To the author.
    words: Mapped[str | None] = mapped_column(Text)
    # The step that published it.
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("visibility_change.id"), unique=True)
    # Of the contribution when it was declined: what has not changed since can be taken back.
    seen_version: Mapped[int | None]


class SecondLook(Base):
    """What one person would refuse as hate or a threat, and another one confirms or not.

    To reject waits for the second person; to hide happens at once and is confirmed afterwards.
    ``step_id`` is the newest step that stood meanwhile: once another one stands, the look is overtaken.
    ``decision_id`` is the step that it is about, as soon as that has been taken.
    """

    __tablename__ = "second_look"
    __sealed__ = Sealed("second look")
    __table_args__ = (
        CheckConstraint("after IN ('rejected', 'hidden')", name="after_is_known"),
        CheckConstraint(
            "outcome IN ('confirmed', 'refused', 'taken_back', 'overtaken')", name="outcome_is_known"
        ),
        CheckConstraint("(answered_at IS NULL) = (outcome IS NULL)", name="answered_has_an_outcome"),
        CheckConstraint(
            "outcome IS NULL OR outcome NOT IN ('confirmed', 'refused')"
            " OR (second_id IS NOT NULL AND second_id <> first_id)",
            name="second_is_another",
        ),
        Index("uq_second_look_open", "contribution_id", unique=True, sqlite_where=_OPEN,
              postgresql_where=_OPEN),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), index=True)
    after: Mapped[str] = mapped_column(String(12))
    reason: Mapped[str] = mapped_column(String(20))
    # To the author.
    words: Mapped[str | None] = mapped_column(Text)
    first_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[datetime]
    step_id: Mapped[int | None] = mapped_column(ForeignKey("visibility_change.id"))
    text_number: Mapped[int]
    outcome: Mapped[str | None] = mapped_column(String(12))
    second_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    answered_at: Mapped[datetime | None]
    # To the colleague alone.
    note: Mapped[str | None] = mapped_column(Text)
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("visibility_change.id"), index=True)
    # Of the contribution when it was answered: what has not changed since can be taken back.
    version: Mapped[int | None]


class Appeal(Base):
    """An author asks, once for each decision, that somebody else look at it. ``step_id`` is the decision."""

    __tablename__ = "appeal"
    __sealed__ = Sealed("appeal")
    __table_args__ = (
        CheckConstraint("outcome IN ('upheld', 'published', 'returned')", name="outcome_is_known"),
        CheckConstraint(
            "(answered_at IS NULL) = (outcome IS NULL) AND (answered_at IS NULL) = (answered_by IS NULL)"
            " AND (answered_at IS NULL) = (answer IS NULL)",
            name="answered_is_whole",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), index=True)
    step_id: Mapped[int] = mapped_column(ForeignKey("visibility_change.id"), unique=True)
    at: Mapped[datetime] = mapped_column(index=True)
    words: Mapped[str | None] = mapped_column(Text)
    outcome: Mapped[str | None] = mapped_column(String(12))
    answer: Mapped[str | None] = mapped_column(Text)
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    # The step it led to; empty where the decision stands.
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("visibility_change.id"), index=True)
    version: Mapped[int | None]


class HandlingChange(Base):
    """A step along the second axis; the public hears of it once ``public_at`` is set.

    ``about`` is the reference of what it concerns, such as a candidate.
    """

    __tablename__ = "handling_change"
    __sealed__ = Sealed("step of handling")

    id: Mapped[int] = mapped_column(primary_key=True)
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), index=True)
    before: Mapped[str] = mapped_column(String(20))
    after: Mapped[str] = mapped_column(String(20))
    at: Mapped[datetime]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    about: Mapped[str | None] = mapped_column(String(12), index=True)
    # What it concerns, named for the author: language → words.
    about_names: Mapped[dict[str, str]]
    # What staff say to the author of it, in the language of the names.
    words: Mapped[str | None] = mapped_column(Text)
    public_at: Mapped[datetime | None]
