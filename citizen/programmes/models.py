from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from citizen.base.db import Base


class Municipality(Base):
    """The tenant. ``languages`` are in the order the municipality wants them."""

    __tablename__ = "municipality"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    country: Mapped[str] = mapped_column(String(2))
    names: Mapped[dict[str, str]]
    languages: Mapped[list[str]]
    contact_email: Mapped[str] = mapped_column(String(254))
    # Checked for contrast before they are stored, as "#" and six digits. Empty: those all start with.
    main_colour: Mapped[str | None] = mapped_column(String(7))
    second_colour: Mapped[str | None] = mapped_column(String(7))


class Programme(Base):
    """A dialogue with residents, run by one or several municipalities.

    Texts are one per language; a missing one falls back to the nearest.
    """

    __tablename__ = "programme"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    titles: Mapped[dict[str, str]]
    summary: Mapped[dict[str, str]]
    about: Mapped[dict[str, str]]
    can_change: Mapped[dict[str, str]]
    cannot_change: Mapped[dict[str, str]]
    promise: Mapped[dict[str, str]]
    level: Mapped[str] = mapped_column(String(20))
    # Whether somebody looks before a text is public, afterwards, or only where something seems wrong.
    moderation: Mapped[str] = mapped_column(String(8), default="before")
    # Within so many days somebody has looked at what came in.
    promise_days: Mapped[int] = mapped_column(default=5)
    # How long that has taken lately, in hours; empty until enough has been decided.
    usual_hours: Mapped[int | None]
    created_at: Mapped[datetime]

    partners: Mapped[list["Partner"]] = relationship(order_by="Partner.position", lazy="selectin")
    phases: Mapped[list["Phase"]] = relationship(order_by="Phase.starts_on", lazy="selectin")

    __table_args__ = (
        CheckConstraint(
            "level IN ('inform', 'consult', 'dialogue', 'collaborate', 'decide')", name="level_is_known"
        ),
        CheckConstraint("moderation IN ('before', 'after', 'flagged')", name="moderation_is_known"),
        CheckConstraint("promise_days BETWEEN 1 AND 90", name="promise_is_days"),
    )

    @property
    def municipalities(self) -> list[Municipality]:
        return [p.municipality for p in self.partners]


class OwnConcept(Base):
    """A municipality's own words for the text analysis: a concept of its own, or more words for one
    that the lexicon has (``extends``, and then ``key`` is that concept's id).

    A row that is removed is gone; the audit keeps what it said.
    """

    __tablename__ = "own_concept"
    __table_args__ = (UniqueConstraint("municipality_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"))
    key: Mapped[str] = mapped_column(String(60))
    extends: Mapped[bool]
    names: Mapped[dict[str, str]]
    stems: Mapped[list[str]]
    area: Mapped[str] = mapped_column(String(40))
    goals: Mapped[list[int]]
    # Address of the LOS theme or word for it, where a file had one.
    los: Mapped[str | None] = mapped_column(Text)
    # Counts changes, so that nobody overwrites what somebody else has just written.
    version: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime]
    # Empty: the command line.
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))


class Partner(Base):
    """A municipality that runs a programme, in the order of the programme's page."""

    __tablename__ = "partner"

    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), primary_key=True)
    position: Mapped[int] = mapped_column(default=0)

    municipality: Mapped[Municipality] = relationship(lazy="joined")


class Phase(Base):
    """A stretch of a programme; both days belong to it."""

    __tablename__ = "phase"
    __table_args__ = (
        UniqueConstraint("programme_id", "kind"),
        CheckConstraint("kind IN ('collect', 'choose', 'run', 'learn')", name="kind_is_known"),
        CheckConstraint("starts_on <= ends_on", name="starts_before_it_ends"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    kind: Mapped[str] = mapped_column(String(12))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
