"""An answer is received once, an anonymous one only together with others, and its texts are moderated."""

from datetime import time
from decimal import Decimal

import pytest
from flask import Flask

from citizen.base import clock
from citizen.base.db import session
from citizen.contributions.models import Contribution
from citizen.surveys import actions, queries
from citizen.surveys.actions.receiving import participation_digest
from citizen.surveys.models import Answer, AnswerText, Participation, Respondent, Sealed, Submission
from citizen.surveys.rules import Level
from citizen.surveys.rules.rows import values_from
from citizen.surveys.rules.values import Value
from tests.surveys.samples import a_survey, answered, by_code, load, reworded, short, travel
from tests.world import World

YES = by_code(short()[0], swims=Value(options=("yes",)), often=Value(number=Decimal(12)),
              wish=Value(text="Ein stige ned i vatnet."))


def count(model: type) -> int:
    return session.query(model).count()


def test_an_answer_sent_twice_is_stored_once(app: Flask, world: World) -> None:
    ref = a_survey(app, world, level=Level.NAMED)
    digest = answered(app, world, ref, YES)
    answered(app, world, ref, YES, digest=digest)
    with app.app_context():
        assert count(Submission) == 1
        assert count(Answer) == 3
        assert count(Contribution) == 1


def test_an_anonymous_answer_waits_until_enough_others_have_come(app: Flask, world: World) -> None:
    ref = a_survey(app, world)
    digest = answered(app, world, ref, YES)
    answered(app, world, ref, YES, digest=digest)
    for _ in range(3):
        answered(app, world, ref, YES)
    with app.app_context():
        assert actions.open_sealed(load(ref)) == 0
        session.commit()
        assert (count(Sealed), count(Submission)) == (4, 0)
    answered(app, world, ref, YES)
    with app.app_context():
        assert actions.open_sealed(load(ref)) == 5
        session.commit()
        assert (count(Sealed), count(Submission), count(Contribution)) == (0, 5, 5)
    answered(app, world, ref, YES, digest=digest)
    with app.app_context():
        assert (count(Sealed), count(Submission)) == (0, 5)


def test_an_anonymous_text_says_neither_when_nor_whose(app: Flask, world: World) -> None:
    ref = a_survey(app, world, level=Level.ANONYMOUS)
    for _ in range(5):
        answered(app, world, ref, YES)
    with app.app_context():
        actions.open_sealed(load(ref))
        session.commit()
        assert {text.submission_id for text in session.query(AnswerText)} == {None}
        at = {c.submitted_at.astimezone(clock.LOCAL).time() for c in session.query(Contribution)}
        assert at == {time(0)}


def test_one_answer_each_is_kept_to(app: Flask, world: World) -> None:
    ref = a_survey(app, world)
    with app.app_context():
        survey = load(ref)
        maja, mats = participation_digest(survey, "maja"), participation_digest(survey, "mats")
    answered(app, world, ref, YES, participant=maja)
    with pytest.raises(actions.AlreadyAnswered):
        answered(app, world, ref, YES, participant=maja)
    answered(app, world, ref, YES, participant=mats)
    with app.app_context():
        assert (count(Participation), count(Sealed)) == (2, 2)


def test_nobody_is_tied_to_an_anonymous_answer(app: Flask, world: World) -> None:
    ref = a_survey(app, world, level=Level.ANONYMOUS)
    for _ in range(5):
        answered(app, world, ref, YES, invitation_id=1)
    with app.app_context():
        actions.open_sealed(load(ref))
        session.commit()
        assert (count(Submission), count(Respondent)) == (5, 0)


def test_every_kind_of_answer_is_read_back_as_it_was(app: Flask, world: World) -> None:
    document = travel()[0]
    answers = by_code(
        document,
        travel=Value(options=("bus",)),
        ease=Value(options=("4",)),
        bus_is=Value(rows={"times": "good", "stops": "bad"}),
        bus_wish=Value(text="Fleire avgangar om kvelden."),
        avoids=Value(options=("yes",)),
        where=Value(text="Undergangen ved skulen", point=(60.123, 12.345)),
        light_wish=Value(text="Set opp lys."),
        first=Value(options=("snow", "light")),
        recommend=Value(options=("dk",)),
        age=Value(options=("ns",)),
    )
    ref = a_survey(app, world, travel(), level=Level.NAMED)
    answered(app, world, ref, answers)
    with app.app_context():
        assert values_from(document, session.query(Answer).filter_by(is_shown=True)) == answers


def test_what_is_no_longer_shown_is_kept_apart_and_contributes_nothing(app: Flask, world: World) -> None:
    document = short()[0]
    ref = a_survey(app, world, level=Level.NAMED)
    answered(app, world, ref, YES | by_code(document, swims=Value(options=("no",))))
    with app.app_context():
        assert {answer.question for answer in session.query(Answer).filter_by(is_shown=True)} == {"q2"}
        assert session.query(Answer).filter_by(is_shown=False).count() == 2
        assert count(Contribution) == 0


def test_a_version_never_changes_and_marks_what_is_new(app: Flask, world: World) -> None:
    ref = a_survey(app, world)
    with app.app_context():
        survey = load(ref)
        before = queries.published(survey.id, 1)
        assert {q.since for q in before.document.questions} == {1}
        reworded(survey, "title", nn="Badestranda", sv="Badstranden")
        actions.publish(survey, user_id=world.facilitator)
        session.commit()
        assert queries.published(survey.id, 1) == before
        latest = queries.latest(survey.id)
        assert latest is not None
        assert (latest.number, latest.texts["title"]["nn"]) == (2, "Badestranda")
