from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from citizen.base.db import Base

_KINDS = (
    "kind IN ('idea_published', 'idea_unpublished', 'voice', 'report', 'support', 'contact',"
    " 'deletion_request', 'survey_text', 'survey_person', 'feedback', 'case')"
)


class RetentionRule(Base):
    """How long a municipality keeps one kind of record, by which decision. Without a rule all is kept.

    ``counted_from`` says from when the months count. ``on_request``: the decision lets a record go before its
    time when the person it is about asks for it.
    """

    __tablename__ = "retention_rule"
    __table_args__ = (
        UniqueConstraint("municipality_id", "kind"),
        CheckConstraint(_KINDS, name="kind_is_known"),
        CheckConstraint("months BETWEEN 1 AND 1200", name="months_are_possible"),
        CheckConstraint("decision <> ''", name="decision_is_named"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"))
    kind: Mapped[str] = mapped_column(String(20))
    months: Mapped[int]
    counted_from: Mapped[str] = mapped_column(String(16))
    decision: Mapped[str] = mapped_column(String(120))
    decided_on: Mapped[date]
    on_request: Mapped[bool] = mapped_column(default=False)
    # Counts changes, so that nothing is carried out by a rule that somebody has just changed.
    version: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime]
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))


class Certificate(Base):
    """What was deleted, how much of it, by which decision, when and by whom. No texts, no references to them.

    Written with the first lot and brought up to date with each, so that it is true wherever work is cut
    short; ``finished_at`` is set with the last one. Everything about the rule is as it was then.
    """

    __tablename__ = "disposal_certificate"
    __table_args__ = (
        CheckConstraint(_KINDS, name="kind_is_known"),
        CheckConstraint("(months IS NULL) = (counted_from IS NULL)", name="time_is_whole"),
        CheckConstraint("months IS NOT NULL OR case_ref IS NOT NULL", name="has_a_ground"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(12), unique=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    decision: Mapped[str] = mapped_column(String(120))
    decided_on: Mapped[date]
    months: Mapped[int | None]
    counted_from: Mapped[str | None] = mapped_column(String(16))
    # The last day that a record may count from to have gone.
    until: Mapped[date | None]
    # Where somebody asked for it: the case.
    case_ref: Mapped[str | None] = mapped_column(String(12))
    # The span of what went, by the days that it counted from.
    first_on: Mapped[date | None]
    last_on: Mapped[date | None]
    count: Mapped[int] = mapped_column(default=0)
    # What else went because it belonged to it: table → rows.
    with_it: Mapped[dict[str, Any]]
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    # Empty: the command line, on nobody's behalf.
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    # As they were called then.
    by_name: Mapped[str] = mapped_column(String(120), default="")


class SubjectCase(Base):
    """Somebody asks what is kept about them, or that it be corrected or erased; to be answered in a month."""

    __tablename__ = "subject_case"
    __table_args__ = (
        CheckConstraint("kind IN ('access', 'correction', 'erasure')", name="kind_is_known"),
        CheckConstraint("(closed_at IS NULL) = (answer IS NULL)", name="closed_is_answered"),
        CheckConstraint("received_on <= due_on", name="due_after_it_came"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(12), unique=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), index=True)
    kind: Mapped[str] = mapped_column(String(12))
    # The registry's own number.
    case_number: Mapped[str] = mapped_column(String(60), default="")
    person: Mapped[str] = mapped_column(String(200))
    email: Mapped[str | None] = mapped_column(String(254))
    language: Mapped[str] = mapped_column(String(3))
    received_on: Mapped[date]
    due_on: Mapped[date]
    # Why the time was extended (Article 12(3)); the person has to be told.
    extended_because: Mapped[str | None] = mapped_column(Text)
    opened_at: Mapped[datetime]
    opened_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    answer: Mapped[str | None] = mapped_column(Text)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class CaseItem(Base):
    """A record that a case is about, and what became of it. It points by key, since the record may go."""

    __tablename__ = "subject_case_item"
    __table_args__ = (
        UniqueConstraint("case_id", "kind", "key"),
        Index("ix_subject_case_item_record", "kind", "key"),
        CheckConstraint("kind IN ('contribution', 'report', 'submission', 'invitation', 'feedback')",
                        name="kind_is_known"),
        CheckConstraint("outcome IN ('kept', 'redacted', 'deleted')", name="outcome_is_known"),
        CheckConstraint("(outcome IS NULL) = (reason IS NULL)", name="outcome_has_a_reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("subject_case.id"))
    kind: Mapped[str] = mapped_column(String(20))
    key: Mapped[str] = mapped_column(String(40))
    # The person wrote it; else it is only about them, and its author's own stays the author's.
    is_own: Mapped[bool]
    # What was written about it beside its texts: piece → whether the person is given it (`queries.passages`).
    given: Mapped[dict[str, Any]] = mapped_column(default=dict)
    added_at: Mapped[datetime]
    added_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    outcome: Mapped[str | None] = mapped_column(String(8))
    reason: Mapped[str | None] = mapped_column(Text)
    done_at: Mapped[datetime | None]
    done_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
