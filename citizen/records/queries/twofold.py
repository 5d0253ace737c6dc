"""The same text in two places: an answer to a survey, and the contribution that it became.

Of an anonymous survey nothing ties the two but the words, which are the same until one of them changes.
"""

from collections.abc import Sequence

from sqlalchemy import and_, or_, select

from citizen.base.db import session
from citizen.contributions.models import Contribution, TextVersion
from citizen.surveys.models import Answer, AnswerText, Submission

# The first text is the author's own, whatever staff have taken out of it since.
_OWN = and_(TextVersion.contribution_id == AnswerText.contribution_id, TextVersion.number == 1)


def answers_behind(contribution_id: int) -> Sequence[tuple[int, str, str, int | None]]:
    """The answer that a contribution came from: survey, question, text, and whose, where that is known."""
    found = (
        select(AnswerText.survey_id, AnswerText.question, TextVersion.body, AnswerText.submission_id)
        .join(TextVersion, _OWN).where(AnswerText.contribution_id == contribution_id)
    )
    return [(row[0], row[1], row[2], row[3]) for row in session.execute(found)]


def texts_of_answer(submission: Submission) -> Sequence[Contribution]:
    """The contributions that texts of an answer became, locked for change."""
    same = and_(Answer.survey_id == AnswerText.survey_id, Answer.question == AnswerText.question,
                Answer.text == TextVersion.body, Answer.submission_id == submission.id)
    alike = (
        select(AnswerText.contribution_id).join(TextVersion, _OWN).join(Answer, same)
        .where(AnswerText.submission_id.is_(None))
    )
    its = select(AnswerText.contribution_id).where(AnswerText.submission_id == submission.id)
    return session.scalars(
        select(Contribution).where(or_(Contribution.id.in_(its), Contribution.id.in_(alike)))
        .order_by(Contribution.id).with_for_update()
    ).all()
