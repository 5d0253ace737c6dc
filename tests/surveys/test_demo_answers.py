"""A first look at the demo shows results: its answers come in and are counted as all others are."""

from flask import Flask

from citizen.base.db import session
from citizen.contributions.models import Contribution
from citizen.contributions.rules import Visibility
from citizen.demo import actions as demo
from citizen.demo.rules import answers_from, read
from citizen.programmes.models import Municipality
from citizen.surveys import queries
from citizen.surveys.models import Sealed, Submission
from citizen.surveys.rules.flow import settled
from tests.pages import Browser
from tests.surveys.samples import travel
from tests.world import World


def test_every_answer_of_the_demo_is_one_that_the_survey_asks_for() -> None:
    document, _texts = travel()
    codes = {question.code for question in document.questions}
    beside = {"lang", "town", "days_ago", "channel", "place", "sector", "state", "others"}
    for told in read("answers.json"):
        assert set(told) - codes <= beside
        _given, not_shown = settled(document, answers_from(told, document))
        assert not not_shown


def test_the_demo_shows_results_from_the_start(app: Flask, world: World, browser: Browser) -> None:
    with app.app_context():
        towns = {name: session.get_one(Municipality, found)
                 for name, found in (("granasen", world.swedish), ("elvmark", world.norwegian))}
        demo.build_survey(world.programme, world.facilitator)
        demo.build_answers(world.programme, towns, world.moderator)
        session.commit()
        survey = queries.surveys_of({world.programme})[0]
        assert (session.query(Submission).count(), session.query(Sealed).count()) == (40, 2)
        assert {one.language for one in session.query(Submission)} == {"nn", "nb", "sv"}
        texts = session.query(Contribution)
        assert texts.filter_by(visibility=Visibility.PUBLISHED).count() == 15
        assert texts.filter_by(visibility=Visibility.SUBMITTED).count() == 6
        ref = survey.ref
    page = browser.get(f"/nn/surveys/{ref}/results")
    assert "Med bil" in page.text
    assert "17 of 40" in page.text
