"""Answering on the phone: kept page by page, switched, left, come back to, checked and sent."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from citizen.base import clock
from citizen.base.db import session
from citizen.contributions.models import Contribution
from citizen.surveys import actions
from citizen.surveys.models import Attempt, Invitation, Participation, Respondent, Sealed, Submission
from citizen.surveys.queries.answering import digest_of
from citizen.surveys.rules import Level
from citizen.surveys.rules.editing import put_question
from tests.pages import Browser, Page
from tests.surveys.samples import a_survey, load, reworded, short, travel
from tests.world import World


@pytest.fixture
def resident(app: Flask) -> Browser:
    return Browser(app, language="nn")


def ids(made: Any = short) -> dict[str, str]:
    """Code → id of questions, and of pages by their place."""
    document = made()[0]
    return {q.code: q.id for q in document.questions} | {
        f"page{n}": page.id for n, page in enumerate(document.pages, 1)
    } | {f"{q.code}.{o.code}": o.id for q in document.questions for o in q.options}


def started(browser: Browser, ref: str, language: str = "nn") -> Page:
    return browser.post(f"/{language}/surveys/{ref}", {"municipality": "elvdal"})


def page_of(ref: str, number: int = 1, made: Any = short, language: str = "nn") -> str:
    return f"/{language}/surveys/{ref}/answer/{ids(made)[f'page{number}']}"


def through(browser: Browser, ref: str, wish: str = "Ein stige ned i vatnet.") -> str:
    """Answer the short survey up to its check."""
    known = ids()
    started(browser, ref)
    browser.post(page_of(ref, 1), {known["swims"]: known["swims.yes"]})
    browser.post(page_of(ref, 2), {f"{known['often']}.text": "12", f"{known['wish']}.text": wish})
    return f"/nn/surveys/{ref}/check"


def sent(browser: Browser, ref: str, **words: str) -> str:
    """Answer and send; gives the receipt's address."""
    page = browser.post(through(browser, ref, **words))
    assert page.status == 303, page.text
    return page.location


def attempts(app: Flask) -> list[Attempt]:
    with app.app_context():
        found = session.query(Attempt).all()
        for one in found:
            session.expunge(one)
        return found


def test_the_first_page_tells_what_it_is_and_who_sees_it(app: Flask, world: World, resident: Browser) -> None:
    ref = a_survey(app, world, closes_on=clock.today() + timedelta(days=9))
    page = resident.get(f"/nn/surveys/{ref}")
    assert "Badeplassen" in page.text
    assert "Nobody can find out who has answered what, neither now nor later." in page.text
    assert "Last day to answer" in page.text
    assert "About 1 minute" in page.text
    assert "Nynorsk , Svenska" in page.text
    assert "Which municipality is it for?" in page.text


def test_a_survey_of_many_municipalities_asks_which(app: Flask, world: World, resident: Browser) -> None:
    ref = a_survey(app, world)
    assert 'value="elvdal" checked' in resident.get(f"/nn/surveys/{ref}?municipality=elvdal").html
    refused = resident.post(f"/nn/surveys/{ref}")
    assert refused.status == 422
    own = a_survey(app, world, municipality_id=world.norwegian)
    assert "elvdal" not in resident.get(f"/nn/surveys/{own}").html
    assert resident.post(f"/nn/surveys/{own}").status == 303


def test_every_page_is_kept_at_once_and_read_by_nobody(app: Flask, world: World, resident: Browser) -> None:
    ref, known = a_survey(app, world), ids()
    started(resident, ref)
    answer = resident.post(page_of(ref), {known["swims"]: known["swims.yes"]})
    assert answer.location.endswith(page_of(ref, 2))
    kept = attempts(app)
    assert kept[0].answers == {known["swims"]: {"options": [known["swims.yes"]]}}
    with app.app_context():
        assert session.query(Submission).count() + session.query(Sealed).count() == 0


def test_what_must_be_answered_says_so_and_nothing_is_lost(
    app: Flask, world: World, resident: Browser
) -> None:
    ref, known = a_survey(app, world), ids()
    started(resident, ref)
    assert "(must be answered)" in resident.get(page_of(ref)).text
    refused = resident.post(page_of(ref))
    assert refused.status == 422
    assert refused.title.startswith("Error:")
    assert "Choose one option" in refused.text
    resident.post(page_of(ref), {known["swims"]: known["swims.yes"]})
    typed = {f"{known['often']}.text": "tolv", f"{known['wish']}.text": "Sand."}
    wrong = resident.post(page_of(ref, 2), typed)
    assert wrong.status == 422
    assert "Write a whole number" in wrong.text
    again = resident.get(page_of(ref, 2))
    assert 'value="tolv"' in again.html
    assert "Sand." in again.html


