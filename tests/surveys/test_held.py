"""A program cannot fill a survey's results: what looks like its work is received, and counts once let in."""


import pytest
from flask import Flask

from citizen.base.audit import AuditRow
from citizen.base.db import session
from citizen.contributions.models import Contribution
from citizen.surveys import actions, jobs, queries
from citizen.surveys.models import Sealed, Submission
from citizen.surveys.queries.results import EVERYBODY
from citizen.surveys.rules import Level, Shown, holding
from tests.pages import Browser
from tests.surveys.samples import a_survey, load
from tests.surveys.test_answering import sent, through
from tests.surveys.test_limits import limited
from tests.world import World

WISH = "Vi krev at kommunen byggjer ny badeplass ved Storvatnet no, helsing {}."


def received(app: Flask) -> tuple[int, list[str]]:
    """How many answers count, and why the others do not."""
    with app.app_context():
        held = [str(box.content["held_as"]) for box in session.query(Sealed) if box.pool.startswith("held:")]
        return session.query(Submission).count(), sorted(held)


@pytest.fixture
def narrow(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two answers from one address within an hour count."""
    limited(app, monkeypatch, hold_after=1)
    monkeypatch.setattr(holding, "SHARE", 2)


def test_what_one_address_sends_beyond_any_school_is_held_back_and_has_its_receipt(
    app: Flask, world: World, narrow: None
) -> None:
    ref = a_survey(app, world, level=Level.NAMED)
    addresses = [sent(Browser(app, language="nn"), ref) for _number in range(4)]
    assert received(app) == (2, ["rate", "rate"])
    page = Browser(app, language="nn").get(addresses[-1])
    assert "Ein stige ned i vatnet." in page.text
    with app.app_context():
        assert session.query(Contribution).count() == 2


def test_the_same_text_over_and_over_is_held_back_from_the_sixth_on(app: Flask, world: World) -> None:
    ref = a_survey(app, world, level=Level.CONFIDENTIAL)
    for number in range(8):
        sent(Browser(app, language="nn"), ref, wish=WISH.format(f"namn{number}"))
    assert received(app) == (5, ["flood"] * 3)


def test_anonymous_floods_are_known_while_they_wait_sealed(app: Flask, world: World) -> None:
    ref = a_survey(app, world, level=Level.ANONYMOUS)
    for number in range(12):
        sent(Browser(app, language="nn"), ref, wish=WISH.format(f"namn{number}"))
    with app.app_context():
        jobs.tidy()
    assert received(app) == (5, ["flood"] * 7)


def test_a_household_that_says_much_the_same_is_never_held_back(app: Flask, world: World) -> None:
    ref = a_survey(app, world, level=Level.NAMED)
    for wish in ("Ein stige.", "Ein stige ned i vatnet.", "Ein stige.", "Stupebrett!",
                 "Eg saknar ein stige ned i det djupe vatnet, og ein benk."):
        sent(Browser(app, language="nn"), ref, wish=wish)
    assert received(app) == (5, [])


def test_a_field_that_nobody_sees_holds_the_answer_back(app: Flask, world: World) -> None:
    ref, program = a_survey(app, world, level=Level.NAMED), Browser(app, language="nn")
    assert program.post(through(program, ref), {"homepage": "http://example.org"}).status == 303
    assert received(app) == (0, ["trap"])


def test_exactly_the_same_long_answer_counts_so_often_from_one_address(
    app: Flask, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(holding, "REPEATED", 3)
    monkeypatch.setattr(holding, "FEWEST_ANSWERS", 3)
    ref = a_survey(app, world, level=Level.NAMED)
    for _number in range(5):
        sent(Browser(app, language="nn"), ref, wish="Stupebrett!")
    assert received(app) == (3, ["flood", "flood"])
    sent(Browser(app, language="nn"), ref, wish="Ein benk!")
    assert received(app) == (4, ["flood", "flood"])


@pytest.mark.parametrize(("same", "answered", "repeated"), [
    (20, 12, False), (21, 12, True), (21, 5, True), (500, 4, False), (500, 1, False),
])
def test_a_class_may_say_the_same_to_a_short_survey(same: int, answered: int, repeated: bool) -> None:
    assert holding.is_repeated(same, answered) is repeated


def test_on_a_busy_day_an_address_gets_a_quarter(
    app: Flask, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    limited(app, monkeypatch, hold_after=1)
    monkeypatch.setattr(holding, "SHARE", 4)
    monkeypatch.setattr("citizen.surveys.routes.holding.BUSY", 2)
    ref = a_survey(app, world, level=Level.NAMED)
    for _number in range(4):
        sent(Browser(app, language="nn"), ref)
    assert received(app) == (2, ["rate", "rate"])


def test_whoever_was_invited_is_not_held_back_nor_are_staff(
    app: Flask, world: World, narrow: None, facilitator: Browser
) -> None:
    ref = a_survey(app, world, level=Level.NAMED, once=False)
    for _number in range(3):
        sent(Browser(app, language="nn"), ref)
    staff = Browser(app, user_id=world.facilitator, language="nn")
    sent(staff, ref)
    assert received(app) == (3, ["rate"])


# ---- figures


@pytest.mark.parametrize("level", [Level.NAMED, Level.CONFIDENTIAL, Level.ANONYMOUS])
def test_held_answers_are_in_no_figure_and_in_all_of_them_once_let_in(
    app: Flask, world: World, facilitator: Browser, level: Level
) -> None:
    ref = a_survey(app, world, level=level, results=Shown.LIVE)
    for number in range(15):
        sent(Browser(app, language="nn"), ref, wish=WISH.format(f"namn{number}"))
    figures = f"/en/surveys/{ref}/figures"
    tidied(app)
    assert "5 answers have been received." in facilitator.get(figures).text
    assert "Some answers are held back" in facilitator.get(figures).text
    page = facilitator.get(f"/en/surveys/{ref}/held")
    assert "The same over and over" in page.text
    assert "10 answers" in page.text
    assert WISH.format("namn7") in page.text
    assert facilitator.get(f"/en/surveys/{ref}/results").text.count("5 answers") <= 1
    done = facilitator.post(f"/en/surveys/{ref}/held", {"why": "flood"})
    assert done.status == 303
    tidied(app)
    assert "15 answers have been received." in facilitator.get(figures).text
    assert "Nothing that you can let in is held back." in facilitator.get(f"/en/surveys/{ref}/held").text
    assert received(app) == (15, [])
    with app.app_context():
        [row] = session.query(AuditRow).filter_by(action="surveys.let_in")
        assert (row.subject, row.details) == (ref, {"why": "flood", "answers": 10})
        assert session.query(Contribution).filter(Contribution.held_as.is_(None)).count() == 15
        assert queries.tallies(load(ref).id)[EVERYBODY] == 15


def tidied(app: Flask) -> None:
    with app.app_context():
        jobs.tidy()
        jobs.count()


def test_of_anonymous_ones_staff_see_whole_groups_only(
    app: Flask, world: World, facilitator: Browser
) -> None:
    ref = a_survey(app, world, level=Level.ANONYMOUS)
    for number in range(12):
        sent(Browser(app, language="nn"), ref, wish=WISH.format(f"namn{number}"))
    page = facilitator.get(f"/en/surveys/{ref}/held")
    assert "5 answers" in page.text
    assert "Some more are held back." in page.text
    assert facilitator.post(f"/en/surveys/{ref}/held", {"why": "flood"}).status == 303
    with app.app_context():
        assert queries.held_answers(load(ref)).counts == {}
        assert queries.held_answers(load(ref)).more
        actions.close(load(ref), None)
        session.commit()
        assert queries.held_answers(load(ref)).counts == {"flood": 2}
    assert facilitator.post(f"/en/surveys/{ref}/held", {"why": "flood"}).status == 303
    tidied(app)
    assert received(app) == (12, [])


def test_a_held_answer_can_be_corrected_by_its_author_and_stays_held(
    app: Flask, world: World
) -> None:
    ref = a_survey(app, world, level=Level.NAMED)
    program = Browser(app, language="nn")
    program.post(through(program, ref), {"homepage": "x"})
    code = code_of(program, ref)
    assert program.post(f"/nn/surveys/receipt/{code}/correction").status == 303
    assert program.post(f"/nn/surveys/{ref}/check").status == 303
    assert received(app) == (0, ["trap"])


def code_of(browser: Browser, ref: str) -> str:
    with browser.client.session_transaction() as cookie:
        return str(cookie["answers"][ref])


@pytest.mark.parametrize("who", ["stranger", "moderator"])
def test_only_whoever_edits_the_survey_lets_in(
    app: Flask, world: World, who: str, request: pytest.FixtureRequest
) -> None:
    ref = a_survey(app, world, level=Level.NAMED, municipality_id=world.norwegian)
    other: Browser = request.getfixturevalue(who)
    assert other.get(f"/en/surveys/{ref}/held").status in (403, 404)
    assert other.post(f"/en/surveys/{ref}/held", {"why": "flood"}).status in (403, 404)


def test_an_unknown_reason_is_not_found(app: Flask, world: World, facilitator: Browser) -> None:
    ref = a_survey(app, world)
    assert facilitator.post(f"/en/surveys/{ref}/held", {"why": "angry"}).status == 404
    done = facilitator.post(f"/en/surveys/{ref}/held", {"why": "trap"})
    assert done.status == 303
