"""Staff know that anonymous answers wait for others and that none is lost, and never how many wait."""

from flask import Flask

from citizen.base.db import session
from citizen.surveys import actions, jobs, queries
from citizen.surveys.actions.people import invitation_code
from citizen.surveys.models import Sealed, Submission
from citizen.surveys.rules import Channel, Level
from citizen.surveys.rules.inviting import Invitee
from citizen.surveys.rules.values import Value
from tests.pages import Browser
from tests.surveys.samples import a_survey, answered, by_code, load, short
from tests.world import World

YES = by_code(short()[0], swims=Value(options=("yes",)))
SOME = "Some answers wait until enough others have come."
PAGES = ("desk", "{ref}/desk", "{ref}/figures", "{ref}/closing", "{ref}/export")


def in_two_municipalities(app: Flask, world: World, ref: str, swedish: int, norwegian: int) -> None:
    for number in range(swedish + norwegian):
        answered(app, world, ref, YES, language="sv" if number < swedish else "nn",
                 municipality_id=world.swedish if number < swedish else world.norwegian)
    tidy(app)


def tidy(app: Flask) -> None:
    with app.app_context():
        jobs.tidy()
        jobs.count()


def told(browser: Browser, ref: str) -> list[str]:
    """What staff read about how many have answered, on every page that tells it."""
    return [browser.get(f"/nn/surveys/{page.format(ref=ref)}").text for page in PAGES]


def test_few_answers_by_an_open_link_wait_and_are_opened_together_with_others_from_next_door(
    app: Flask, world: World
) -> None:
    ref = a_survey(app, world, level=Level.ANONYMOUS)
    in_two_municipalities(app, world, ref, 2, 2)
    with app.app_context():
        assert (session.query(Submission).count(), session.query(Sealed).count()) == (0, 4)
    in_two_municipalities(app, world, ref, 0, 3)
    with app.app_context():
        assert (session.query(Submission).count(), session.query(Sealed).count()) == (5, 2)
        actions.close(load(ref), None)
        session.commit()
        # Of which municipality an answer is stays with it, however few those are.
        assert session.query(Submission).filter_by(municipality_id=world.swedish).count() == 2
        assert (session.query(Submission).count(), session.query(Sealed).count()) == (7, 0)


def test_no_page_of_staff_changes_with_each_who_answers(
    app: Flask, world: World, facilitator: Browser
) -> None:
    ref = a_survey(app, world, level=Level.ANONYMOUS)
    before = told(facilitator, ref)
    assert not any(SOME in page for page in before)
    in_two_municipalities(app, world, ref, 1, 0)
    one = told(facilitator, ref)
    assert [SOME in page for page in one] == [True, True, True, False, False]
    assert "Answers that still wait for others are counted with the rest." in one[3]
    assert "Anonymous answers that still wait for others" in one[4]
    in_two_municipalities(app, world, ref, 1, 2)
    assert told(facilitator, ref) == one
    in_two_municipalities(app, world, ref, 0, 1)
    opened = told(facilitator, ref)
    assert not any(SOME in page for page in opened)
    assert "5 answers have been received." in opened[2]
    in_two_municipalities(app, world, ref, 1, 0)
    again = told(facilitator, ref)
    assert "5 answers" in again[0]
    assert "5 answers have been received." in again[2]
    assert SOME in again[2]


def test_staff_are_told_why_answers_come_in_groups(app: Flask, world: World, facilitator: Browser) -> None:
    ref = a_survey(app, world, level=Level.ANONYMOUS)
    why = "None is lost: those that still wait are opened when the survey closes."
    assert why in facilitator.get(f"/nn/surveys/{ref}/figures").text
    named = a_survey(app, world, level=Level.NAMED)
    answered(app, world, named, YES)
    page = facilitator.get(f"/nn/surveys/{named}/figures").text
    assert why not in page
    assert "1 answer has been received." in page


def test_those_invited_who_answer_one_by_one_move_no_figure(
    app: Flask, world: World, facilitator: Browser
) -> None:
    ref = a_survey(app, world, level=Level.ANONYMOUS)
    invited = [Invitee(f"p{number}@example.org") for number in range(4)]
    with app.app_context():
        actions.invite(load(ref), invited, municipality_id=world.norwegian, language="nn", user_id=None)
        session.commit()
        codes = [invitation_code(one.ref) for one in queries.invitations(load(ref).id)]
        found = [actions.participant_of(load(ref), code) for code in codes]
    seen = []
    for one in found:
        assert one is not None
        answered(app, world, ref, YES, participant=one[0], invitation_id=one[1], channel=Channel.INVITATION)
        tidy(app)
        seen.append([*told(facilitator, ref), facilitator.get(f"/nn/surveys/{ref}/people").text])
    assert all(pages == seen[0] for pages in seen)


def test_a_pack_of_one_version_tells_only_of_answers_to_it_that_wait(app: Flask, world: World) -> None:
    ref = a_survey(app, world, level=Level.ANONYMOUS)
    with app.app_context():
        actions.publish(load(ref), user_id=None)
        session.commit()
    answered(app, world, ref, YES)
    with app.app_context():
        survey_id = load(ref).id
        found = [queries.some_wait(survey_id, version) for version in (None, 1, 2)]
    assert found == [True, False, True]


def test_so_few_that_somebody_could_be_known_among_them_are_told_as_few_to_staff_and_in_the_terminal(
    app: Flask, world: World, facilitator: Browser
) -> None:
    ref = a_survey(app, world, level=Level.ANONYMOUS)
    in_two_municipalities(app, world, ref, 2, 0)
    run = app.test_cli_runner().invoke
    assert f"{ref} is closed with <5 answers." in run(args=["surveys", "close", ref, "--yes"]).output
    assert "<5" in run(args=["surveys", "list"]).output
    for path in ("desk", f"{ref}/desk", f"{ref}/export"):
        text = facilitator.get(f"/nn/surveys/{path}").text
        assert "Fewer than 5 answers" in text
        assert "2 answers" not in text
