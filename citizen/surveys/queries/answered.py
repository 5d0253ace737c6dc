"""Answers that became contributions, and what they answer."""

from collections.abc import Collection
from dataclasses import dataclass

from citizen.base.db import session
from citizen.surveys.models import AnswerText, Survey, SurveyVersion
from citizen.surveys.queries.surveys import with_newest


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
    rows = session.execute(
        with_newest(AnswerText.contribution_id, Survey.ref, AnswerText.question, SurveyVersion.texts)
        .join(AnswerText, AnswerText.survey_id == Survey.id)
        .where(AnswerText.contribution_id.in_(contribution_ids))
    )
    return {
        contribution: Answered(ref, texts.get("title", {}), texts.get(f"{question}.text", {}))
        for contribution, ref, question, texts in rows
    }
