"""Publishing: a draft becomes a version that never changes."""

from dataclasses import replace

from citizen.base import clock
from citizen.base.db import session
from citizen.surveys import queries
from citizen.surveys.models import Survey, SurveyVersion
from citizen.surveys.rules.document import Document, Page, Question, as_json, keys_of


def publish(survey: Survey, *, user_id: int | None) -> SurveyVersion:
    """Freeze the draft as the next version. What is asked for the first time is marked with its number."""
    before = queries.latest(survey.id)
    number = before.number + 1 if before else 1
    document = _marked(queries.draft_of(survey), number)
    texts = queries.draft_texts(survey.id)
    version = SurveyVersion(
        survey_id=survey.id, number=number, content=as_json(document),
        texts={key: texts[key] for key in keys_of(document) if key in texts},
        published_at=clock.now(), user_id=user_id,
    )
    session.add(version)
    survey.content = as_json(document)
    session.flush()
    return version


def _marked(document: Document, number: int) -> Document:
    return replace(document, pages=tuple(_marked_page(page, number) for page in document.pages))


def _marked_page(page: Page, number: int) -> Page:
    return replace(page, questions=tuple(_marked_question(q, number) for q in page.questions))


def _marked_question(question: Question, number: int) -> Question:
    return replace(
        question, since=question.since or number,
        options=tuple(replace(o, since=o.since or number) for o in question.options),
        rows=tuple(replace(r, since=r.since or number) for r in question.rows),
    )
