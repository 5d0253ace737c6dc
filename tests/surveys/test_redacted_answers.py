"""What moderators take out of an answer is in no file and on no page of the survey either."""

import pytest
from flask import Flask

from citizen.base.db import session
from citizen.contributions.models import Contribution
from citizen.surveys.models import Survey
from citizen.surveys.queries.exporting import received
from citizen.surveys.rules import Level
from citizen.surveys.rules.values import Value
from tests.pages import Browser
from tests.surveys.samples import a_survey, answered, by_code, short
from tests.world import World

WISH = "Spør Kari Nordmann om stigen ned i vatnet."
MARKED = WISH.replace("Kari Nordmann", "[[Kari Nordmann]]")


def exported(app: Flask) -> str:
    with app.app_context():
        survey_id = session.query(Survey.id).scalar()
        return repr([row.text for lot in received(survey_id) for one in lot for row in one.rows])


@pytest.mark.parametrize("level", [Level.NAMED, Level.CONFIDENTIAL])
def test_a_file_has_the_answer_as_everyone_may_read_it(
    app: Flask, world: World, moderator: Browser, level: Level
) -> None:
    survey = a_survey(app, world, level=level)
    answered(app, world, survey, by_code(short()[0], swims=Value(options=("yes",)), wish=Value(text=WISH)))
    assert "Kari" in exported(app)
    with app.app_context():
        ref = session.query(Contribution).one().ref
    answer = moderator.post(f"/en/moderation/{ref}/redaction", {
        "version": "1", "of_version": "1", "body": MARKED, "reason": "personal_data", "words": "",
    })
    assert answer.status == 303
    assert "Kari" not in exported(app)
    assert "om stigen ned i vatnet." in exported(app)
    moderator.post(f"/en/moderation/{ref}/undo", {"version": "2"})
    assert "Kari" in exported(app)
