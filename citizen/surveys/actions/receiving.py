"""Receiving: an answer becomes a submission, once; an anonymous one only together with others."""

import hashlib
import hmac
import secrets
from dataclasses import asdict
from datetime import date, datetime, time

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from citizen.base import clock
from citizen.base.db import session
from citizen.base.errors import Refused
from citizen.contributions import actions as contributions
from citizen.contributions.rules import Source
from citizen.surveys import queries
from citizen.surveys.actions.sealing import Arrival, seal, take_out
from citizen.surveys.models import Answer, AnswerText, Participation, Respondent, Sealed, Submission, Survey
from citizen.surveys.rules import Channel, Level
from citizen.surveys.rules.document import Document
from citizen.surveys.rules.flow import settled
from citizen.surveys.rules.rows import rows_from
from citizen.surveys.rules.values import Value, answers_from_json

# Every spreadsheet and script counts so far without rounding.
_MOST = 2**53


class AlreadyAnswered(Refused):
    """Whoever sends this has taken part before, and one answer each is wanted."""


class Closed(Refused):
    """The survey has closed: nothing more is received, and what tied people to it is gone."""


def participation_digest(survey: Survey, secret: str) -> str:
    """What is kept of somebody who has taken part: HMAC-SHA-256 of what only they have, under a key that is
    destroyed when the survey closes.

    Raises
    ------
    Closed
        If it is destroyed.
    """
    if survey.participation_key is None:
        raise Closed(_("This survey has closed."))
    return hmac.new(survey.participation_key.encode(), secret.encode(), hashlib.sha256).hexdigest()


def receive(
    survey: Survey, arrival: Arrival, *, participant: str | None = None, invitation_id: int | None = None
) -> bool:
    """Take in an answer, once per attempt.

    Parameters
    ----------
    participant : `participation_digest` of the sender, where one answer each is wanted.
    invitation_id : whose answer it is; kept unless the survey is anonymous.

    Returns
    -------
    Whether it is new.

    Raises
    ------
    AlreadyAnswered
        If the participant has sent another one before.
    Closed
        If the survey has been closed meanwhile.
    """
    # One after the other: two sends of one answer, two people on one tray, and closing.
    session.refresh(survey, with_for_update={"key_share": True})
    if is_received(arrival.digest):
        return False
    if survey.closed_at is not None:
        raise Closed(_("This survey has closed."))
    if participant is not None:
        _take_part(survey, participant)
    if invitation_id is not None:
        _refuse_second(invitation_id)
    if survey.level == Level.ANONYMOUS or arrival.held_as:
        seal(survey, arrival)
        return True
    submission = take_in(survey, arrival)
    if invitation_id is not None:
        session.add(Respondent(submission_id=submission.id, invitation_id=invitation_id))
        session.flush()
    return True


def is_received(digest: str) -> bool:
    """Whether an attempt has been sent."""
    of_submission = session.scalar(select(Submission.id).where(Submission.digest == digest))
    return of_submission is not None or session.get(Sealed, digest) is not None


def _take_part(survey: Survey, participant: str) -> None:
    try:
        with session.begin_nested():
            session.add(Participation(survey_id=survey.id, digest=participant))
            session.flush()
    except IntegrityError as known:
        raise AlreadyAnswered(_("You have already answered this survey. Thank you!")) from known


def _refuse_second(invitation_id: int) -> None:
    """An invitation is for one answer, also where others may send several."""
    if session.scalar(select(Respondent.submission_id).where(Respondent.invitation_id == invitation_id)):
        raise AlreadyAnswered(_("You have already answered this survey. Thank you!"))


def open_sealed(survey: Survey) -> int:
    """Take out the anonymous answers that wait, in random order, where there are enough of them.

    Enough is ``k`` of those who hide each other (`Arrival.pool`); of a survey that has closed, all there are.

    Returns
    -------
    How many were taken out.
    """
    session.refresh(survey, with_for_update={"key_share": True})
    arrivals = take_out(survey)
    for arrival in arrivals:
        take_in(survey, arrival)
    return len(arrivals)


def take_in(survey: Survey, arrival: Arrival) -> Submission:
    """Make a submission of what has arrived: from now on it is in figures and files."""
    submission = Submission(
        id=secrets.randbelow(_MOST), survey_id=survey.id, version=arrival.version, language=arrival.language,
        channel=arrival.channel, place=arrival.place, municipality_id=arrival.municipality_id,
        sector=arrival.sector, received_on=arrival.received_on, digest=arrival.digest,
    )
    session.add(submission)
    session.flush()
    document = queries.published(survey.id, arrival.version).document
    given, not_shown = settled(document, answers_from_json(arrival.answers))
    write_answers(submission, document, given, not_shown)
    contribute(survey, submission, document, given)
    return submission


def write_answers(
    submission: Submission, document: Document, given: dict[str, Value], not_shown: dict[str, Value]
) -> None:
    """Store answers as rows; those that are no longer shown beside them, in no figure."""
    for values, is_shown in ((given, True), (not_shown, False)):
        for question in document.questions:
            if question.id not in values:
                continue
            session.add_all(
                Answer(submission_id=submission.id, survey_id=submission.survey_id, is_shown=is_shown,
                       **asdict(row))
                for row in rows_from(question, values[question.id])
            )
    session.flush()


def contribute(
    survey: Survey, submission: Submission, document: Document, given: dict[str, Value]
) -> None:
    """Texts become contributions: they are moderated, and meet ideas in the same themes."""
    anonymous = survey.level == Level.ANONYMOUS
    for question in document.questions:
        text = given.get(question.id, Value()).text
        if not question.contributes or not text:
            continue
        contribution, _is_new = contributions.receive(
            kind="answer", programme_id=survey.programme_id, municipality_id=submission.municipality_id,
            source=Source.PAPER if submission.channel == Channel.PAPER else Source.WEB,
            language=submission.language, sector=submission.sector,
            client_key=f"answer:{secrets.token_hex(16)}", title=None, body=text,
            # No finer than the day, as everything that could tell who wrote it.
            submitted_at=_midnight(submission.received_on) if anonymous else None,
        )
        session.add(AnswerText(
            contribution_id=contribution.id, survey_id=survey.id, question=question.id,
            submission_id=None if anonymous else submission.id,
        ))
        session.flush()
        contributions.arrived(contribution)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(0), clock.LOCAL)
