"""Received answers are counted once each, and the counts can be made anew."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier

from flask import Flask

from citizen.base.db import session
from citizen.surveys import actions, jobs, queries
from citizen.surveys.models import Submission
from citizen.surveys.queries import Narrowed
from citizen.surveys.queries.results import EVERYBODY
from citizen.surveys.rules import Level
from citizen.surveys.rules.values import Value
from tests.surveys.samples import a_survey, answered, by_code, load, short
from tests.world import World

DOCUMENT = short()[0]
SWIMS, OFTEN = DOCUMENT.questions[0], DOCUMENT.questions[1]
YES, NO = (option.id for option in SWIMS.options)
SWIMMER = by_code(DOCUMENT, swims=Value(options=("yes",)), often=Value(number=Decimal(12)))
OTHER = by_code(DOCUMENT, swims=Value(options=("no",)))


def some_answers(app: Flask, world: World) -> str:
    ref = a_survey(app, world, level=Level.NAMED)
    for answers, language in ((SWIMMER, "nn"), (SWIMMER, "sv"), (OTHER, "nn")):
        answered(app, world, ref, answers, language=language)
    return ref


def test_answers_are_counted_once_each(app: Flask, world: World) -> None:
    ref = some_answers(app, world)
    with app.app_context():
        survey = load(ref)
        assert [actions.count_new(survey, lot) for lot in (2, 2, 2)] == [2, 1, 0]
        session.commit()
        found = queries.tallies(survey.id)
        assert (found[EVERYBODY], found[SWIMS.id, 1, "", YES], found[SWIMS.id, 1, "", NO]) == (3, 2, 1)
        assert (found[OFTEN.id, 1, "", "*"], found[OFTEN.id, 1, "", "12"]) == (2, 2)
        assert queries.tallies(survey.id, Narrowed(language="sv"))[EVERYBODY] == 1
        assert queries.kinds(survey.id).language == ["nn", "sv"]


def test_those_that_wait_are_in_the_figures_already(app: Flask, world: World) -> None:
    ref = some_answers(app, world)
    with app.app_context():
        survey = load(ref)
        documents = {one.number: one.document for one in queries.versions(survey.id)}
        live = queries.with_uncounted(survey.id, documents, {})
        swedish = queries.with_uncounted(survey.id, documents, {}, Narrowed(language="sv", sector=""))
        actions.count_new(survey)
        assert live == (queries.tallies(survey.id), 0)
        assert swedish == (queries.tallies(survey.id, Narrowed(language="sv")), 0)


def test_an_answer_that_is_taken_out_is_counted_anew_as_it_is_then(app: Flask, world: World) -> None:
    ref = some_answers(app, world)
    with app.app_context():
        survey = load(ref)
        actions.count_new(survey)
        before = queries.tallies(survey.id)
        submission = session.query(Submission).filter_by(language="sv").one()
        actions.uncount(submission)
        actions.uncount(submission)
        assert queries.tallies(survey.id)[EVERYBODY] == 2
        assert actions.count_new(survey) == 1
        assert queries.tallies(survey.id) == before


def test_counts_can_be_made_anew(app: Flask, world: World) -> None:
    ref = some_answers(app, world)
    with app.app_context():
        survey = load(ref)
        actions.count_new(survey)
        before = queries.tallies(survey.id)
        session.commit()
    result = app.test_cli_runner().invoke(args=["surveys", "recount", ref.lower()])
    assert (result.exit_code, result.output) == (0, "Counted: 3\n")
    with app.app_context():
        assert queries.tallies(load(ref).id) == before
    assert app.test_cli_runner().invoke(args=["surveys", "recount", "S-NONE"]).exit_code == 1


def test_two_workers_at_once_count_nothing_twice(app: Flask, world: World) -> None:
    ref = some_answers(app, world)
    begin = Barrier(2)

    def work() -> int:
        with app.app_context():
            begin.wait()
            counted = actions.count_new(load(ref))
            session.commit()
            return counted

    with ThreadPoolExecutor(2) as workers:
        counted = [worker.result() for worker in [workers.submit(work), workers.submit(work)]]
    with app.app_context():
        assert (sum(counted), queries.tallies(load(ref).id)[EVERYBODY]) == (3, 3)


def test_two_questions_are_held_against_another_question(app: Flask, world: World) -> None:
    ref = a_survey(app, world, level=Level.NAMED)
    for answers in (SWIMMER, SWIMMER, OTHER):
        answered(app, world, ref, answers)
    with app.app_context():
        survey = load(ref)
        found = queries.crossed(survey.id, (SWIMS.id, 1), (SWIMS.id, 1), Narrowed(language="nn", sector=""))
        assert found == {(YES, YES): 2, (NO, NO): 1}
        assert queries.crossed(survey.id, (SWIMS.id, 1), (SWIMS.id, 1), Narrowed(language="sv")) == {}


def test_a_survey_that_cannot_be_counted_keeps_no_other_waiting(app: Flask, world: World) -> None:
    broken, other = (a_survey(app, world, level=Level.NAMED) for _ in range(2))
    for ref in (broken, other):
        answered(app, world, ref, {})
    with app.app_context():
        # Of a version that there is none of.
        session.query(Submission).filter_by(survey_id=load(broken).id).one().version = 9
        session.commit()
        jobs.count()
        counted = {one.survey_id: one.is_counted for one in session.query(Submission)}
        assert counted == {load(broken).id: False, load(other).id: True}


def test_a_survey_with_nothing_to_count_or_show_is_left_alone(app: Flask, world: World) -> None:
    ref = a_survey(app, world, level=Level.NAMED, results="never")
    with app.app_context():
        assert load(ref).id not in queries.to_count()
    answered(app, world, ref, {})
    with app.app_context():
        assert load(ref).id in queries.to_count()
        jobs.count()
        assert load(ref).id not in queries.to_count()