def test_an_identity_number_is_stopped_at_the_door(app: Flask, world: World, resident: Browser) -> None:
    ref, known = a_survey(app, world), ids()
    started(resident, ref)
    resident.post(page_of(ref), {known["swims"]: known["swims.yes"]})
    page = resident.post(page_of(ref, 2), {f"{known['wish']}.text": "Eg er 811228-9874"})
    assert page.status == 422
    assert "national identity number" in page.text


def test_back_keeps_what_was_typed_even_if_it_is_no_answer_yet(
    app: Flask, world: World, resident: Browser
) -> None:
    ref, known = a_survey(app, world), ids()
    started(resident, ref)
    resident.post(page_of(ref), {known["swims"]: known["swims.yes"]})
    typed = {f"{known['often']}.text": "mange", f"{known['wish']}.text": "Sand."}
    back = resident.post(page_of(ref, 2), {**typed, "go": "back"})
    assert back.location.endswith(page_of(ref, 1))
    again = resident.get(page_of(ref, 2))
    assert 'value="mange"' in again.html
    assert "Sand." in again.html
    check = resident.post(f"/nn/surveys/{ref}/check")
    assert check.status == 422
    assert "Write a whole number" in check.text


def test_the_language_is_switched_in_the_middle_and_everything_is_kept(
    app: Flask, world: World, resident: Browser
) -> None:
    ref, known = a_survey(app, world), ids()
    started(resident, ref)
    resident.post(page_of(ref), {known["swims"]: known["swims.yes"]})
    switched = resident.post(page_of(ref, 2), {f"{known['wish']}.text": "En stege.", "go": "sv"})
    assert switched.location.endswith(page_of(ref, 2, language="sv"))
    page = resident.get(switched.location)
    assert "Vad saknar du?" in page.text
    assert "En stege." in page.html
    assert attempts(app)[0].language == "sv"


def test_a_language_that_is_not_offered_shows_the_nearest(
    app: Flask, world: World, resident: Browser
) -> None:
    ref = a_survey(app, world)
    started(resident, ref)
    page = resident.get(page_of(ref, language="nb"))
    assert '<span lang="nn">Badar du?</span>' in page.html


def test_one_leaves_and_comes_back_by_code_on_another_phone(
    app: Flask, world: World, resident: Browser
) -> None:
    ref, known = a_survey(app, world), ids()
    started(resident, ref)
    resident.post(page_of(ref), {known["swims"]: known["swims.yes"]})
    left = resident.post(page_of(ref, 2), {f"{known['wish']}.text": "Sand.", "go": "leave"}, follow=True)
    code = re.search(r'class="code">([\w-]+)<', left.html)
    assert code is not None
    other = Browser(app, language="sv")
    back = other.post("/sv/surveys/continue", {"code": code[1].lower().replace("-", " ")}, follow=True)
    assert "Sand." in back.html
    assert "Vad saknar du?" in back.text
    by_link = Browser(app, language="nn").get(f"/nn/surveys/continue/{code[1]}", follow=True)
    assert "Sand." in by_link.html
    assert by_link.response.headers["Cache-Control"] == "no-store"


def test_codes_are_guessed_seldom(app: Flask, world: World, resident: Browser) -> None:
    tries = [resident.get(f"/nn/surveys/continue/{n:012d}").status for n in range(32)]
    assert tries[0] == 404
    assert tries[-1] == 429


def test_the_same_phone_comes_back_by_itself(app: Flask, world: World, resident: Browser) -> None:
    ref, known = a_survey(app, world), ids()
    started(resident, ref)
    resident.post(page_of(ref), {known["swims"]: known["swims.yes"]})
    page = resident.get(f"/nn/surveys/{ref}")
    assert "Go on answering" in page.text
    assert page_of(ref, 2) in page.html
    resident.post(f"/nn/surveys/{ref}/anew")
    assert "Start survey" in resident.get(f"/nn/surveys/{ref}").text


def test_a_page_that_is_not_on_the_way_leads_to_where_one_is(
    app: Flask, world: World, resident: Browser
) -> None:
    ref = a_survey(app, world)
    assert resident.get(page_of(ref, 2)).location.endswith(f"/nn/surveys/{ref}")
    started(resident, ref)
    assert resident.get(page_of(ref, 2)).location.endswith(page_of(ref, 1))


def test_an_attempt_stays_on_the_version_it_began_with(app: Flask, world: World, resident: Browser) -> None:
    ref = a_survey(app, world)
    started(resident, ref)
    with app.app_context():
        reworded(load(ref), f"{ids()['swims']}.text", nn="Sym du?", sv="Simmar du?")
        actions.publish(load(ref), user_id=None)
        session.commit()
    assert "Badar du?" in resident.get(page_of(ref)).text
    other = Browser(app, language="nn")
    started(other, ref)
    assert "Sym du?" in other.get(page_of(ref)).text


