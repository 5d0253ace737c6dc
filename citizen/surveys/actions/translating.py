"""Translations of a draft, and the languages that it is offered in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from flask_babel import gettext as _
from sqlalchemy import select

from citizen.base import audit
from citizen.base.db import session
from citizen.base.errors import Refused
from citizen.base.words import clean_text
from citizen.surveys import queries
from citizen.surveys.actions.drafts import hold, save_document
from citizen.surveys.models import Survey, SurveyText
from citizen.surveys.rules.translating import Change, completeness, with_source


@dataclass(frozen=True)
class Saved:
    """How many texts were kept, and what those say now that somebody else has changed meanwhile."""

    count: int
    clashes: Mapping[tuple[str, str], str]


def save_texts(survey: Survey, changes: Iterable[Change], *, user_id: int | None, way: str) -> Saved:
    """Keep translations; an empty one is taken away. Those that no longer are what they were are left alone.

    Parameters
    ----------
    way : how they came, "page" or "file".
    """
    rows = _locked_rows(survey)
    clashes: dict[tuple[str, str], str] = {}
    kept = []
    for change in changes:
        row = rows.get((change.key, change.language))
        now = row.text if row else ""
        if clean_text(now) not in (clean_text(change.was), change.text):
            clashes[change.key, change.language] = now
        else:
            _keep(survey, row, change)
            kept.append(change)
    session.flush()
    audit.record("surveys.translate", survey.ref, user_id, texts=len(kept), way=way,
                 languages=sorted({change.language for change in kept}))
    return Saved(len(kept), clashes)


def _locked_rows(survey: Survey) -> dict[tuple[str, str], SurveyText]:
    """The texts as they are now; nobody else translates them until this is done."""
    session.execute(select(Survey.id).where(Survey.id == survey.id).with_for_update(key_share=True))
    rows = session.scalars(
        select(SurveyText).where(SurveyText.survey_id == survey.id).with_for_update()
        .execution_options(populate_existing=True)
    )
    return {(row.key, row.language): row for row in rows}


def _keep(survey: Survey, row: SurveyText | None, change: Change) -> None:
    if row is not None and not change.text:
        session.delete(row)
    elif row is not None:
        row.text, row.state, row.source = change.text, change.state, change.source
    elif change.text:
        session.add(SurveyText(
            survey_id=survey.id, key=change.key, language=change.language, text=change.text,
            state=change.state, source=change.source,
        ))


def add_language(survey: Survey, language: str, *, version: int, user_id: int | None) -> None:
    """Offer the survey in one more language. Texts that it had in it before are there again.

    Raises
    ------
    Conflict
        If somebody else has changed the survey since ``version``.
    """
    hold(survey, version)
    document = queries.draft_of(survey)
    if language not in document.languages:
        document = replace(document, languages=(*document.languages, language))
    save_document(survey, document)
    audit.record("surveys.add_language", survey.ref, user_id, language=language)


def remove_language(survey: Survey, language: str, *, version: int, user_id: int | None) -> None:
    """Offer the survey no longer in a language. Its texts are kept, and so are versions and answers.

    Raises
    ------
    Conflict
        If somebody else has changed the survey since ``version``.
    Refused
        If the others are translated from it.
    """
    hold(survey, version)
    document = queries.draft_of(survey)
    if language == document.languages[0]:
        raise Refused(_("The other languages are translated from this one. Choose another one to "
                        "translate from first."))
    left = tuple(one for one in document.languages if one != language)
    save_document(survey, replace(document, languages=left))
    audit.record("surveys.remove_language", survey.ref, user_id, language=language)


def choose_source(survey: Survey, language: str, *, version: int, user_id: int | None) -> None:
    """Have the others be translated from another language from now on.

    Raises
    ------
    Conflict
        If somebody else has changed the survey since ``version``.
    Refused
        If it does not have every text, reviewed and fresh.
    """
    hold(survey, version)
    document, rows = queries.draft_of(survey), _locked_rows(survey)
    if language not in document.languages or not completeness(document, rows.values())[language].is_whole:
        raise Refused(_("Only a language in which every text is reviewed can be translated from."))
    for place, source in with_source(document, rows.values(), language).items():
        rows[place].source = source
    order = (language, *(one for one in document.languages if one != language))
    save_document(survey, replace(document, languages=order))
    audit.record("surveys.choose_source", survey.ref, user_id, language=language)
