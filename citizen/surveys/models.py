from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from citizen.base.db import Base

# Random, so that no number tells when something came in. Whole in every spreadsheet and script.
_RandomId = BigInteger().with_variant(Integer, "sqlite")


class Survey(Base):
    """A survey with its draft. What is asked stands in versions once it has been published.

    ``content`` is the draft (`rules.document`), ``version`` counts its changes so that two editors cannot
    write over each other. ``k`` is frozen once anybody is invited or begins.
    """

    __tablename__ = "survey"

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(12), unique=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    # Whose it is alone; empty: every municipality of the programme, and people are asked which.
    municipality_id: Mapped[int | None] = mapped_column(ForeignKey("municipality.id"))
    content: Mapped[dict[str, Any]]
    # What the draft was before the latest removal, and the version it can still be undone from.
    undo: Mapped[dict[str, Any] | None]
    version: Mapped[int] = mapped_column(default=1)
    level: Mapped[str] = mapped_column(String(12), default="anonymous")
    # One answer from each person or browser.
    once: Mapped[bool] = mapped_column(default=True)
    asks_sector: Mapped[bool] = mapped_column(default=False)
    results: Mapped[str] = mapped_column(String(12), default="afterwards")
    k: Mapped[int] = mapped_column(default=5)
    opens_on: Mapped[date | None]
    # The last day on which it can be answered.
    closes_on: Mapped[date | None]
    closed_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    # Offered to other editors to begin from.
    in_library: Mapped[bool] = mapped_column(default=False)
    # What participation is hashed with; destroyed when the survey closes.
    participation_key: Mapped[str | None] = mapped_column(String(64))

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        CheckConstraint("level IN ('named', 'confidential', 'anonymous')", name="level_is_known"),
        CheckConstraint("results IN ('never', 'afterwards', 'live')", name="results_is_known"),
        CheckConstraint("k >= 3", name="k_is_not_below_the_floor"),
        CheckConstraint("opens_on IS NULL OR closes_on IS NULL OR opens_on <= closes_on",
                        name="opens_before_it_closes"),
        CheckConstraint("closed_at IS NULL OR participation_key IS NULL", name="closing_destroys_the_key"),
    )


class SurveyText(Base):
    """A text of a draft in one language. ``source`` is what it was translated from: if that has changed,
    the translation is stale.
    """

    __tablename__ = "survey_text"
    __table_args__ = (
        CheckConstraint("state IN ('machine', 'reviewed')", name="state_is_known"),
    )

    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"), primary_key=True)
    key: Mapped[str] = mapped_column(String(24), primary_key=True)
    language: Mapped[str] = mapped_column(String(3), primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(8), default="reviewed")
    source: Mapped[str | None] = mapped_column(Text)


class SurveyVersion(Base):
    """What was published: never changed. ``texts`` is key → language → text."""

    __tablename__ = "survey_version"

    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    content: Mapped[dict[str, Any]]
    texts: Mapped[dict[str, Any]]
    published_at: Mapped[datetime]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))


class Attempt(Base):
    """An answer that is not received yet: the person's own, invisible to staff, in no figure.

    ``digest`` finds it by its return code. It points at nobody: not at an invitation, not at a browser.
    """

    __tablename__ = "survey_attempt"
    __table_args__ = ({"sqlite_with_rowid": False},)

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"))
    version: Mapped[int]
    language: Mapped[str] = mapped_column(String(3))
    channel: Mapped[str] = mapped_column(String(12))
    # Which poster, place or list it came by, in the words of whoever made the link.
    place: Mapped[str] = mapped_column(String(40), default="")
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"))
    # The page it was left on; empty: the first.
    page: Mapped[str] = mapped_column(String(12), default="")
    answers: Mapped[dict[str, Any]]
    # Question → what was typed that is no answer yet, as the form sent it: nobody types it twice.
    typed: Mapped[dict[str, Any]] = mapped_column(default=dict)
    # For forgetting; a day, as everywhere here.
    touched_on: Mapped[date] = mapped_column(index=True)


class Sealed(Base):
    """An anonymous answer that has been received and waits until enough others have.

    Then they are taken out together in random order, so that nothing tells which of those who took part
    gave which. ``digest`` is the attempt's. Answers of any survey that are held back lie here too, in pools
    that begin with `HELD`, until somebody lets them in.
    """

    __tablename__ = "survey_sealed"
    __table_args__ = ({"sqlite_with_rowid": False},)

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"), index=True)
    # Answers with as much known beside them, and those of them that are opened together.
    pool: Mapped[str] = mapped_column(String(80))
    tray: Mapped[str] = mapped_column(String(16))
    content: Mapped[dict[str, Any]]


