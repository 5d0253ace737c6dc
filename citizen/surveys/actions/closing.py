"""Closing: what waits is opened, and what tied people to answers is destroyed. There is no way back."""

import secrets

from flask_babel import gettext as _
from sqlalchemy import delete, select

from citizen.base import audit, clock, outbox
from citizen.base.db import session
from citizen.base.errors import Conflict
from citizen.surveys.actions.answering import forget_unfinished
from citizen.surveys.actions.receiving import open_sealed
from citizen.surveys.models import Invitation, Participation, Respondent, Submission, Survey
from citizen.surveys.rules import Level
from citizen.surveys.rules.inviting import mail_about


def close(survey: Survey, user_id: int | None) -> None:
    """End a survey for good.

    Raises
    ------
    Conflict
        If it is closed already.
    """
    session.refresh(survey, with_for_update={"key_share": True})
    if survey.closed_at is not None:
        raise Conflict(_("This survey has been closed already."))
    survey.closed_at, survey.participation_key = clock.now(), None
    session.flush()
    open_sealed(survey)
    session.execute(delete(Participation).where(Participation.survey_id == survey.id))
    outbox.take_back(mail_about(survey.ref))
    if survey.level != Level.NAMED:
        _forget_who(survey)
    forget_unfinished()
    audit.record("surveys.close", survey.ref, user_id)
    session.flush()


def _forget_who(survey: Survey) -> None:
    """Nothing is left by which an invitation, or the code in its mail, could be tied to anything."""
    of_survey = select(Submission.id).where(Submission.survey_id == survey.id)
    session.execute(delete(Respondent).where(Respondent.submission_id.in_(of_survey))
                    .execution_options(synchronize_session=False))
    for invitation in session.scalars(select(Invitation).where(Invitation.survey_id == survey.id)):
        invitation.email = invitation.name = invitation.reminded_at = None
        # Its code came from the reference; by a new one nobody finds it.
        invitation.ref, invitation.digest = f"N-{secrets.token_hex(5)}", secrets.token_hex(32)
    session.flush()
