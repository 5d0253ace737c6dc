"""What was sent in, and its texts."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from citizen.base.db import Base
from citizen.contributions.models.seals import Sealed


class Contribution(Base):
    """What somebody sent in, whichever way. Its texts are versions; its states are rows.

    ``version`` counts every change of state, so that two people cannot decide over each other.
    ``search_text`` is what the public text is found by: its terms, empty while nothing is public.
    """

    __tablename__ = "contribution"
    __sealed__ = Sealed("contribution", "id", columns=(
        "ref", "kind", "programme_id", "municipality_id", "source", "language", "sector", "submitted_at",
        "external_id",
    ))

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(12), unique=True)
    kind: Mapped[str] = mapped_column(String(8))
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), index=True)
    source: Mapped[str] = mapped_column(String(12))
    language: Mapped[str] = mapped_column(String(3))
    sector: Mapped[str | None] = mapped_column(String(16))
    # Made by the sender: the same key arriving twice is the same contribution.
    client_key: Mapped[str] = mapped_column(String(80), unique=True)
    receipt_digest: Mapped[str] = mapped_column(String(64), unique=True)
    visibility: Mapped[str] = mapped_column(String(12))
    handling: Mapped[str] = mapped_column(String(20))
    version: Mapped[int] = mapped_column(default=1)
    submitted_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    public_version: Mapped[int | None]
    search_text: Mapped[str] = mapped_column(Text, default="")
    # Of the analysis that made the terms; where it differs, they are made anew (``reindex``).
    search_version: Mapped[str] = mapped_column(String(12), default="")
    # The id a file from elsewhere gave it.
    external_id: Mapped[str | None] = mapped_column(String(120))
    # Why it waits apart from the queue (`Held`); empty for all that came in as people send things.
    held_as: Mapped[str | None] = mapped_column(String(5))

    texts: Mapped[list["TextVersion"]] = relationship(
        order_by="TextVersion.number", cascade="all", back_populates="contribution"
    )

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        CheckConstraint("kind IN ('idea', 'answer', 'voice')", name="kind_is_known"),
        CheckConstraint(
            "visibility IN ('submitted', 'published', 'returned', 'rejected', 'hidden', 'withdrawn')",
            name="visibility_is_known",
        ),
        CheckConstraint(
            "handling IN ('received', 'in_theme', 'under_consideration', 'candidate', 'planned',"
            " 'in_progress', 'done', 'declined')",
            name="handling_is_known",
        ),
        CheckConstraint(
            "sector IN ('public', 'business', 'academia', 'civil_society', 'resident')",
            name="sector_is_known",
        ),
        CheckConstraint(
            "visibility <> 'published' OR public_version IS NOT NULL", name="published_has_a_text"
        ),
        CheckConstraint("held_as IN ('trap', 'rate', 'flood')", name="held_as_is_known"),
        Index("ix_contribution_public", "programme_id", "kind", "visibility", "published_at", "id"),
        Index("ix_contribution_queue", "municipality_id", "visibility", "submitted_at", "id"),
        Index("ix_contribution_held", "municipality_id", "id",
              sqlite_where=text("held_as IS NOT NULL"), postgresql_where=text("held_as IS NOT NULL")),
    )


class TextVersion(Base):
    """A text as it was at one time; never changed. The first is the author's own."""

    __tablename__ = "text_version"
    __sealed__ = Sealed("text", key="number")
    __table_args__ = (
        CheckConstraint("made_by IN ('author', 'staff')", name="made_by_is_known"),
    )

    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    title: Mapped[str | None] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)
    # In the author's own words; public with the rest, so corrected with the rest.
    place: Mapped[str | None] = mapped_column(String(200))
    made_by: Mapped[str] = mapped_column(String(8))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    created_at: Mapped[datetime]
    # A redaction that was taken back, or a new version that its author sent in of what is public with a part
    # removed: kept, and no newest text.
    set_aside_at: Mapped[datetime | None]

    contribution: Mapped[Contribution] = relationship(back_populates="texts")
