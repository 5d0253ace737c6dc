"""The demo's survey, published; its results are for everybody from the start."""

from datetime import date, timedelta

from citizen.base import clock
from citizen.demo.rules import read
from citizen.surveys import actions
from citizen.surveys.rules import Shown
from citizen.surveys.rules.outline import from_outline


def build_survey(programme_id: int, user_id: int) -> None:
    """A survey about getting around, in four languages, open for five weeks of which one has passed."""
    today = clock.today()
    with clock.stopped_at(clock.now() - timedelta(days=8)):
        _build(programme_id, user_id, today - timedelta(days=7), today + timedelta(days=28))


def _build(programme_id: int, user_id: int, opens_on: date, closes_on: date) -> None:
    document, texts = from_outline(read("survey.json"))
    survey = actions.create_survey(
        programme_id=programme_id, municipality_id=None, languages=document.languages,
        title=texts["title"][document.languages[0]], user_id=user_id,
    )
    survey.opens_on, survey.closes_on = opens_on, closes_on
    survey.in_library, survey.asks_sector, survey.results = True, True, Shown.LIVE
    for key, by_language in texts.items():
        for language, text in by_language.items():
            actions.save_text(survey, key, language, text)
    actions.save_document(survey, document)
    actions.publish(survey, user_id=user_id)
