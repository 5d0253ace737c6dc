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
    # A redaction that was taken back: kept, and from then on no newest text any more.
    set_aside_at: Mapped[datetime | None]

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
    """A step along the first axis. ``undoes_id`` points at the step it takes back.

    ``at_once`` is the programme's mode: published as it came in. ``lot`` ties together what one decision
    about several did, so that it can be taken back whole.
    A publication has a reason if and only if something has been taken out of what was published.
    ``digest`` is of the step and of the one before it of the same contribution (`rules.step_digest`).
    """

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
    at_once: Mapped[bool] = mapped_column(default=False)
    lot: Mapped[str | None] = mapped_column(String(12), index=True)
    digest: Mapped[str | None] = mapped_column(String(64))


class Redaction(Base):
    """A version in which staff have taken words, or parts of photos, out of an earlier one.

    ``removed`` says where, never what: stretches of characters by field, cells by photo. Where it is
    empty, the earlier version is shown again as its author wrote it.
    """

    __tablename__ = "redaction"
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


class SecondLook(Base):
    """What one person would refuse as hate or a threat, and another one confirms or not.

    To reject waits for the second person; to hide happens at once and is confirmed afterwards.
    ``step_id`` is the newest step that stood meanwhile: once another one stands, the look is overtaken.
    ``decision_id`` is the step that it is about, as soon as that has been taken.
    """

    __tablename__ = "second_look"
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


class Merge(Base):
    """An idea says the same as another and was merged into it; taken back once ``undone_at`` is set.

    Both stay readable. ``change_id`` is the publication that went with it, where the idea still waited.
    """

    __tablename__ = "idea_merge"
    __table_args__ = (
        CheckConstraint("contribution_id <> into_id", name="goes_into_another"),
        CheckConstraint("(undone_at IS NULL) = (undone_by IS NULL)", name="undone_by_somebody"),
        Index(
            "uq_idea_merge_standing", "contribution_id", unique=True,
            sqlite_where=text("undone_at IS NULL"), postgresql_where=text("undone_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), index=True)
    into_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), index=True)
    at: Mapped[datetime]
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    change_id: Mapped[int | None] = mapped_column(ForeignKey("visibility_change.id"), unique=True)
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))


class Move(Base):
    """An idea came under another programme, and where that one is not of its municipality, under
    another municipality too.

    ``taken_out`` is what rooms above gave up for it, in their own words, so that it can be put back.
    """

    __tablename__ = "programme_move"
    __table_args__ = (
        CheckConstraint("before_programme_id <> after_programme_id", name="goes_elsewhere"),
        CheckConstraint("(undone_at IS NULL) = (undone_by IS NULL)", name="undone_by_somebody"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), index=True)
    before_programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    after_programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    before_municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"))
    after_municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"))
    taken_out: Mapped[dict[str, Any]]
    at: Mapped[datetime]
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))


class OfficialAnswer(Base):
    """What the municipality answers to an idea, as one version; never changed.

    The public reads the newest that has not been taken back. ``signed`` is the role that answers.
    """

    __tablename__ = "official_answer"
    __table_args__ = (
        UniqueConstraint("contribution_id", "number"),
        CheckConstraint("(undone_at IS NULL) = (undone_by IS NULL)", name="undone_by_somebody"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"))
    number: Mapped[int]
    language: Mapped[str] = mapped_column(String(3))
    body: Mapped[str] = mapped_column(Text)
    signed: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime]
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