def test_answers_are_checked_sent_once_and_receipted(app: Flask, world: World, resident: Browser) -> None:
    ref = a_survey(app, world)
    check = resident.get(through(resident, ref))
    assert "Ein stige ned i vatnet." in check.text
    first = resident.post(f"/nn/surveys/{ref}/check")
    second = resident.post(f"/nn/surveys/{ref}/check")
    assert first.location == second.location
    receipt = resident.get(first.location)
    assert "Your answer has been received." in receipt.text
    assert "Ein stige ned i vatnet." in receipt.text
    assert receipt.response.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert receipt.response.headers["Referrer-Policy"] == "no-referrer"
    with app.app_context():
        assert (session.query(Sealed).count(), session.query(Attempt).count()) == (1, 0)
        assert session.query(Participation).count() == 1


def test_whoever_has_answered_is_told_so_kindly(app: Flask, world: World, resident: Browser) -> None:
    ref = a_survey(app, world)
    sent(resident, ref)
    assert "You have already answered this survey. Thank you!" in resident.get(f"/nn/surveys/{ref}").text
    resident.post(f"/nn/surveys/{ref}/anew")
    again = resident.post(through(resident, ref))
    assert again.status == 409
    assert "You have already answered" in again.text
    with app.app_context():
        assert session.query(Sealed).count() == 1


def test_a_survey_that_may_be_answered_often_is(app: Flask, world: World, resident: Browser) -> None:
    ref = a_survey(app, world, once=False)
    sent(resident, ref)
    resident.post(f"/nn/surveys/{ref}/anew")
    sent(resident, ref)
    with app.app_context():
        assert (session.query(Sealed).count(), session.query(Participation).count()) == (2, 0)


def test_contact_details_in_a_public_text_are_asked_about(
    app: Flask, world: World, resident: Browser
) -> None:
    ref = a_survey(app, world)
    address = through(resident, ref, wish="Ring meg på 912 34 567 om stigen.")
    refused = resident.post(address)
    assert refused.status == 422
    assert "contact details" in refused.text
    assert resident.post(address, {"checked": "1"}).status == 303


def test_the_sector_is_asked_where_the_survey_wants_it(app: Flask, world: World, resident: Browser) -> None:
    ref = a_survey(app, world, asks_sector=True, level=Level.NAMED)
    address = through(resident, ref)
    assert 'name="sector"' in resident.get(address).html
    assert resident.post(address, {"sector": "space"}).status == 422
    resident.post(address, {"sector": "academia"})
    with app.app_context():
        assert session.query(Submission).one().sector == "academia"


def test_how_one_came_is_kept_as_far_as_it_may_be(app: Flask, world: World, resident: Browser) -> None:
    ref = a_survey(app, world, level=Level.NAMED)
    resident.get(f"/nn/surveys/{ref}?via=biblioteket")
    sent(resident, ref)
    with app.app_context():
        assert session.query(Submission).one().place == "biblioteket"


@pytest.mark.parametrize(("settings", "words"), [
    ({"opens_on": timedelta(days=3)}, "This survey opens on"),
    ({"closes_on": timedelta(days=-1)}, "This survey closed on"),
])
def test_a_survey_that_is_not_open_says_so(
    app: Flask, world: World, resident: Browser, settings: dict[str, timedelta], words: str
) -> None:
    days = {name: clock.today() + apart for name, apart in settings.items()}
    ref = a_survey(app, world, **days)
    page = resident.get(f"/nn/surveys/{ref}")
    assert words in page.text
    assert 'name="municipality"' not in page.html
    assert started(resident, ref).status == 200
    assert attempts(app) == []


def test_a_survey_that_was_never_published_tells_nothing(app: Flask, world: World, resident: Browser) -> None:
    ref = a_survey(app, world, publish=False)
    page = resident.get(f"/nn/surveys/{ref}")
    assert page.status == 404
    assert "Badeplassen" not in page.text


def test_what_nobody_goes_on_with_is_forgotten(app: Flask, world: World, resident: Browser) -> None:
    ref = a_survey(app, world)
    started(resident, ref)
    with app.app_context():
        assert actions.forget_unfinished() == 0
        session.query(Attempt).one().touched_on = clock.today() - timedelta(days=15)
        session.flush()
        assert actions.forget_unfinished() == 1
        session.commit()
    assert resident.get(page_of(ref)).location.endswith(f"/nn/surveys/{ref}")


def test_progress_is_told_in_words_and_is_honest_under_branching(
    app: Flask, world: World, resident: Browser
) -> None:
    ref, known = a_survey(app, world), ids()
    started(resident, ref)
    assert "Question 1 of about 1" in resident.get(page_of(ref)).text
    resident.post(page_of(ref), {known["swims"]: known["swims.yes"]})
    assert "Questions 2–3 of 3" in resident.get(page_of(ref, 2)).text


