"""Looks for what a municipality keeps about somebody: by address, code, reference or words. Newest first."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from flask import current_app
from sqlalchemy import ColumnElement, Select, String, cast, exists, func, literal, or_, select
from sqlalchemy.orm import aliased

from citizen.base import clock, ids
from citizen.base.db import session
from citizen.base.words import first_sentence
from citizen.contributions.models import (
    Appeal,
    Contact,
    Contribution,
    DeletionRequest,
    HandlingChange,
    OfficialAnswer,
    Revision,
    SecondLook,
    ShownPicture,
    TextVersion,
    VisibilityChange,
)
from citizen.ideas.models import Report
from citizen.moderation.models import InternalNote
from citizen.moderation.rules import spellings
from citizen.records.rules import Found, Sought
from citizen.statements.models import Feedback
from citizen.surveys.models import Answer, Invitation, Respondent, Submission, Survey
from citizen.surveys.rules import Level

MOST_FOUND = 100
"""Of each kind of record; whoever gets more seeks something narrower."""


def seek(municipality_id: int, by: Sought, sought: str) -> list[Found]:
    """What is kept in a municipality that fits: ideas, lines and answers with all that was written about
    them, reports, answers to named surveys, invitations and messages about accessibility.

    A secret code opens what it is the code of, also an anonymous answer: whoever has it gave that answer.
    """
    found = _WAYS[by](municipality_id, sought)
    return sorted(set(found), key=lambda one: (one.at, one.kind, one.key), reverse=True)


def _by_email(municipality_id: int, sought: str) -> Iterable[Found]:
    address = sought.casefold()
    wrote = exists().where(Contact.contribution_id == Contribution.id, func.lower(Contact.email) == address)
    yield from _contributions(municipality_id, wrote)
    asked = func.lower(Invitation.email) == address
    yield from _invitations(municipality_id, asked)
    yield from _submissions(municipality_id, Submission.id.in_(_answers_of(asked)))
    yield from _feedback(municipality_id, func.lower(Feedback.email) == address)


def _by_code(municipality_id: int, sought: str) -> Iterable[Found]:
    digest = ids.digest_of(str(current_app.secret_key), ids.read_code(sought))
    yield from _contributions(municipality_id, Contribution.receipt_digest == digest)
    yield from _submissions(municipality_id, Submission.digest == digest)
    mine = Invitation.digest == digest
    yield from _invitations(municipality_id, mine)
    yield from _submissions(municipality_id, Submission.id.in_(_answers_of(mine)))


def _by_reference(municipality_id: int, sought: str) -> Iterable[Found]:
    yield from _contributions(municipality_id, Contribution.ref == sought.upper())


def _by_words(municipality_id: int, sought: str) -> Iterable[Found]:
    text = aliased(TextVersion)
    written = exists().where(
        text.contribution_id == Contribution.id,
        or_(*(_having(column, sought) for column in (text.title, text.body, text.place))),
    )
    yield from _contributions(municipality_id, or_(written, *_said(sought)))
    yield from _reports(municipality_id, _having(Report.words, sought))
    answered = exists().where(Answer.submission_id == Submission.id, _having(Answer.text, sought))
    yield from _submissions(municipality_id, Survey.level == Level.NAMED, answered)
    named = _having(Invitation.name, sought)
    yield from _invitations(municipality_id, named)
    yield from _submissions(municipality_id, Submission.id.in_(_answers_of(named)))
    yield from _feedback(municipality_id, _having(Feedback.body, sought))


# What is written about a contribution beside its texts.
_SAID: Sequence[tuple[type[Any], tuple[str, ...]]] = (
    (ShownPicture, ("alt",)), (DeletionRequest, ("words", "answer")), (VisibilityChange, ("words",)),
    (HandlingChange, ("words",)), (Appeal, ("words", "answer")), (Revision, ("words",)),
    (SecondLook, ("words", "note")),
    (OfficialAnswer, ("body", "signed")), (InternalNote, ("body",)),
)


def _said(sought: str) -> Iterable[ColumnElement[bool]]:
    for model, columns in _SAID:
        found = or_(*(_having(getattr(model, name), sought) for name in columns))
        yield exists().where(model.contribution_id == Contribution.id, found)


_WAYS: Mapping[Sought, Callable[[int, str], Iterable[Found]]] = {
    Sought.EMAIL: _by_email, Sought.CODE: _by_code, Sought.REFERENCE: _by_reference, Sought.WORDS: _by_words,
}


def _having(column: Any, words: str) -> ColumnElement[bool]:
    """Whether a text has words next to each other, in small letters, with capitals or in capitals."""
    ways = {way for one in (words, words.title()) for way in spellings(one)} | {_lowered(words)}
    return or_(*(func.lower(column).contains(way, autoescape=True) for way in ways))


def _lowered(text: str) -> str:
    return "".join(c.lower() if c.isascii() else c for c in text)


def _answers_of(invited: ColumnElement[bool]) -> Any:
    found = select(Respondent.submission_id).join(Invitation, Invitation.id == Respondent.invitation_id)
    return found.where(invited)


def _found(rows: Select[*tuple[Any, ...]]) -> Iterable[Found]:
    for kind, key, at, ref, text, language in session.execute(rows.limit(MOST_FOUND)):
        yield Found(kind, key, at, ref, first_sentence(text or ""), language)


def _contributions(municipality_id: int, *which: ColumnElement[bool]) -> Iterable[Found]:
    # An e-mail is no words: what begins the first version is what its author called it.
    return _found(
        select(literal("contribution"), Contribution.ref, Contribution.submitted_at, Contribution.ref,
               func.coalesce(TextVersion.title, TextVersion.body), Contribution.language)
        .join(TextVersion, TextVersion.contribution_id == Contribution.id)
        .where(Contribution.municipality_id == municipality_id, TextVersion.number == 1, *which)
        .order_by(Contribution.id.desc())
    )


def _reports(municipality_id: int, *which: ColumnElement[bool]) -> Iterable[Found]:
    return _found(
        select(literal("report"), cast(Report.id, String), Report.at, Contribution.ref, Report.words,
               Contribution.language)
        .join(Contribution, Contribution.id == Report.contribution_id)
        .where(Contribution.municipality_id == municipality_id, *which).order_by(Report.id.desc())
    )


def _submissions(municipality_id: int, *which: ColumnElement[bool]) -> Iterable[Found]:
    rows = session.execute(
        select(cast(Submission.id, String), Submission.received_on, Survey.ref, Submission.language)
        .join(Survey, Survey.id == Submission.survey_id)
        .where(Submission.municipality_id == municipality_id, *which)
        .order_by(Submission.id).limit(MOST_FOUND)
    )
    return [Found("submission", key, _noon(day), ref, "", language) for key, day, ref, language in rows]


def _invitations(municipality_id: int, *which: ColumnElement[bool]) -> Iterable[Found]:
    return _found(
        select(literal("invitation"), cast(Invitation.id, String),
               func.coalesce(Invitation.invited_at, Survey.created_at), Survey.ref, literal(""),
               Invitation.language)
        .join(Survey, Survey.id == Invitation.survey_id)
        .where(Invitation.municipality_id == municipality_id, *which).order_by(Invitation.id.desc())
    )


def _feedback(municipality_id: int, *which: ColumnElement[bool]) -> Iterable[Found]:
    return _found(
        select(literal("feedback"), cast(Feedback.id, String), Feedback.at, literal(""), Feedback.body,
               Feedback.language)
        .where(Feedback.municipality_id == municipality_id, *which).order_by(Feedback.id.desc())
    )


def _noon(day: date) -> datetime:
    """An answer to a survey has a day and no time."""
    return datetime.combine(day, time(12), clock.LOCAL)
