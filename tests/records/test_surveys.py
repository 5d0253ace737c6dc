"""Words go out of answers to surveys, and who gave them; how many answered what stays."""

from datetime import timedelta

import pytest
from flask import Flask

from citizen.base import clock
from citizen.base.db import session
from citizen.contributions.models import Contribution
from citizen.records.models import Certificate
from citizen.records.rules import Kind
from citizen.surveys import actions as surveys
from citizen.surveys.models import Answer, AnswerText, Submission, Tally
from citizen.surveys.rules import Level
from citizen.surveys.rules.values import Value
from tests.factories import decide
from tests.records.things import a_rule
from tests.surveys import samples
from tests.surveys.samples import a_survey, answered, by_code, short
from tests.world import World

WISH = "Ein stige ned i vatnet."


@pytest.fixture
def old_survey(app: Flask, world: World) -> str:
    """A survey that was answered, moderated and closed two years ago."""
    with clock.stopped_at(clock.now() - timedelta(days=800)):
        ref = a_survey(app, world, level=Level.NAMED)
        answered(app, world, ref, by_code(short()[0], swims=Value(options=("yes",)), wish=Value(text=WISH)))
        with app.app_context():
            decide(session.query(Contribution).one(), "published", world.moderator)
            survey = samples.load(ref)
            surveys.count_arrivals(survey)
            surveys.close(survey, None)
            session.commit()
    with app.app_context():
        world_town = session.query(Submission).one().municipality_id
    assert world_town == world.norwegian
    return ref


def tallies(app: Flask) -> dict[tuple[str, str], int]:
    with app.app_context():
        return {(row.question, row.option): row.count for row in session.query(Tally)}


def test_words_are_replaced_by_the_mark_and_figures_stay(app: Flask, world: World, old_survey: str) -> None:
    a_rule(app, world, Kind.SURVEY_TEXT)
    before = tallies(app)
    assert before
    done = app.test_cli_runner().invoke(args=["retention", "carry-out", "--yes"])
    assert done.exit_code == 0, done.output
    with app.app_context():
        assert session.query(AnswerText).count() == session.query(Contribution).count() == 0
        assert {a.text for a in session.query(Answer) if a.text} == {"[fjerna av kommunen]"}
        assert session.query(Certificate).one().count == 2
        surveys.recount(samples.load(old_survey))
        session.commit()
    assert tallies(app) == before


def test_a_second_time_there_is_nothing_left(app: Flask, world: World, old_survey: str) -> None:
    a_rule(app, world, Kind.SURVEY_TEXT)
    app.test_cli_runner().invoke(args=["retention", "carry-out", "--yes"])
    assert "survey_text: 0 would go" in app.test_cli_runner().invoke(args=["retention", "plan"]).output