def test_open_surveys_are_found_from_the_programme(app: Flask, world: World, resident: Browser) -> None:
    ref = a_survey(app, world)
    for address in ("/nn/", f"/nn/programmes/{world.slug}", "/nn/surveys/"):
        page = resident.get(address)
        assert f"/nn/surveys/{ref}" in page.html
        assert "Badeplassen" in page.text


def test_who_only_changes_something_comes_back_to_the_check_by_the_pages_that_are_new(
    app: Flask, world: World, resident: Browser
) -> None:
    ref, known = a_survey(app, world, travel()), ids(travel)
    started(resident, ref)
    first = page_of(ref, 1, travel)
    resident.post(first, {known["travel"]: known["travel.foot"]})
    changed = resident.post(f"{first}?edit=1", {known["travel"]: known["travel.bus"]})
    assert changed.location.endswith(f"{page_of(ref, 2, travel)}?edit=new")
    unchanged = resident.post(f"{first}?edit=1", {known["travel"]: known["travel.bus"], known["ease"]: "4"})
    assert unchanged.location.endswith("/check")


def test_texts_that_contribute_become_contributions(app: Flask, world: World, resident: Browser) -> None:
    sent(resident, a_survey(app, world, level=Level.NAMED))
    with app.app_context():
        assert session.query(Contribution).one().kind == "answer"


def invited(app: Flask, ref: str, code: str) -> None:
    with app.app_context():
        session.add(Invitation(
            ref="V-7K2M9QXT", survey_id=load(ref).id, email="maja@example.org", language="nn",
            municipality_id=1, digest=digest_of(code),
        ))
        session.commit()


def test_an_invitation_is_kept_and_ties_a_named_answer_to_its_owner(
    app: Flask, world: World, resident: Browser
) -> None:
    ref = a_survey(app, world, level=Level.NAMED)
    invited(app, ref, "7K2M9QXT4HRA")
    resident.get(f"/nn/surveys/{ref}?invitation=7k2m-9qxt-4hra")
    sent(resident, ref)
    with app.app_context():
        assert session.query(Respondent).count() == 1
        assert session.query(Submission).one().channel == "invitation"
    other = Browser(app, language="nn")
    page = other.get(f"/nn/surveys/{ref}?invitation=7K2M9QXT4HRA")
    assert "You have already answered this survey. Thank you!" in page.text


def test_a_made_up_invitation_gives_nobody_a_second_answer(
    app: Flask, world: World, resident: Browser
) -> None:
    ref = a_survey(app, world)
    sent(resident, ref)
    resident.post(f"/nn/surveys/{ref}/anew")
    resident.get(f"/nn/surveys/{ref}?invitation=made-up")
    assert resident.post(through(resident, ref)).status == 409


def test_the_page_in_hand_alone_may_be_kept_by_the_phone(
    app: Flask, world: World, resident: Browser, facilitator: Browser
) -> None:
    ref = a_survey(app, world)
    check = through(resident, ref)
    assert resident.get(page_of(ref)).response.headers["Phone-Keeps"] == "1"
    started(facilitator, ref)
    others = [resident.get(check), resident.get(f"/nn/surveys/{ref}"), facilitator.get(page_of(ref))]
    assert ["Phone-Keeps" in page.response.headers for page in others] == [False, False, False]
    assert {page.response.headers["Cache-Control"] for page in (others[0], others[2])} == {"no-store"}


def test_the_first_page_is_kept_nowhere_once_it_leads_to_somebodys_answer(
    app: Flask, world: World, resident: Browser
) -> None:
    ref = a_survey(app, world)
    start = f"/nn/surveys/{ref}"
    assert "no-store" not in resident.get(start).response.headers["Cache-Control"]
    sent(resident, ref)
    assert resident.get(start).response.headers["Cache-Control"] == "no-store"
    invited = Browser(app, language="nn").get(f"{start}?invitation=7K2M9QXT4HRA").response.headers
    assert (invited["Cache-Control"], invited["X-Robots-Tag"]) == ("no-store", "noindex, nofollow")


def test_a_button_that_no_page_has_leads_on(app: Flask, world: World, resident: Browser) -> None:
    ref = a_survey(app, world)
    started(resident, ref)
    page = resident.post(page_of(ref, 1), {ids()["swims"]: ids()["swims.no"], "go": "stay"})
    assert page.status == 303


def test_the_start_says_whether_anything_has_to_be_answered(
    app: Flask, world: World, resident: Browser
) -> None:
    ref = a_survey(app, world)
    assert "but for the questions" in resident.get(f"/en/surveys/{ref}").text
    document, texts = short()
    for question in document.questions:
        document = put_question(document, replace(question, required=False))
    ref = a_survey(app, world, (document, texts))
    assert "No question has to be answered." in resident.get(f"/en/surveys/{ref}").text
