"""Free-text answers are moderated beside ideas, meet them in themes, and are never sent back to nobody."""

from flask import Flask

from citizen.base.db import session
from citizen.contributions.models import Contribution
from citizen.surveys.rules import Level
from citizen.surveys.rules.values import Value
from tests.factories import decide
from tests.pages import Browser
from tests.surveys.samples import a_survey, answered, by_code, short
from tests.world import World

WISH = "Ein stige ned i vatnet ville hjelpe dei som er gamle."


def an_answer(app: Flask, world: World, *, state: str = "submitted") -> str:
    """The reference of one free-text answer."""
    ref = a_survey(app, world, level=Level.NAMED)
    answered(app, world, ref, by_code(short()[0], swims=Value(options=("yes",)), wish=Value(text=WISH)))
    with app.app_context():
        contribution = session.query(Contribution).one()
        if state != "submitted":
            decide(contribution, state, world.moderator)
            session.commit()
        return str(contribution.ref)


def test_an_answer_waits_in_the_queue_with_its_question(app: Flask, world: World, moderator: Browser) -> None:
    an_answer(app, world)
    text = moderator.get("/sv/moderation/").text
    assert WISH in text
    assert "Answers the question: Vad saknar du?" in text


def test_an_answer_is_published_or_not_but_never_returned(
    app: Flask, world: World, moderator: Browser
) -> None:
    ref = an_answer(app, world)
    page = moderator.get(f"/nn/moderation/{ref}")
    assert "Answers the question: Kva saknar du? (Badeplassen)" in page.text
    assert 'value="returned"' not in page.html
    version = page.hidden("version")
    refused = moderator.post(f"/nn/moderation/{ref}", {
        "decision": "returned", "version": version, "reason": "off_topic", "words": "Skriv om",
    })
    assert refused.status in (404, 409, 422)
    published = moderator.post(f"/nn/moderation/{ref}", {"decision": "published", "version": version})
    assert published.status in (302, 303)
    with app.app_context():
        assert session.query(Contribution).one().visibility == "published"


def test_an_answer_is_read_under_its_question_among_what_themes_are_made_of(
    app: Flask, world: World, facilitator: Browser
) -> None:
    an_answer(app, world, state="published")
    text = facilitator.get(f"/nn/themes/{world.slug}/unsorted").text
    assert WISH in text
    assert "Answers the question: Kva saknar du?" in text
