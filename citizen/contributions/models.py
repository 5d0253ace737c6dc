from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from citizen.base.db import Base


class Contribution(Base):
    """What somebody sent in, whichever way. Its texts are versions; its states are rows.

    ``version`` counts every change of state, so that two people cannot decide over each other.
    ``search_text`` is what the public text is found by: its terms, empty while nothing is public.
    """

    __tablename__ = "contribution"

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
        Index("ix_contribution_public", "programme_id", "kind", "visibility", "published_at", "id"),
        Index("ix_contribution_queue", "municipality_id", "visibility", "submitted_at", "id"),
    )


class TextVersion(Base):
    """A text as it was at one time; never changed. The first is the author's own."""

    __tablename__ = "text_version"
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

    contribution: Mapped[Contribution] = relationship(back_populates="texts")


class Picture(Base):
    """A photo somebody sent, free of everything but its pixels. Never changed.

    Until a contribution shows it, it belongs to ``holder``: the form that is being filled in, or the
    receipt of an idea that is being corrected.
    """

    __tablename__ = "picture"

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(12), unique=True)
    holder: Mapped[str | None] = mapped_column(String(80), index=True)
    # Of what is stored: the same picture sent twice is known by it.
    digest: Mapped[str] = mapped_column(String(64))
    width: Mapped[int]
    height: Mapped[int]
    small_width: Mapped[int]
    small_height: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(index=True)


class PictureFile(Base):
    """A picture's bytes in one size; apart, so that no list of pictures reads them."""

    __tablename__ = "picture_file"
    __table_args__ = (CheckConstraint("size IN ('full', 'small')", name="size_is_known"),)

    picture_id: Mapped[int] = mapped_column(ForeignKey("picture.id", ondelete="CASCADE"), primary_key=True)
    size: Mapped[str] = mapped_column(String(5), primary_key=True)
    content: Mapped[bytes]


class ShownPicture(Base):
    """A contribution shows a picture, described so, from one version of its text up to another.

    ``last_version`` is empty while the newest version shows it: whoever makes a new one keeps it.
    """

    __tablename__ = "shown_picture"
    __table_args__ = (
        CheckConstraint("last_version >= first_version", name="ends_after_it_begins"),
    )

    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), primary_key=True)
    picture_id: Mapped[int] = mapped_column(ForeignKey("picture.id"), primary_key=True, index=True)
    first_version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last_version: Mapped[int | None]
    position: Mapped[int]
    alt: Mapped[str] = mapped_column(String(300))


# Compared letter by letter, in the same order everywhere.
_Term = String(60).with_variant(String(60, collation="C"), "postgresql")


class SearchPosting(Base):
    """A published text has a term. What is here can be made anew from the texts, so it points at none."""

    __tablename__ = "search_posting"
    __table_args__ = ({"sqlite_with_rowid": False},)

    term: Mapped[str] = mapped_column(_Term, primary_key=True)
    programme_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    contribution_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


class SearchWord(Base):
    """A word of a published text, each of its endings, and the term that such texts have.

    What begins like ``part`` lies within the word; where ``part`` is the term, it is a stem.
    """

    __tablename__ = "search_word"
    __table_args__ = ({"sqlite_with_rowid": False},)

    part: Mapped[str] = mapped_column(_Term, primary_key=True)
    term: Mapped[str] = mapped_column(_Term, primary_key=True, index=True)


class VisibilityChange(Base):
    """A step along the first axis. ``undoes_id`` points at the step it takes back."""

    __tablename__ = "visibility_change"

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


class HandlingChange(Base):
    """A step along the second axis; the public hears of it once ``public_at`` is set.

    ``about`` is the reference of what it concerns, such as a candidate.
    """

    __tablename__ = "handling_change"

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


class Contact(Base):
    """Where the author wants news. Apart from the contribution, in no export."""

    __tablename__ = "contact"
    __table_args__ = (UniqueConstraint("contribution_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"))
    email: Mapped[str] = mapped_column(String(254))
    language: Mapped[str] = mapped_column(String(3))
    created_at: Mapped[datetime]


class DeletionRequest(Base):
    """An author asks that what they sent be deleted; somebody decides by the law and answers.

    Nothing is deleted by it.
    """

    __tablename__ = "deletion_request"
    __table_args__ = (
        CheckConstraint("(handled_at IS NULL) = (answer IS NULL)", name="handled_is_answered"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), index=True)
    at: Mapped[datetime]
    words: Mapped[str | None] = mapped_column(Text)
    handled_at: Mapped[datetime | None]
    handled_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    answer: Mapped[str | None] = mapped_column(Text)


class DisposedFigure(Base):
    """What public figures still need to know of a contribution that a retention rule has removed.

    One row for each, and nothing by which it could be found: no reference, no day, no text.
    """

    __tablename__ = "disposed_figure"
    __table_args__ = (
        CheckConstraint("kind IN ('idea', 'answer', 'voice')", name="kind_is_known"),
        Index("ix_disposed_figure_year", "programme_id", "municipality_id", "year", "kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"))
    kind: Mapped[str] = mapped_column(String(8))
    # In which it came in.
    year: Mapped[int]
    was_published: Mapped[bool]
    was_returned: Mapped[bool]
    # The state it was in at last, and why.
    ended: Mapped[str] = mapped_column(String(12))
    reason: Mapped[str | None] = mapped_column(String(20))
    # Whole hours until somebody first decided; empty where nobody has.
    hours: Mapped[int | None]
