"""What a retention rule takes out of surveys: words, never answers, so that what was counted stays so."""

import secrets
from collections.abc import Callable, Sequence

from sqlalchemy import delete, select

from citizen.base.db import session
from citizen.contributions import actions as contributions
from citizen.surveys.models import Answer, Invitation, Respondent, Submission


def dispose_texts(submission_ids: Sequence[int], marks: dict[str, str]) -> dict[str, int]:
    """Take every typed word out of answers, and their photos; the mark stands where words were.

    Parameters
    ----------
    marks : language → what is said instead of what was written.

    Returns
    -------
    How many texts and photos went.
    """
    found = session.execute(
        select(Answer, Submission.language)
        .join(Submission, Submission.id == Answer.submission_id)
        .where(Answer.submission_id.in_(submission_ids), Answer.text.is_not(None))
    ).all()
    texts = 0
    for answer, language in found:
        mark = marks.get(language, marks["en"])
        if answer.text != mark:
            answer.text, texts = mark, texts + 1
    session.flush()
    digests = session.scalars(select(Submission.digest).where(Submission.id.in_(submission_ids))).all()
    return {"survey_answer": texts, "picture": contributions.drop_answer_pictures(digests)}


def dispose_people(invitation_ids: Sequence[int]) -> dict[str, int]:
    """Take away who was invited and which answer is theirs; the answers stay, and are nobody's."""
    gone = session.execute(
        delete(Respondent).where(Respondent.invitation_id.in_(invitation_ids)).returning(Respondent.submission_id)
    ).all()
    for invitation in session.scalars(select(Invitation).where(Invitation.id.in_(invitation_ids))):
        invitation.email = invitation.name = None
        # Its code came from the reference; by a new one nobody finds it.
        invitation.ref, invitation.digest = f"N-{secrets.token_hex(5)}", secrets.token_hex(32)
    session.flush()
    return {"survey_respondent": len(gone)}


def erase_answer_words(submission_id: int, erase: Callable[[str], tuple[str, int]]) -> int:
    """Take somebody's words out of the texts of one answer for good; gives the number of places changed."""
    total = 0
    for answer in session.scalars(
        select(Answer).where(Answer.submission_id == submission_id, Answer.text.is_not(None))
    ):
        answer.text, count = erase(answer.text or "")
        total += count
    session.flush()
    return total


def erase_answer_text(
    survey_id: int, question: str, text: str, submission_id: int | None,
    erase: Callable[[str], tuple[str, int]],
) -> int:
    """Take somebody's words out of the answer that a contribution came from; gives how many places changed.

    Parameters
    ----------
    submission_id : whose it is; None where the survey is anonymous: then it is all that says the same in the
        same words.
    """
    found = select(Answer).where(
        Answer.survey_id == survey_id, Answer.question == question, Answer.text == text
    )
    if submission_id is not None:
        found = found.where(Answer.submission_id == submission_id)
    total = 0
    for answer in session.scalars(found):
        answer.text, count = erase(text)
        total += count
    session.flush()
    return total
