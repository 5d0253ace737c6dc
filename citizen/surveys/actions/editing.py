"""What editors do with a draft and its settings. Each looks at the version first, and is written down."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from sqlalchemy.orm.attributes import flag_modified

from citizen.base import audit, clock, ids
from citizen.base.db import session
from citizen.base.errors import Conflict, Refused
from citizen.surveys import queries
from citizen.surveys.actions.drafts import hold, save_text
from citizen.surveys.models import Survey
from citizen.surveys.queries import Published
from citizen.surveys.rules import Level, Shown
from citizen.surveys.rules.document import Document, as_json, from_json, keys_of
from citizen.surveys.rules.editing import fresh


@dataclass(frozen=True)
class Settings:
    """How a survey is run, beside what it asks."""

    opens_on: date | None
    closes_on: date | None
    level: Level
    once: bool
    asks_sector: bool
    results: Shown
    k: int
    in_library: bool


def edit_draft(
    survey: Survey, document: Document, *, verb: str, user_id: int, expected_version: int,
    said: Mapping[str, str] | None = None, about: str = "", undo_to: Document | None = None,
) -> None:
    """Keep a draft after one step.

    Parameters
    ----------
    said : key → text in the language that the survey is written in.
    about : the id of the question or page that was changed, for the audit.
    undo_to : what `undo` goes back to, until the next step.

    Raises
    ------
    Conflict
        If somebody else has changed the survey since ``expected_version``.
    """
    hold(survey, expected_version)
    survey.undo = {"content": as_json(undo_to), "version": survey.version + 1} if undo_to else None
    survey.content = as_json(document)
    # Texts lie in rows of their own: a change of words alone counts as a change of the survey too.
    flag_modified(survey, "content")
    session.flush()
    for key, text in (said or {}).items():
        save_text(survey, key, document.languages[0], text)
    audit.record(f"surveys.{verb}", survey.ref, user_id, **({"about": about} if about else {}))


def undo(survey: Survey, *, user_id: int, expected_version: int) -> None:
    """Take the latest removal back.

    Raises
    ------
    Conflict
        If something has been changed since.
    """
    hold(survey, expected_version)
    if not queries.can_undo(survey) or survey.undo is None:
        raise Conflict(_("Something has been changed since, so the removal can no longer be undone."))
    edit_draft(survey, from_json(survey.undo["content"]), verb="undo", user_id=user_id,
               expected_version=expected_version)


def change_settings(survey: Survey, settings: Settings, *, user_id: int, expected_version: int) -> None:
    """Change how a survey is run.

    Raises
    ------
    Conflict
        If somebody else has changed the survey since ``expected_version``.
    Refused
        If it would break what those who answer have been told.
    """
    hold(survey, expected_version)
    is_new_promise = (settings.level, settings.k) != (survey.level, survey.k)
    if is_new_promise and queries.has_begun(survey.id):
        raise Refused(_("Somebody has been invited or has begun to answer. "
                        "What they were told about their answers stands."))
    if survey.closed_at is not None and (settings.opens_on, settings.closes_on) != (
        survey.opens_on, survey.closes_on
    ):
        raise Refused(_("The survey has closed and cannot be opened again."))
    for name in ("opens_on", "closes_on", "level", "once", "asks_sector", "results", "k", "in_library"):
        setattr(survey, name, getattr(settings, name))
    flag_modified(survey, "content")
    session.flush()
    audit.record("surveys.settings", survey.ref, user_id, level=str(survey.level), k=survey.k)


def copy_survey(
    original: Published, *, programme_id: int, municipality_id: int | None, user_id: int
) -> Survey:
    """A new draft that asks what a published survey asks, in all its languages."""
    document = fresh(original.document)
    survey = Survey(
        ref=ids.new_ref("S"), programme_id=programme_id, municipality_id=municipality_id,
        content=as_json(document), created_at=clock.now(), created_by=user_id,
        participation_key=secrets.token_hex(32),
    )
    session.add(survey)
    session.flush()
    source = document.languages[0]
    for key in keys_of(document):
        texts = original.texts.get(key, {})
        for language, text in texts.items():
            save_text(survey, key, language, text,
                      source=texts.get(source) if language != source else None)
    audit.record("surveys.copy", survey.ref, user_id, of=queries.survey_by_id(original.survey_id).ref)
    return survey
