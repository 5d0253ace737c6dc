"""What somebody is answering, and what they have sent: found by their code alone."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import current_app
from sqlalchemy import func, select

from citizen.base import ids
from citizen.base.db import session
from citizen.surveys.models import (
    Answer,
    Attempt,
    Participation,
    Sealed,
    Submission,
    Survey,
    SurveyVersion,
)
from citizen.surveys.queries.surveys import open_surveys, published
from citizen.surveys.rules.rows import values_from
from citizen.surveys.rules.values import Value, answers_from_json


@dataclass(frozen=True)
class Received:
    """An answer that has been sent, as its author may read it."""

    digest: str
    survey_id: int
    version: int
    language: str
    municipality_id: int
    sector: str | None
    received_on: date
    channel: str
    place: str
    answers: Mapping[str, Value]


@dataclass(frozen=True)
class Entrance:
    """An open survey, as a card tells of it."""

    ref: str
    titles: Mapping[str, str]
    languages: Sequence[str]
    closes_on: date | None


def digest_of(code: str) -> str:
    """What an answer is found by."""
    return ids.digest_of(str(current_app.secret_key), ids.read_code(code))


def attempt(code: str, *, for_change: bool = False) -> Attempt | None:
    """What a code has begun and not sent."""
    found = select(Attempt).where(Attempt.digest == digest_of(code))
    return session.scalar(found.with_for_update() if for_change else found)


def received(digest: str) -> Received | None:
    """What was sent, wherever it lies by now."""
    if sealed := session.get(Sealed, digest):
        told = sealed.content
        return Received(
            digest, sealed.survey_id, told["version"], told["language"], told["municipality_id"],
            told["sector"], date.fromisoformat(told["received_on"]), told["channel"], told["place"],
            answers_from_json(told["answers"]),
        )
    row = session.scalar(select(Submission).where(Submission.digest == digest))
    if row is None:
        return None
    document = published(row.survey_id, row.version).document
    rows = session.scalars(select(Answer).where(Answer.submission_id == row.id))
    return Received(
        digest, row.survey_id, row.version, row.language, row.municipality_id, row.sector, row.received_on,
        row.channel, row.place, values_from(document, rows),
    )


def sent_of(digests: Collection[str]) -> set[str]:
    """Of some attempts those that have been sent before."""
    return {
        digest for table in (Submission, Sealed)
        for digest in session.scalars(select(table.digest).where(table.digest.in_(digests)))
    }


def has_taken_part(survey_id: int, participant: str) -> bool:
    """Whether somebody has sent an answer before."""
    return session.get(Participation, (survey_id, participant)) is not None


def survey_of_answer(digest: str) -> Survey | None:
    """The survey of an answer that staff may read: received, and no longer waiting for others."""
    return session.scalar(
        select(Survey).join(Submission, Submission.survey_id == Survey.id).where(Submission.digest == digest)
    )


def is_published(survey_id: int) -> bool:
    """Whether a survey has any version."""
    found = select(func.count()).where(SurveyVersion.survey_id == survey_id)
    return bool(session.scalar(found))


def entrances(programme_id: int, today: date) -> list[Entrance]:
    """The surveys of a programme that can be answered on a day, for pages of other rooms."""
    return [
        Entrance(survey.ref, version.texts.get("title", {}), version.document.languages, survey.closes_on)
        for survey, version in open_surveys(programme_id, today)
    ]
