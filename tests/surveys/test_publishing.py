"""The publish page tells what stops a survey, what has changed, and what that does to answers given."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask

from citizen.base import clock
from citizen.base.audit import AuditRow
from citizen.base.db import session
from citizen.base.errors import Conflict, Refused
from citizen.surveys import actions, queries
from citizen.surveys.rules.document import Condition, Document, Kind, Op, Option, Page, Question
from citizen.surveys.rules.document import Test as Asked
from tests.pages import Browser
from tests.pages import Page as Shown
from tests.surveys.samples import a_survey, load, reworded
from tests.world import World


def address(ref: str) -> str:
    return f"/sv/surveys/{ref}/publication"


def edit(app: Flask, ref: str, change: Callable[[Document], Document]) -> None:
    """Change a draft."""
    with app.app_context():
        survey = load(ref)
        actions.save_document(survey, change(queries.draft_of(survey)))
        session.commit()


def say(app: Flask, ref: str, key: str, language: str, text: str, **more: str) -> None:
    with app.app_context():
        actions.save_text(load(ref), key, language, text, **more)
        session.commit()


def say_anew(app: Flask, ref: str, key: str, **words: str) -> None:
    with app.app_context():
        reworded(load(ref), key, **words)
        session.commit()


def with_question(document: Document, question_id: str, **values: object) -> Document:
    """A document in which one question is otherwise."""
    return replace(document, pages=tuple(
        replace(page, questions=tuple(
            replace(q, **values) if q.id == question_id else q for q in page.questions  # type: ignore[arg-type]
        )) for page in document.pages
    ))


def send(browser: Browser, ref: str, **values: object) -> Shown:
    """Publish from the page as it is."""
    seen = browser.get(address(ref)).hidden("seen")
    return browser.post(address(ref), {"seen": seen, **values}, follow=True)


def version(app: Flask, ref: str) -> queries.Published:
    with app.app_context():
        found = queries.latest(load(ref).id)
        assert found is not None
        return found


def test_the_first_publication_is_told_and_made(app: Flask, world: World, facilitator: Browser) -> None:
    ref = a_survey(app, world, publish=False)
    page = facilitator.get(address(ref))
    assert "This is the first time." in page.text
    assert "What has changed" not in page.text
    assert "Nobody can find out who has answered what, neither now nor later." in page.text
    done = send(facilitator, ref)
    assert "Version 1 is published." in done.text
    assert "Nothing has changed since version 1." in done.text
    assert "Fredrik" in done.text
    with app.app_context():
        row = session.query(AuditRow).filter_by(action="surveys.publish").one()
        assert (row.subject, row.actor_id, row.details["version"]) == (ref, world.facilitator, 1)


def test_what_stops_a_survey_is_told_and_nothing_is_published(
    app: Flask, world: World, facilitator: Browser
) -> None:
    ref = a_survey(app, world, publish=False)
    asks_itself = Condition((Asked("q6", Op.MORE, "3"),))
    edit(app, ref, lambda d: with_question(d, "q7", show_if=asks_itself))
    page = facilitator.get(address(ref))
    assert "A condition asks about question 2 on the same page" in page.text
    assert "Publish version" not in page.text
    assert send(facilitator, ref).status == 422
    with app.app_context():
        assert queries.latest(load(ref).id) is None
        with pytest.raises(Refused):
            actions.publish(load(ref), user_id=None)


def test_each_change_is_told_with_what_it_does(app: Flask, world: World, facilitator: Browser) -> None:
    ref = a_survey(app, world)
    def change(document: Document) -> Document:
        first = document.question("q2")
        assert first is not None
        hidden = (first.options[0], replace(first.options[1], hidden=True), Option("o90", "maybe"))
        changed = with_question(document, "q2", options=hidden)
        new = Page("p91", (Question("q92", "more", Kind.SHORT),))
        return replace(changed, pages=(*changed.pages, new), next_id=93)
    edit(app, ref, change)
    for language in ("nn", "sv"):
        say(app, ref, "q2.o90", language, "Kanske")
        say(app, ref, "q92.text", language, "Meir?")
    say_anew(app, ref, "q7.text", nn="Kva ynskjer du deg?", sv="Vad önskar du dig?")
    page = facilitator.get(address(ref)).text
    hidden, new, same = (page.index(title) for title in (
        "No longer asked", "New in this version", "Counted together with earlier answers"))
    assert hidden < page.index("Option that is no longer offered: Nej") < new
    assert new < page.index("New option: Kanske") < page.index("The question is new.") < same
    assert same < page.index("Kva saknar du?", same) < page.index("Kva ynskjer du deg?", same)
    assert "Version 2 is published." in send(facilitator, ref).text
    second = version(app, ref).document.question("q2")
    assert second is not None
    assert [(o.since, o.hidden) for o in second.options] == [(1, False), (1, True), (2, False)]
    assert second.series == 1


def test_a_question_of_another_type_begins_anew_once_that_is_confirmed(
    app: Flask, world: World, facilitator: Browser
) -> None:
    ref = a_survey(app, world)
    edit(app, ref, lambda d: with_question(d, "q6", kind=Kind.SHORT, least=None, most=50))
    page = facilitator.get(address(ref))
    assert "The question is of another type." in page.text
    refused = send(facilitator, ref)
    assert refused.status == 422
    assert "Confirm that the questions begin anew" in refused.text
    with app.app_context(), pytest.raises(Refused):
        actions.publish(load(ref), user_id=None)
    assert send(facilitator, ref, begins_anew="q6").status == 200
    found = {q.id: q.series for q in version(app, ref).document.questions}
    assert found == {"q2": 1, "q6": 2, "q7": 1}


def test_words_with_another_meaning_begin_anew_only_if_somebody_says_so(
    app: Flask, world: World, facilitator: Browser
) -> None:
    ref = a_survey(app, world)
    say_anew(app, ref, "q2.text", nn="Badar du ofte?", sv="Badar du ofta?")
    send(facilitator, ref)
    say_anew(app, ref, "q2.text", nn="Symjer du?", sv="Simmar du?")
    say_anew(app, ref, "q7.text", nn="Kva vil du?", sv="Vad vill du?")
    send(facilitator, ref, meaning="q2")
    found = {q.id: q.series for q in version(app, ref).document.questions}
    assert found == {"q2": 2, "q6": 1, "q7": 1}
    # A draft that says otherwise is not believed.
    edit(app, ref, lambda d: with_question(d, "q2", series=1, since=9))
    say_anew(app, ref, "title", nn="Stranda", sv="Stranden")
    send(facilitator, ref)
    third = version(app, ref).document.question("q2")
    assert third is not None
    assert (third.series, third.since) == (2, 1)


def test_a_language_that_is_not_whole_is_offered_or_left_out_by_decision(
    app: Flask, world: World, facilitator: Browser
) -> None:
    ref = a_survey(app, world, publish=False)
    say(app, ref, "q7.text", "sv", "")
    page = facilitator.get(address(ref))
    assert "1 text is missing. " in page.text
    assert "What is missing is shown in: Nynorsk." in page.text
    refused = send(facilitator, ref)
    assert refused.status == 422
    assert "Choose whether the survey is offered in Swedish" in refused.text
    with app.app_context(), pytest.raises(Refused):
        actions.publish(load(ref), user_id=None)
    send(facilitator, ref, language_sv="leave_out")
    first = version(app, ref)
    assert first.document.languages == ("nn",)
    assert all(set(texts) == {"nn"} for texts in first.texts.values())
    again = facilitator.get(address(ref))
    assert "Nothing has changed since version 1." in again.text
    assert "The survey is offered in Swedish." not in again.text
    unchanged = send(facilitator, ref, language_sv="leave_out")
    assert unchanged.status == 422
    assert "Nothing has changed since version 1." in unchanged.text
    send(facilitator, ref, language_sv="offer")
    assert version(app, ref).document.languages == ("nn", "sv")


@pytest.mark.parametrize(("more", "told"), [
    ({"state": "machine"}, "1 text is translated by machine and not reviewed."),
    ({"source": "Kva er gale?"}, "1 text was translated from words that have changed since."),
])
def test_a_translation_nobody_can_trust_is_told(
    app: Flask, world: World, facilitator: Browser, more: dict[str, str], told: str
) -> None:
    ref = a_survey(app, world, publish=False)
    say(app, ref, "q7.text", "sv", "Vad saknas?", **more)
    assert told in facilitator.get(address(ref)).text
    assert send(facilitator, ref).status == 422
    assert send(facilitator, ref, language_sv="offer").status == 200


def test_a_text_missing_in_the_first_language_stops_the_survey(
    app: Flask, world: World, facilitator: Browser
) -> None:
    ref = a_survey(app, world, publish=False)
    say(app, ref, "q2.o3", "nn", "")
    assert "A text is missing in Nynorsk, the survey's first language." in facilitator.get(address(ref)).text
    assert send(facilitator, ref).status == 422


def test_what_has_been_published_cannot_be_removed_and_is_put_back_hidden(
    app: Flask, world: World, facilitator: Browser
) -> None:
    ref = a_survey(app, world)
    def lose(document: Document) -> Document:
        first = document.question("q2")
        assert first is not None
        kept = with_question(document, "q2", options=first.options[:1], code="baths")
        return replace(kept, pages=(kept.pages[0], replace(kept.pages[1], show_if=None,
                                                           questions=kept.pages[1].questions[:1])))
    edit(app, ref, lose)
    say(app, ref, "q7.text", "nn", "")
    page = facilitator.get(address(ref)).text
    for told in ("A question that has been published has been removed.",
                 "An option that has been published has been removed.",
                 "The code swims has been published and stays as it is"):
        assert told in page
    assert send(facilitator, ref).status == 422
    back = facilitator.post(f"{address(ref)}/put-back", follow=True)
    assert "What had been removed is back, and hidden." in back.text
    assert send(facilitator, ref).status == 200
    latest = version(app, ref)
    swims, wish = latest.document.question("q2"), latest.document.question("q7")
    assert swims is not None
    assert wish is not None
    assert (swims.code, [o.hidden for o in swims.options], wish.hidden) == ("swims", [False, True], True)
    assert latest.texts["q7.text"]["nn"] == "Kva saknar du?"


def test_what_has_changed_since_the_page_was_opened_is_not_published(
    app: Flask, world: World, facilitator: Browser
) -> None:
    ref = a_survey(app, world, publish=False)
    seen = facilitator.get(address(ref)).hidden("seen")
    say_anew(app, ref, "title", nn="Noko heilt anna", sv="Något helt annat")
    refused = facilitator.post(address(ref), {"seen": seen})
    assert refused.status == 409
    assert "Nothing was published." in refused.text
    with app.app_context(), pytest.raises(Conflict):
        actions.publish(load(ref), user_id=None, seen=seen)
    # The page that told so can be sent; sent twice, it publishes once.
    again = {"seen": refused.hidden("seen")}
    assert facilitator.post(address(ref), again).status == 303
    assert facilitator.post(address(ref), again).status == 409
    assert version(app, ref).number == 1


def test_a_closed_survey_is_not_published_again(app: Flask, world: World, facilitator: Browser) -> None:
    ref = a_survey(app, world)
    with app.app_context():
        survey = load(ref)
        survey.closed_at, survey.participation_key = clock.now(), None
        actions.save_text(survey, "title", "nn", "For seint")
        session.commit()
    page = facilitator.get(address(ref))
    assert "This survey has closed." in page.text
    assert "Publish version" not in page.text
    assert send(facilitator, ref).status == 422
    assert version(app, ref).number == 1


def test_only_those_who_edit_a_survey_publish_it(
    app: Flask, world: World, stranger: Browser, moderator: Browser, browser: Browser
) -> None:
    ref = a_survey(app, world, publish=False)
    assert stranger.get(address(ref)).status == 404
    assert stranger.post(address(ref), {"seen": ""}).status == 404
    assert stranger.post(f"{address(ref)}/put-back").status == 404
    assert moderator.get(address(ref)).status == 403
    assert browser.get(address(ref)).status == 302
