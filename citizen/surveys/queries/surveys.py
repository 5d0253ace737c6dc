"""Surveys, their drafts and their versions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, func, or_, select

from citizen.base.db import session
from citizen.surveys.models import Survey, SurveyText, SurveyVersion
from citizen.surveys.rules import Shown
from citizen.surveys.rules.document import Document, Texts, from_json


@dataclass(frozen=True)
class Published:
    """A version as it is read: what it asks, and in which words."""

    survey_id: int
    number: int
    document: Document
    texts: Texts


def survey(ref: str) -> Survey | None:
    return session.scalar(select(Survey).where(Survey.ref == ref))


def survey_by_id(survey_id: int) -> Survey:
    return session.get_one(Survey, survey_id)


def surveys_of(programme_ids: set[int]) -> Sequence[Survey]:
    """The surveys of some programmes, newest first."""
    return session.scalars(
        select(Survey).where(Survey.programme_id.in_(programme_ids)).order_by(Survey.id.desc())
    ).all()


def open_surveys(programme_id: int, today: date) -> list[tuple[Survey, Published]]:
    """Those of a programme that can be answered on a day, in the order they close."""
    rows = session.execute(
        with_newest(Survey, SurveyVersion).where(
            Survey.programme_id == programme_id, Survey.closed_at.is_(None),
            or_(Survey.opens_on.is_(None), Survey.opens_on <= today),
            or_(Survey.closes_on.is_(None), Survey.closes_on >= today),
        )
        .order_by(Survey.closes_on.is_(None), Survey.closes_on, Survey.id)
    )
    return [(found, as_published(version)) for found, version in rows]


def surveys_with_results(programme_id: int) -> list[tuple[Survey, Published]]:
    """Those of a programme that show everybody their results at some time, newest first."""
    rows = session.execute(
        with_newest(Survey, SurveyVersion)
        .where(Survey.programme_id == programme_id, Survey.results != Shown.NEVER)
        .order_by(Survey.id.desc())
    )
    return [(found, as_published(version)) for found, version in rows]


def with_newest(*columns: Any) -> Select[*tuple[Any, ...]]:
    """Columns of the surveys that have been published, each with its newest version."""
    newest = (
        select(SurveyVersion.survey_id, func.max(SurveyVersion.number).label("number"))
        .group_by(SurveyVersion.survey_id).subquery()
    )
    return (
        select(*columns).select_from(Survey)
        .join(newest, newest.c.survey_id == Survey.id)
        .join(SurveyVersion, (SurveyVersion.survey_id == Survey.id)
              & (SurveyVersion.number == newest.c.number))
    )


def latest(survey_id: int) -> Published | None:
    """The newest version of a survey; None while there is none."""
    row = session.scalar(
        select(SurveyVersion)
        .where(SurveyVersion.survey_id == survey_id)
        .order_by(SurveyVersion.number.desc()).limit(1)
    )
    return as_published(row) if row else None


def published(survey_id: int, number: int) -> Published:
    """A version by its number.

    Raises
    ------
    sqlalchemy.exc.NoResultFound
        If there is none.
    """
    return as_published(session.get_one(SurveyVersion, (survey_id, number)))


def as_published(row: SurveyVersion) -> Published:
    """A stored version as it is read."""
    return Published(row.survey_id, row.number, from_json(row.content), row.texts)


def draft_of(found: Survey) -> Document:
    """What a survey's draft asks."""
    return from_json(found.content)


def text_rows(survey_id: int) -> Sequence[SurveyText]:
    """Every text of a draft, by key and language."""
    return session.scalars(
        select(SurveyText).where(SurveyText.survey_id == survey_id)
        .order_by(SurveyText.key, SurveyText.language)
    ).all()


def draft_texts(survey_id: int) -> Texts:
    """The texts of a draft."""
    found: Texts = {}
    for row in text_rows(survey_id):
        found.setdefault(row.key, {})[row.language] = row.text
    return found


def due_to_close(today: date) -> Sequence[int]:
    """Surveys whose last day has passed."""
    return session.scalars(
        select(Survey.id).where(Survey.closed_at.is_(None), Survey.closes_on < today).order_by(Survey.id)
    ).all()


def all_surveys() -> Sequence[Survey]:
    """Every survey, oldest first."""
    return session.scalars(select(Survey).order_by(Survey.id)).all()
