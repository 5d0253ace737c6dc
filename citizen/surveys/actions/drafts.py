"""Drafts: what a survey will ask when it is published next."""

import secrets
from datetime import date

from flask_babel import gettext as _
from sqlalchemy import update

from citizen.base import clock, ids
from citizen.base.db import session
from citizen.base.errors import Conflict
from citizen.surveys.models import Survey, SurveyText
from citizen.surveys.rules import Level
from citizen.surveys.rules.document import Document, as_json


def create_survey(
    *,
    programme_id: int,
    municipality_id: int | None,
    languages: tuple[str, ...],
    title: str,
    level: Level = Level.ANONYMOUS,
    once: bool = True,
    closes_on: date | None = None,
    user_id: int | None,
) -> Survey:
    """A survey that asks nothing yet. ``title`` is in the first of the languages."""
    found = Survey(
        ref=ids.new_ref("S"), programme_id=programme_id, municipality_id=municipality_id,
        content=as_json(Document(languages)), level=level, once=once, closes_on=closes_on,
        created_at=clock.now(), created_by=user_id, participation_key=secrets.token_hex(32),
    )
    session.add(found)
    session.flush()
    save_text(found, "title", languages[0], title)
    return found


def save_document(survey: Survey, document: Document) -> None:
    """Keep a draft as it is now. Whoever changes one that others know of holds it first."""
    survey.content = as_json(document)
    session.flush()


def hold(survey: Survey, expected_version: int | None = None) -> None:
    """Nobody else changes the survey until this request is over; whoever did before it is heard.

    Raises
    ------
    Conflict
        If somebody else has changed it since ``expected_version``.
    """
    # The strong lock: whoever begins to answer points at the survey, and is seen before it changes.
    session.refresh(survey, with_for_update=True)
    if expected_version is not None and survey.version != expected_version:
        raise Conflict(_("Somebody else has changed this survey. Nothing was overwritten."))


def save_text(
    survey: Survey, key: str, language: str, text: str, *, state: str = "reviewed", source: str | None = None
) -> None:
    """Keep a draft's text in one language; an empty one is taken away.

    Parameters
    ----------
    source : the text it was translated from, of a translation.
    """
    row = session.get(SurveyText, (survey.id, key, language))
    if row is not None and row.text != text and language == survey.content["languages"][0]:
        _remember_source(survey, key, row.text)
    if row is not None and not text:
        session.delete(row)
    elif row is not None:
        row.text, row.state, row.source = text, state, source
    elif text:
        session.add(SurveyText(
            survey_id=survey.id, key=key, language=language, text=text, state=state, source=source
        ))
    session.flush()


def _remember_source(survey: Survey, key: str, before: str) -> None:
    """Translations that do not say what they were made from were made from what is about to change."""
    session.execute(
        update(SurveyText)
        .where(SurveyText.survey_id == survey.id, SurveyText.key == key, SurveyText.source.is_(None),
               SurveyText.language != survey.content["languages"][0])
        .values(source=before)
    )
