"""Answering page by page: begun, kept with every page, sent once, corrected for a while, forgotten."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import and_, delete, or_, select
from sqlalchemy.exc import IntegrityError

from citizen.base import clock, ids
from citizen.base.db import session
from citizen.contributions import actions as contributions
from citizen.contributions.models import Contribution, TextVersion
from citizen.contributions.rules import author_may_withdraw, held_by_answer
from citizen.surveys import policy, queries
from citizen.surveys.actions.counting import uncount
from citizen.surveys.actions.people import participant_of
from citizen.surveys.actions.receiving import (
    Closed,
    contribute,
    participation_digest,
    receive,
    write_answers,
)
from citizen.surveys.actions.sealing import Arrival, arrival_of, reseal
from citizen.surveys.models import Answer, AnswerText, Attempt, Sealed, Submission, Survey
from citizen.surveys.queries import answering as found
from citizen.surveys.rules import KEPT_UNFINISHED_DAYS, Channel
from citizen.surveys.rules.flow import settled
from citizen.surveys.rules.values import Value, answers_as_json, answers_from_json

_CODE_LENGTH = 12
_AT_ONCE = 500


@dataclass(frozen=True)
class Sender:
    """Who sends, as far as anybody may know: see `receive`."""

    participant: str | None = None
    invitation_id: int | None = None
    channel: Channel = Channel.LINK


def sender_of(survey: Survey, carried: Mapping[str, str]) -> Sender:
    """What a browser brings along, as `receive` wants it.

    Parameters
    ----------
    carried : ``invitation`` is the code of one; ``browser`` is the browser's random key.
    """
    if carried.get("invitation") and (invited := participant_of(survey, carried["invitation"])):
        return Sender(*invited, Channel.INVITATION)
    if survey.once and carried.get("browser"):
        return Sender(participation_digest(survey, f"browser:{carried['browser']}"))
    return Sender()


def begin(
    survey: Survey, version: int, *, municipality_id: int, language: str, channel: Channel, place: str = ""
) -> str:
    """Begin to answer; gives the code with which one comes back. Only its digest is kept."""
    code = ids.new_ref("")[1:] + ids.new_ref("")[1:_CODE_LENGTH - 7]
    session.add(Attempt(
        digest=found.digest_of(code), survey_id=survey.id, version=version, language=language,
        channel=channel, place=place, municipality_id=municipality_id, answers={}, typed={},
        touched_on=clock.today(),
    ))
    session.flush()
    return code


def keep(
    attempt: Attempt, given: Mapping[str, Value], typed: Mapping[str, Any], *, page: str, language: str
) -> None:
    """Keep what a page brought.

    Parameters
    ----------
    given : the page's questions that could be read; an empty answer takes away the one before.
    typed : the page's questions that could not, with what was typed.
    page : where to go on from.
    """
    kept = {q: value for q, value in attempt.answers.items() if q not in given and q not in typed}
    attempt.answers = kept | answers_as_json(given)
    attempt.typed = {q: t for q, t in attempt.typed.items() if q not in given} | dict(typed)
    attempt.page, attempt.language, attempt.touched_on = page, language, clock.today()
    session.flush()


def send(
    survey: Survey, attempt: Attempt, *, sector: str | None, sender: Sender, held_as: str | None = None
) -> None:
    """Send what has been answered, for the first time or in place of what was sent before.

    Parameters
    ----------
    held_as : why it is in no figure until somebody lets it in, where it is not.

    Raises
    ------
    AlreadyAnswered
        If the sender has taken part with another answer.
    Closed
        If the survey has closed, or it is too late to correct what was sent.
    """
    received = found.received(attempt.digest)
    if received is None:
        receive(
            survey, _arrival(attempt, sector, sender.channel, held_as), participant=sender.participant,
            invitation_id=sender.invitation_id,
        )
    else:
        _correct(survey, attempt)
    photos = [photo.ref for value in answers_from_json(attempt.answers).values() for photo in value.photos]
    contributions.drop_pictures([held_by_answer(attempt.digest)], but=photos)
    session.delete(attempt)
    session.flush()


def _arrival(attempt: Attempt, sector: str | None, channel: Channel, held_as: str | None) -> Arrival:
    """As it is sent, which may be by an invitation that was opened after it was begun."""
    return Arrival(
        version=attempt.version, language=attempt.language, channel=channel, place=attempt.place,
        municipality_id=attempt.municipality_id, digest=attempt.digest, answers=attempt.answers,
        received_on=clock.today(), sector=sector, held_as=held_as,
    )


def open_for_correction(received: found.Received) -> None:
    """Lay out again what was sent, to be changed page by page. Until it is sent again, the old stands."""
    if session.get(Attempt, received.digest) is not None:
        return
    # Pressed twice at once, the second is content with what the first has laid out.
    with suppress(IntegrityError), session.begin_nested():
        session.add(Attempt(
            digest=received.digest, survey_id=received.survey_id, version=received.version,
            language=received.language, channel=received.channel, place=received.place,
            municipality_id=received.municipality_id, page="check",
            answers=answers_as_json(received.answers), typed={}, touched_on=clock.today(),
        ))
        session.flush()


def _correct(survey: Survey, attempt: Attempt) -> None:
    """Put new answers in place of those that were sent; whoever sends them has proved to be their author."""
    # Whoever counts or closes holds the survey first, too.
    session.refresh(survey, with_for_update={"key_share": True})
    # As it is now: whoever came to the same tray meanwhile has written it anew.
    sealed = session.scalar(
        select(Sealed).where(Sealed.digest == attempt.digest).execution_options(populate_existing=True)
    )
    if sealed is not None:
        _refuse_late(survey, arrival_of(sealed).received_on)
        reseal(sealed, attempt.answers)
        return
    submission = session.scalars(select(Submission).where(Submission.digest == attempt.digest)).one()
    _refuse_late(survey, submission.received_on)
    document = queries.published(survey.id, submission.version).document
    before = _given(submission.digest, document)
    uncount(submission)
    session.execute(delete(Answer).where(Answer.submission_id == submission.id))
    session.expire_all()
    given, not_shown = settled(document, answers_from_json(attempt.answers))
    write_answers(submission, document, given, not_shown)
    contributing = [q.id for q in document.questions if q.contributes]
    changed = {q for q in contributing if _text(before, q) != _text(given, q)}
    for question in changed:
        _take_back(survey, submission, question, _text(before, question))
    contribute(survey, submission, document, {q: value for q, value in given.items() if q in changed})


def _refuse_late(survey: Survey, received_on: date) -> None:
    """What was opened for correction in time may be sent too late."""
    if not policy.may_correct(survey, received_on, clock.today()):
        raise Closed(_("This answer can no longer be corrected."))


def _given(digest: str, document: Any) -> dict[str, Value]:
    received = found.received(digest)
    return settled(document, received.answers)[0] if received else {}


def _text(answers: Mapping[str, Value], question: str) -> str:
    return answers[question].text if question in answers else ""


def _take_back(survey: Survey, submission: Submission, question: str, text: str) -> None:
    """Withdraw the contribution that an old text became.

    An anonymous one is tied to nobody: it is known by its words, which its author has shown to know.
    """
    if not text:
        return
    # The first text is the author's own, whatever staff have taken out of it since.
    own = and_(TextVersion.contribution_id == Contribution.id, TextVersion.number == 1)
    of_answer = (
        select(Contribution)
        .join(AnswerText, AnswerText.contribution_id == Contribution.id).join(TextVersion, own)
        .where(
            AnswerText.survey_id == survey.id, AnswerText.question == question, TextVersion.body == text,
            or_(AnswerText.submission_id == submission.id, AnswerText.submission_id.is_(None)),
        )
        .order_by(Contribution.id)
    )
    standing = (one for one in session.scalars(of_answer) if author_may_withdraw(one.visibility))
    if contribution := next(standing, None):
        contributions.withdraw(contribution)


def forget_unfinished() -> int:
    """Delete unfinished answers that nobody has touched for long, and all of surveys that have closed, with
    their photos.

    What somebody is about to send this moment is passed over, and met the next time.

    Returns
    -------
    How many there were.
    """
    closed = select(Survey.id).where(Survey.closed_at.is_not(None))
    old = session.scalars(
        select(Attempt.digest)
        .where(or_(
            Attempt.touched_on < clock.today() - timedelta(days=KEPT_UNFINISHED_DAYS),
            Attempt.survey_id.in_(closed),
        ))
        .with_for_update(skip_locked=True)
    ).all()
    for start in range(0, len(old), _AT_ONCE):
        lot = old[start:start + _AT_ONCE]
        sent = found.sent_of(lot)
        contributions.drop_pictures([held_by_answer(one) for one in lot if one not in sent])
        for one in sent:
            _drop_uncorrected(one)
        session.execute(
            delete(Attempt).where(Attempt.digest.in_(lot)).execution_options(synchronize_session=False)
        )
    return len(old)


def _drop_uncorrected(digest: str) -> None:
    """Photos that a correction brought which was never sent; those of the answer that stands are kept."""
    received = found.received(digest)
    photos = [photo.ref for value in received.answers.values() for photo in value.photos] if received else []
    contributions.drop_pictures([held_by_answer(digest)], but=photos)
