"""What files for others are made of, read in lots so that no survey is too large."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import func, literal, or_, select

from citizen.base import clock
from citizen.base.db import session
from citizen.programmes.models import Municipality
from citizen.surveys.models import Answer, Submission, SurveyVersion
from citizen.surveys.queries.redacted import redacted_texts
from citizen.surveys.rules.document import from_json
from citizen.surveys.rules.export.columns import Version

LOT = 500


class Row(NamedTuple):
    """One row of an answer."""

    submission_id: int
    question: str
    row: str
    option: str
    rank: int | None
    number: float | None
    text: str | None
    day: date | None
    latitude: float | None
    longitude: float | None


@dataclass(frozen=True)
class Received:
    """One submission with the rows of what its author was shown."""

    id: int
    version: int
    language: str
    channel: str
    place: str
    municipality: str
    sector: str
    day: date
    rows: Sequence[Any]


@dataclass(frozen=True)
class Released:
    """A version and the day it was published."""

    version: Version
    day: date


def versions(survey_id: int, only: int | None = None) -> tuple[Released, ...]:
    """The published versions of a survey, or one of them, oldest first."""
    asked = select(SurveyVersion).where(SurveyVersion.survey_id == survey_id)
    if only is not None:
        asked = asked.where(SurveyVersion.number == only)
    return tuple(
        Released(Version(row.number, from_json(row.content), row.texts),
                 row.published_at.astimezone(clock.LOCAL).date())
        for row in session.scalars(asked.order_by(SurveyVersion.number))
    )


def submission_count(survey_id: int, only: int | None = None) -> int:
    """How many submissions there are, to one version or all."""
    asked = select(func.count()).select_from(Submission).where(Submission.survey_id == survey_id)
    return session.scalar(asked if only is None else asked.where(Submission.version == only)) or 0


def writers(survey_id: int, only: int | None = None) -> dict[tuple[str, int, str], int]:
    """(question, series, option) → how many wrote something there; a point and a photo count as written."""
    key = (Answer.question, Answer.series, Answer.option)
    written = or_(Answer.text.is_not(None), Answer.latitude.is_not(None))
    asked = select(*key, func.count()).where(
        Answer.survey_id == survey_id, Answer.is_shown, Answer.rank.is_(None), written
    ).group_by(*key)
    # A photo's option is its reference, so those are counted by the first of each submission.
    photos = select(*key[:2], literal(""), func.count()).where(
        Answer.survey_id == survey_id, Answer.is_shown, Answer.rank == 1
    ).group_by(*key[:2])
    if only is not None:
        of_version = select(Submission.id).where(
            Submission.survey_id == survey_id, Submission.version == only)
        asked = asked.where(Answer.submission_id.in_(of_version))
        photos = photos.where(Answer.submission_id.in_(of_version))
    return {
        (question, series, option): count for found in (photos, asked)
        for question, series, option, count in session.execute(found)
    }


def groups(survey_id: int, only: int | None = None) -> dict[tuple[str, str, str], int]:
    """(language, channel, municipality's slug) → how many submissions."""
    key = (Submission.language, Submission.channel, Municipality.slug)
    asked = (
        select(*key, func.count())
        .join(Municipality, Municipality.id == Submission.municipality_id)
        .where(Submission.survey_id == survey_id).group_by(*key)
    )
    found = session.execute(asked if only is None else asked.where(Submission.version == only))
    return {(language, channel, town): count for language, channel, town, count in found}


def received(survey_id: int, only: int | None = None) -> Iterator[list[Received]]:
    """Submissions in lots, in the order of their random numbers; each lot is two queries.

    What moderators have taken out of a text is not in it.
    """
    after, redacted = -1, redacted_texts(survey_id)
    while lot := _lot(survey_id, only, after):
        after = lot[-1].id
        by_submission: dict[int, list[Any]] = {row.id: [] for row in lot}
        for row in session.execute(
            select(Answer.submission_id, Answer.question, Answer.row, Answer.option, Answer.rank,
                   Answer.number, Answer.text, Answer.day, Answer.latitude, Answer.longitude)
            .where(Answer.submission_id.in_(list(by_submission)), Answer.is_shown)
        ):
            one = Row._make(row)
            instead = redacted.get((one.question, one.text or ""))
            by_submission[one.submission_id].append(one._replace(text=instead) if instead else one)
        yield [
            Received(row.id, row.version, row.language, row.channel, row.place, row.slug, row.sector or "",
                     row.received_on, by_submission[row.id])
            for row in lot
        ]


def _lot(survey_id: int, only: int | None, after: int) -> Sequence[Any]:
    asked = (
        select(Submission.id, Submission.version, Submission.language, Submission.channel, Submission.place,
               Municipality.slug, Submission.sector, Submission.received_on)
        .join(Municipality, Municipality.id == Submission.municipality_id)
        .where(Submission.survey_id == survey_id, Submission.id > after)
        .order_by(Submission.id).limit(LOT)
    )
    return session.execute(asked if only is None else asked.where(Submission.version == only)).all()
