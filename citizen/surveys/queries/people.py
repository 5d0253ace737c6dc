"""Who has been asked to answer, and how many have: never who, unless answers are named."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from citizen.base.db import session
from citizen.surveys.models import (
    Attempt,
    Invitation,
    Participation,
    Respondent,
    Sealed,
    Submission,
    Survey,
)
from citizen.surveys.rules import HELD

_AT_ONCE = 500


@dataclass(frozen=True)
class Counts:
    """How many have been invited, and how many of them want no more mail."""

    invited: int
    declined: int


def invitation_by_digest(digest: str) -> Invitation | None:
    return session.scalar(select(Invitation).where(Invitation.digest == digest))


def invitations(survey_id: int, *, offset: int = 0, limit: int | None = None) -> Sequence[Invitation]:
    """Those invited, by address; of whom there is none left, by number."""
    return session.scalars(
        select(Invitation).where(Invitation.survey_id == survey_id)
        .order_by(Invitation.email, Invitation.id).offset(offset).limit(limit)
    ).all()


def invited_addresses(survey_id: int) -> set[str]:
    """Every address that a survey has invited."""
    found = select(Invitation.email).where(Invitation.survey_id == survey_id, Invitation.email.is_not(None))
    return {email for email in session.scalars(found) if email}


def counts(survey_id: int) -> Counts:
    invited, declined = session.execute(
        select(func.count(), func.count(Invitation.declined_at)).where(Invitation.survey_id == survey_id)
    ).one()
    return Counts(invited, declined)


def taken_part(survey: Survey, digests: Sequence[str]) -> set[str]:
    """Of some participants those who have answered."""
    found: set[str] = set()
    for start in range(0, len(digests), _AT_ONCE):
        part = digests[start : start + _AT_ONCE]
        found.update(session.scalars(select(Participation.digest).where(
            Participation.survey_id == survey.id, Participation.digest.in_(part)
        )))
    return found


def respondents(survey_id: int) -> set[int]:
    """The invitations that are tied to an answer; none where nobody may know."""
    found = (
        select(Respondent.invitation_id).join(Invitation, Invitation.id == Respondent.invitation_id)
        .where(Invitation.survey_id == survey_id)
    )
    return set(session.scalars(found))


def latest_reminder(survey_id: int) -> datetime | None:
    """When a reminder last went out."""
    return session.scalar(
        select(func.max(Invitation.reminded_at)).where(Invitation.survey_id == survey_id)
    )


def unfinished(survey_id: int) -> int:
    """How many have begun and not sent."""
    return session.scalar(select(func.count()).where(Attempt.survey_id == survey_id)) or 0


def received(survey_id: int) -> int:
    """How many answers have come and can be counted (`waiting` tells of others)."""
    return session.scalar(select(func.count()).where(Submission.survey_id == survey_id)) or 0


def surveys_with_sealed() -> Sequence[int]:
    """Surveys in which anonymous answers wait for others."""
    waits = ~Sealed.pool.startswith(HELD, autoescape=True)
    return session.scalars(select(Sealed.survey_id).where(waits).distinct()).all()
