"""Texts of answers out of which moderators have taken something: whoever reads answers reads them so."""

from sqlalchemy import and_, select
from sqlalchemy.orm import aliased

from citizen.base.db import session
from citizen.contributions.models import Contribution, Redaction, TextVersion
from citizen.contributions.queries import newest_number
from citizen.surveys.models import AnswerText


def redacted_texts(survey_id: int) -> dict[tuple[str, str], str]:
    """(question, what was answered) → how it may be read.

    By the words and not by the answer: of an anonymous one nobody knows which text was whose.
    """
    own, newest = aliased(TextVersion), aliased(TextVersion)
    rows = session.execute(
        select(AnswerText.question, own.body.label("own"), newest.body, Redaction.removed)
        .join(Contribution, Contribution.id == AnswerText.contribution_id)
        .join(Redaction, and_(Redaction.contribution_id == Contribution.id,
                              Redaction.version == newest_number()))
        .join(own, and_(own.contribution_id == Contribution.id, own.number == 1))
        .join(newest, and_(newest.contribution_id == Contribution.id, newest.number == Redaction.version))
        .where(AnswerText.survey_id == survey_id)
    )
    return {(row.question, row.own): row.body for row in rows if row.removed}
