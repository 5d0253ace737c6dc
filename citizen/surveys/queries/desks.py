"""What editors see of their surveys, and of those that others offer to begin from."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, func, or_, select

from citizen.base.db import session
from citizen.surveys.models import (
    Attempt,
    Invitation,
    Participation,
    Sealed,
    Submission,
    Survey,
    SurveyText,
    SurveyVersion,
)
from citizen.surveys.queries.surveys import Published, as_published, with_newest
from citizen.surveys.rules.document import asked


@dataclass(frozen=True)
class Offered:
    """A survey in the library, with its newest version."""

    survey: Survey
    published: Published

    @property
    def questions(self) -> int:
        """How many questions it asks."""
        return sum(len(asked(page)) for page in self.published.document.pages)


def has_begun(survey_id: int) -> bool:
    """Whether anybody has answered, is answering or has been invited: they have been told how their answers
    are kept."""
    told = (Attempt, Sealed, Submission, Participation, Invitation)
    found = select(or_(*(exists().where(table.survey_id == survey_id) for table in told)))
    return bool(session.scalar(found))


def can_undo(survey: Survey) -> bool:
    """Whether nothing has been changed since the latest removal."""
    return survey.undo is not None and survey.undo.get("version") == survey.version


def latest_numbers(survey_ids: Iterable[int]) -> dict[int, int]:
    """Survey → number of its newest version; without those that have none."""
    rows = session.execute(
        select(SurveyVersion.survey_id, func.max(SurveyVersion.number))
        .where(SurveyVersion.survey_id.in_(list(survey_ids))).group_by(SurveyVersion.survey_id)
    )
    return {row[0]: row[1] for row in rows}


def titles_of(survey_ids: Iterable[int]) -> dict[int, dict[str, str]]:
    """Survey → language → the title of its draft."""
    rows = session.execute(
        select(SurveyText.survey_id, SurveyText.language, SurveyText.text)
        .where(SurveyText.survey_id.in_(list(survey_ids)), SurveyText.key == "title")
        .order_by(SurveyText.survey_id, SurveyText.language)
    )
    found: dict[int, dict[str, str]] = {}
    for survey_id, language, text in rows:
        found.setdefault(survey_id, {})[language] = text
    return found


def received_counts(survey_ids: Iterable[int]) -> dict[int, int]:
    """Survey → how many answers have been received and can be counted (`waiting` tells of others)."""
    rows = session.execute(
        select(Submission.survey_id, func.count()).where(Submission.survey_id.in_(list(survey_ids)))
        .group_by(Submission.survey_id)
    )
    return {row[0]: row[1] for row in rows}


def library(words: str = "") -> list[Offered]:
    """Published surveys that their editors offer to others, newest first; with all the words somewhere in
    their texts."""
    wanted = words.casefold().split()
    return [o for o in _offered() if all(word in _all_texts(o.published) for word in wanted)]


def offered(ref: str) -> Offered | None:
    """A survey of the library by its reference."""
    return next(iter(_offered(Survey.ref == ref)), None)


def _offered(*conditions: ColumnElement[bool]) -> list[Offered]:
    rows = session.execute(
        with_newest(Survey, SurveyVersion)
        .where(Survey.in_library, *conditions).order_by(Survey.id.desc())
    )
    return [Offered(found, as_published(version)) for found, version in rows]


def _all_texts(published: Published) -> str:
    return "\n".join(
        text for by_language in published.texts.values() for text in by_language.values()
    ).casefold()
