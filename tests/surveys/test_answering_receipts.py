"""What was sent is read again with its code, and corrected for some days, wherever it lies."""

from datetime import timedelta

import pytest
from flask import Flask

from citizen.base import clock
from citizen.base.db import session
from citizen.contributions.models import Contribution
from citizen.surveys import actions
from citizen.surveys.models import Answer, Attempt, Sealed, Submission
from citizen.surveys.rules import Level
from tests.pages import Browser
from tests.queries import counted
from tests.surveys.samples import a_survey, answered, load
from tests.surveys.test_answering import ids, page_of, sent, through
from tests.world import World


@pytest.fixture
def resident(app: Flask) -> Browser:
    return Browser(app, language="nn")


def corrected(browser: Browser, ref: str, receipt: str, wish: str) -> None:
    known = ids()
    begun = browser.post(f"{receipt}/correction")
    assert begun.location.endswith(f"/nn/surveys/{ref}/check")
    browser.post(f"{page_of(ref, 2)}?edit=1", {f"{known['wish']}.text": wish, f"{known['often']}.text": "3"})
    assert browser.post(f"/nn/surveys/{ref}/check").location == receipt


def wishes(app: Flask) -> list[tuple[str, str]]:
    with app.app_context():
        found = session.query(Contribution).order_by(Contribution.id).all()
        return [(one.visibility, one.texts[-1].body) for one in found]


def test_an_anonymous_answer_is_corrected_while_it_waits(app: Flask, world: World, resident: Browser) -> None:
    ref = a_survey(app, world)
    receipt = sent(resident, ref)
    corrected(resident, ref, receipt, "Eit stupebrett.")
    page = resident.get(receipt)
    assert "Eit stupebrett." in page.text
    assert "Ein stige" not in page.text
    with app.app_context():
        assert (session.query(Sealed).count(), session.query(Attempt).count()) == (1, 0)


@pytest.mark.parametrize("level", [Level.NAMED, Level.ANONYMOUS])
def test_a_received_answer_is_corrected_and_its_text_with_it(
    app: Flask, world: World, resident: Browser, level: Level
) -> None:
    ref = a_survey(app, world, level=level)
    receipt = sent(resident, ref)
    if level is Level.ANONYMOUS:
        for _ in range(4):
            answered(app, world, ref, {})
        with app.app_context():
            assert actions.open_sealed(load(ref)) == 5
            session.commit()
    corrected(resident, ref, receipt, "Eit stupebrett.")
    assert wishes(app) == [("withdrawn", "Ein stige ned i vatnet."), ("submitted", "Eit stupebrett.")]
    assert "Eit stupebrett." in resident.get(receipt).text
    with app.app_context():
        texts = [a.text for a in session.query(Answer).filter_by(question=ids()["wish"])]
        assert texts == ["Eit stupebrett."]


def test_what_is_corrected_in_another_place_leaves_a_text_as_it_is(
    app: Flask, world: World, resident: Browser
) -> None:
    ref = a_survey(app, world, level=Level.NAMED)
    corrected(resident, ref, sent(resident, ref), "Ein stige ned i vatnet.")
    assert wishes(app) == [("submitted", "Ein stige ned i vatnet.")]


def test_until_it_is_sent_again_the_old_answer_stands(app: Flask, world: World, resident: Browser) -> None:
    ref = a_survey(app, world, level=Level.NAMED)
    receipt = sent(resident, ref)
    resident.post(f"{receipt}/correction")
    resident.post(page_of(ref, 1), {ids()["swims"]: ids()["swims.no"]})
    assert "Ein stige" in resident.get(receipt).text
    with app.app_context():
        assert session.query(Submission).count() == 1


@pytest.mark.parametrize("late", ["days", "closed"])
def test_the_window_closes(app: Flask, world: World, resident: Browser, late: str) -> None:
    ref = a_survey(app, world, level=Level.NAMED)
    receipt = sent(resident, ref)
    with app.app_context():
        if late == "days":
            session.query(Submission).one().received_on = clock.today() - timedelta(days=8)
        else:
            load(ref).closes_on = clock.today() - timedelta(days=1)
        session.commit()
    page = resident.get(receipt)
    assert "Ein stige" in page.text
    assert "Correct your answer" not in page.text
    assert resident.post(f"{receipt}/correction").location == receipt
    with app.app_context():
        assert session.query(Attempt).count() == 0


def test_a_wrong_code_opens_nothing(app: Flask, world: World, resident: Browser) -> None:
    sent(resident, a_survey(app, world))
    assert resident.get("/nn/surveys/receipt/7K2M9QXT4HRA").status == 404


def test_a_code_that_was_sent_leads_to_its_receipt(app: Flask, world: World, resident: Browser) -> None:
    receipt = sent(resident, a_survey(app, world))
    code = receipt.rsplit("/", 1)[1]
    other = Browser(app, language="nn")
    assert other.post("/nn/surveys/continue", {"code": code}).location == receipt
    assert other.post("/nn/surveys/continue", {"code": "XXXX"}).status == 422


def test_nothing_is_sent_after_the_survey_has_closed(app: Flask, world: World, resident: Browser) -> None:
    ref = a_survey(app, world)
    address = through(resident, ref)
    with app.app_context():
        survey = load(ref)
        survey.closed_at, survey.participation_key = clock.now(), None
        session.commit()
    assert resident.post(address).location.endswith(f"/nn/surveys/{ref}")
    assert "has closed" in resident.get(f"/nn/surveys/{ref}").text
    with app.app_context():
        assert session.query(Sealed).count() == 0


def test_what_was_opened_in_time_cannot_be_sent_too_late(
    app: Flask, world: World, resident: Browser
) -> None:
    ref = a_survey(app, world, level=Level.NAMED)
    receipt = sent(resident, ref)
    resident.post(f"{receipt}/correction")
    resident.post(page_of(ref, 1), {ids()["swims"]: ids()["swims.no"]})
    with app.app_context():
        session.query(Submission).one().received_on = clock.today() - timedelta(days=8)
        session.commit()
    page = resident.post(f"/nn/surveys/{ref}/check", follow=True)
    assert "This answer can no longer be corrected." in page.text
    assert "Ein stige" in page.text


def test_a_correction_asks_no_more_questions_however_many_have_written(app: Flask, world: World) -> None:
    ref = a_survey(app, world, k=3)
    receipts = [sent(Browser(app, language="nn"), ref, wish=f"Ynske nummer {n}.") for n in range(6)]
    with app.app_context():
        assert actions.open_sealed(load(ref)) == 6
        session.commit()
        order = [one.texts[0].body for one in session.query(Contribution).order_by(Contribution.id)]
    asked = []
    for wish in (order[0], order[-1]):
        receipt, browser = receipts[int(wish[-2])], Browser(app, language="nn")
        browser.post(f"{receipt}/correction")
        browser.post(f"{page_of(ref, 2)}?edit=1", {f"{ids()['wish']}.text": "Noko anna."})
        token = browser.get(f"/nn/surveys/{ref}/check").hidden("csrf_token")
        with counted(app) as questions:
            assert browser.post(f"/nn/surveys/{ref}/check", {"csrf_token": token}).location == receipt
        asked.append(len(questions))
    assert asked[0] == asked[1]