class Submission(Base):
    """A received answer to a whole survey. Its number is random and its day is all that tells when.

    ``digest`` finds it by its receipt's code, which is the code that the attempt had: sent twice, it is
    found to be there.
    """

    __tablename__ = "survey_submission"
    __table_args__ = (
        CheckConstraint("channel IN ('link', 'invitation', 'paper', 'kiosk')", name="channel_is_known"),
        Index("ix_survey_submission_counted", "survey_id", "is_counted"),
    )

    id: Mapped[int] = mapped_column(_RandomId, primary_key=True, autoincrement=False)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"))
    version: Mapped[int]
    language: Mapped[str] = mapped_column(String(3))
    channel: Mapped[str] = mapped_column(String(12))
    place: Mapped[str] = mapped_column(String(40), default="")
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"))
    sector: Mapped[str | None] = mapped_column(String(16))
    received_on: Mapped[date]
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    is_counted: Mapped[bool] = mapped_column(default=False)


class Answer(Base):
    """One answered thing: an option, an item of a matrix, a text, a number. Ids, never labels.

    ``row`` is the item of a matrix, ``rank`` counts from 1, ``option`` of a photo is its reference. What is
    no longer shown to its author is kept with ``is_shown`` false and is in no figure.
    """

    __tablename__ = "survey_answer"
    __table_args__ = (
        # Two questions are held against each other by it alone: no answer is looked up.
        Index("ix_survey_answer_question", "survey_id", "question", "submission_id", "series", "is_shown",
              "option"),
        {"sqlite_with_rowid": False},
    )

    submission_id: Mapped[int] = mapped_column(
        _RandomId, ForeignKey("survey_submission.id", ondelete="CASCADE"), primary_key=True
    )
    question: Mapped[str] = mapped_column(String(12), primary_key=True)
    row: Mapped[str] = mapped_column(String(12), primary_key=True, default="")
    option: Mapped[str] = mapped_column(String(12), primary_key=True, default="")
    survey_id: Mapped[int]
    series: Mapped[int] = mapped_column(default=1)
    is_shown: Mapped[bool] = mapped_column(default=True)
    rank: Mapped[int | None]
    number: Mapped[float | None]
    text: Mapped[str | None] = mapped_column(Text)
    day: Mapped[date | None]
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]


class Tally(Base):
    """How many submissions of one kind have one answer: what a page of results is read off.

    ``option`` is an option's id or a written number; ``*`` counts those who were asked and ``+`` those who
    answered; an empty ``question`` counts the submissions themselves. Made of submissions with
    ``is_counted``, and can be made anew from them.
    """

    __tablename__ = "survey_tally"
    __table_args__ = ({"sqlite_with_rowid": False},)

    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    language: Mapped[str] = mapped_column(String(3), primary_key=True)
    channel: Mapped[str] = mapped_column(String(12), primary_key=True)
    municipality_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    # Empty where nobody said.
    sector: Mapped[str] = mapped_column(String(16), primary_key=True)
    question: Mapped[str] = mapped_column(String(12), primary_key=True)
    series: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    row: Mapped[str] = mapped_column(String(12), primary_key=True)
    option: Mapped[str] = mapped_column(String(24), primary_key=True)
    count: Mapped[int]


class Participation(Base):
    """Somebody has taken part: a keyed hash of their invitation or browser. No time, no number, no answer.

    The key lies with the survey while it runs. When it closes, the key and these rows are destroyed.
    """

    __tablename__ = "survey_participation"
    __table_args__ = ({"sqlite_with_rowid": False},)

    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)


class Invitation(Base):
    """Somebody has been asked by e-mail. The code is derived from ``ref``; the address goes when the survey
    closes, unless answers are named.
    """

    __tablename__ = "survey_invitation"
    __table_args__ = (Index("ix_survey_invitation_email", "survey_id", "email", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(12), unique=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"))
    email: Mapped[str | None] = mapped_column(String(254))
    name: Mapped[str | None] = mapped_column(String(120))
    language: Mapped[str] = mapped_column(String(3))
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"))
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    invited_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]
    # Whoever does not want to be asked again.
    declined_at: Mapped[datetime | None]


class Respondent(Base):
    """Who answered what, apart from the answers. Never of an anonymous survey; of a confidential one until it
    closes."""

    __tablename__ = "survey_respondent"

    submission_id: Mapped[int] = mapped_column(
        _RandomId, ForeignKey("survey_submission.id", ondelete="CASCADE"), primary_key=True
    )
    invitation_id: Mapped[int] = mapped_column(ForeignKey("survey_invitation.id"), unique=True)


class AnswerText(Base):
    """A text that became a contribution, so that it is moderated and meets ideas in their themes.

    ``submission_id`` is empty where the survey is anonymous: the text then stands for itself.
    """

    __tablename__ = "survey_answer_text"

    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"))
    question: Mapped[str] = mapped_column(String(12))
    submission_id: Mapped[int | None] = mapped_column(
        _RandomId, ForeignKey("survey_submission.id"), index=True
    )


class PublicResult(Base):
    """The figures that everybody may see, protected and as old as the latest batch of answers."""

    __tablename__ = "survey_public_result"

    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"), primary_key=True)
    # How many answers they are made of.
    submissions: Mapped[int]
    made_on: Mapped[date]
    figures: Mapped[dict[str, Any]]
