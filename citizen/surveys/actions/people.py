"""Asking people to answer: invitations, reminders, and the wish to get no more mail."""

from collections.abc import Iterable, Sequence

from flask import current_app, render_template
from flask_babel import gettext as _

from citizen.base import audit, clock, ids, locale, outbox
from citizen.base.db import session
from citizen.base.errors import Refused
from citizen.base.pages import whole_address
from citizen.programmes.models import Municipality
from citizen.surveys import queries
from citizen.surveys.actions.receiving import Closed, participation_digest
from citizen.surveys.models import Invitation, Survey
from citizen.surveys.queries import Published
from citizen.surveys.rules import Level, links
from citizen.surveys.rules.inviting import Invitee, about_this_many, mail_about, subject

SUBJECT_LENGTH = 180


def invite(
    survey: Survey, people: Iterable[Invitee], *, municipality_id: int, language: str, user_id: int | None
) -> int:
    """Invite people by mail, each address once; whoever has been invited before is passed over.

    Parameters
    ----------
    language : of those who come without one.

    Returns
    -------
    How many are new.

    Raises
    ------
    Closed
        If the survey has closed, or was never published.
    """
    session.refresh(survey, with_for_update={"key_share": True})
    published = _open(survey)
    known, count = queries.invited_addresses(survey.id), 0
    for one in people:
        if one.email in known:
            continue
        known.add(one.email)
        ref = ids.new_ref("N")
        invitation = Invitation(
            ref=ref, survey_id=survey.id, email=one.email, name=one.name or None,
            language=one.language or language, municipality_id=municipality_id,
            digest=invitation_digest(invitation_code(ref)), invited_at=clock.now(),
        )
        session.add(invitation)
        _write(survey, published, invitation, "mail/survey_invitation.txt")
        count += 1
    audit.record("surveys.invite", survey.ref, user_id, count=count)
    session.flush()
    return count


def remind(survey: Survey, user_id: int | None) -> int:
    """Write again to those who have neither answered nor declined, at most once a day.

    Returns
    -------
    How many it went to. Staff are told no more than `to_remind` says.

    Raises
    ------
    Refused
        If a reminder has gone out today, or the survey is closed.
    """
    session.refresh(survey, with_for_update={"key_share": True})
    published = _open(survey)
    if reminded_today(survey):
        raise Refused(_("A reminder has been sent today. The next one can go out tomorrow."))
    waiting = _waiting(survey)
    for invitation in waiting:
        invitation.reminded_at = clock.now()
        _write(survey, published, invitation, "mail/survey_reminder.txt")
    audit.record("surveys.remind", survey.ref, user_id, at_most=to_remind(survey))
    session.flush()
    return len(waiting)


def reminded_today(survey: Survey) -> bool:
    """Whether a reminder has gone out today."""
    latest = queries.latest_reminder(survey.id)
    return latest is not None and latest.astimezone(clock.LOCAL).date() == clock.today()


def decline(invitation: Invitation) -> None:
    """Note that somebody wants no more mail, and take back what waits to be sent."""
    invitation.declined_at = invitation.declined_at or clock.now()
    outbox.take_back_stoppable(_stop_address(invitation))
    session.flush()


def answered_invitations(survey: Survey) -> set[int]:
    """The ids of those invited who have answered; for pages only of a named survey."""
    if survey.closed_at is not None:
        return queries.respondents(survey.id)
    by_digest = {
        participation_digest(survey, invitation_code(one.ref)): one.id
        for one in queries.invitations(survey.id)
    }
    return {by_digest[digest] for digest in queries.taken_part(survey, list(by_digest))}


def answered_count(survey: Survey) -> int:
    """How many of those invited have answered: exact of a named survey, else in whole groups of k."""
    exact = len(answered_invitations(survey)) if survey.closed_at is None or _is_named(survey) else 0
    return exact if _is_named(survey) else about_this_many(exact, survey.k)


def to_remind(survey: Survey) -> int:
    """How many a reminder would go to, at most: no more can be read off it than off `answered_count`."""
    counts = queries.counts(survey.id)
    if _is_named(survey):
        return len(_waiting(survey))
    return max(0, counts.invited - counts.declined - answered_count(survey))


def participant_of(survey: Survey, code: str) -> tuple[str, int] | None:
    """Whose invitation a code is: the participation's digest and the invitation's id.

    None where the code is none of this survey's, or the survey has closed.
    """
    code = ids.read_code(code)
    invitation = queries.invitation_by_digest(invitation_digest(code))
    if invitation is None or invitation.survey_id != survey.id or survey.participation_key is None:
        return None
    return participation_digest(survey, code), invitation.id


def invitation_code(ref: str) -> str:
    """The code in an invitation's mail, derived so that it is stored nowhere."""
    return ids.secret_code(_key(), subject(ref))


def invitation_digest(code: str) -> str:
    """What is stored of an invitation's code."""
    return ids.digest_of(_key(), code)


def _waiting(survey: Survey) -> Sequence[Invitation]:
    answered = answered_invitations(survey)
    return [
        one for one in queries.invitations(survey.id)
        if one.id not in answered and one.declined_at is None and one.email
    ]


def _is_named(survey: Survey) -> bool:
    return survey.level == Level.NAMED


def _open(survey: Survey) -> Published:
    """The newest version of a survey that can still be answered.

    Raises
    ------
    Closed
        If it cannot.
    """
    published = queries.latest(survey.id)
    if published is None:
        raise Closed(_("This survey has not been published yet."))
    if survey.closed_at is not None:
        raise Closed(_("This survey has closed."))
    return published


def _write(survey: Survey, published: Published, invitation: Invitation, template: str) -> None:
    """In the receiver's language, with a way to answer and one to get no more."""
    code, stop = invitation_code(invitation.ref), _stop_address(invitation)
    with locale.speaking(invitation.language):
        title = locale.in_language(
            published.texts["title"], invitation.language, published.document.languages
        )[0]
        municipality = session.get_one(Municipality, invitation.municipality_id)
        outbox.put(
            receiver=str(invitation.email), language=invitation.language, about=mail_about(survey.ref),
            subject=title[:SUBJECT_LENGTH], stop_url=stop,
            body=render_template(
                template, survey=survey, title=title, name=invitation.name, stop=stop,
                municipality=locale.in_language(municipality.names, invitation.language)[0],
                address=whole_address(links.start_path(invitation.language, survey.ref, invitation=code)),
            ),
        )


def _stop_address(invitation: Invitation) -> str:
    return whole_address(links.stop_path(invitation.language, invitation_code(invitation.ref)))


def _key() -> str:
    return str(current_app.extensions["citizen.settings"].secret_key)
