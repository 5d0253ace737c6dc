"""Answers that became contributions, and what they answer."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, select

from citizen.base.db import session
from citizen.surveys.models import AnswerText, Survey, SurveyVersion


@dataclass(frozen=True)
class Answered:
    """The question that a text answers, in the newest words: language → words."""

    survey_ref: str
    survey: dict[str, str]
    question: dict[str, str]


def questions_answered(contribution_ids: Collection[int]) -> dict[int, Answered]:
    """Those of some contributions that are answers, each with its question."""
    if not contribution_ids:
        return {}
    newest = (
        select(SurveyVersion.survey_id, func.max(SurveyVersion.number).label("number"))
        .group_by(SurveyVersion.survey_id).subquery()
    )
    rows = session.execute(
        select(AnswerText.contribution_id, Survey.ref, AnswerText.question, SurveyVersion.texts)
        .join(Survey, Survey.id == AnswerText.survey_id)
        .join(newest, newest.c.survey_id == Survey.id)
        .join(SurveyVersion, (SurveyVersion.survey_id == Survey.id)
              & (SurveyVersion.number == newest.c.number))
        .where(AnswerText.contribution_id.in_(contribution_ids))
    )
    return {
        contribution: Answered(ref, texts.get("title", {}), texts.get(f"{question}.text", {}))
        for contribution, ref, question, texts in rows
    }
