"""What was written, never beside who wrote it: a text stands alone, or beside the theme it is in."""

from dataclasses import dataclass

from sqlalchemy import and_, func, or_, select

from citizen.base.db import session
from citizen.base.pages import Page
from citizen.contributions.models import Contribution, TextVersion
from citizen.contributions.queries import newest_number
from citizen.contributions.rules import Visibility
from citizen.surveys.models import Answer, AnswerText

PAGE_SIZE = 20


@dataclass(frozen=True)
class Written:
    """A text that became a contribution."""

    contribution_id: int
    ref: str
    language: str
    body: str
    visibility: str


def written(survey_id: int, question: str, *, only_public: bool, page: int = 1) -> Page:
    """The contributions that answers to a question became, newest public ones first."""
    is_public = Contribution.visibility == Visibility.PUBLISHED
    chosen = [AnswerText.survey_id == survey_id, AnswerText.question == question]
    if only_public:
        chosen.append(is_public)
    number = Contribution.public_version if only_public else func.coalesce(
        Contribution.public_version, newest_number()
    )
    wanted = (
        select(Contribution.id, Contribution.ref, Contribution.language, TextVersion.body,
               Contribution.visibility)
        .join(AnswerText, AnswerText.contribution_id == Contribution.id)
        .join(TextVersion, and_(TextVersion.contribution_id == Contribution.id, TextVersion.number == number))
        .where(*chosen)
        .order_by(Contribution.published_at.is_(None), Contribution.published_at.desc(),
                  Contribution.id.desc())
        .limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE)
    )
    total = session.scalar(
        select(func.count()).select_from(AnswerText)
        .join(Contribution, Contribution.id == AnswerText.contribution_id).where(*chosen)
    )
    return Page([Written(*row) for row in session.execute(wanted)], page, PAGE_SIZE, total or 0)


def public_texts(survey_id: int) -> dict[str, int]:
    """Question → how many of its texts everybody can read."""
    rows = session.execute(
        select(AnswerText.question, func.count())
        .join(Contribution, Contribution.id == AnswerText.contribution_id)
        .where(AnswerText.survey_id == survey_id, Contribution.visibility == Visibility.PUBLISHED)
        .group_by(AnswerText.question)
    )
    return {row[0]: row[1] for row in rows}


def plain_texts(survey_id: int, question: str, page: int = 1) -> Page:
    """What was written to a question, for staff: (option it stands beside, text). In the order of the
    alphabet: any other would be the same for every question, and tell which texts are one person's."""
    chosen = [Answer.survey_id == survey_id, Answer.question == question, Answer.is_shown.is_(True),
              or_(Answer.text.is_not(None), Answer.day.is_not(None))]
    said = func.lower(Answer.text)
    rows = session.execute(
        select(Answer.option, Answer.text, Answer.day).where(*chosen)
        .order_by(Answer.day, said, Answer.text).limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE)
    )
    total = session.scalar(select(func.count()).select_from(Answer).where(*chosen))
    return Page([tuple(row) for row in rows], page, PAGE_SIZE, total or 0)
