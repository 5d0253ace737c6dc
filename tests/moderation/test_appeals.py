"""Appeals: the author asks once for another pair of eyes; somebody who has not decided looks and answers."""

import json

import pytest
from flask import Flask

from citizen.accounts.models import RoleGrant
from citizen.base.audit import AuditRow
from citizen.base.db import session
from citizen.contributions import actions as contributions
from citizen.contributions.models import Appeal
from citizen.contributions.rules import may_step_on_appeal
from tests.factories import an_idea, load
from tests.ideas.test_receipt import code_of
from tests.moderation.test_deciding import decide, state_of
from tests.moderation.test_second_person import second
from tests.moderation.test_telling_the_author import mails, with_contact
from tests.pages import Browser, Page
from tests.world import World

ANSWER = "Vi har lese på nytt."
WHY = "Eg kritiserer vedtaket, ingen person."


def ask(app: Flask, browser: Browser, ref: str, words: str = WHY) -> Page:
    return browser.post(f"/en/receipt/{code_of(app, ref)}/appeal", {"words": words})


def answer(browser: Browser, ref: str, outcome: str, version: int = 2, **values: str) -> Page:
    return browser.post(
        f"/en/moderation/{ref}/appeal",
        {"outcome": outcome, "version": str(version), "words": ANSWER, **values},
    )


def appeals(app: Flask) -> list[tuple[str | None, int | None]]:
    with app.app_context():
        return [(one.outcome, one.answered_by) for one in session.query(Appeal).order_by(Appeal.id)]


@pytest.fixture
def refused(app: Flask, world: World, moderator: Browser) -> str:
    """The reference of an idea that Maja has decided not to publish."""
    ref = with_contact(app, world, language="en", title="Kommunen sviktar")
    decide(moderator, ref, "rejected", reason="attack", words="For hardt.")
    return ref


@pytest.fixture
def appealed(app: Flask, browser: Browser, refused: str) -> str:
    """The same, after its author has asked that somebody else look."""
    ask(app, browser, refused)
    return refused


def test_the_author_asks_from_the_receipt_and_reads_there_that_it_waits(
    app: Flask, world: World, browser: Browser, refused: str
) -> None:
    receipt = f"/en/receipt/{code_of(app, refused)}"
    assert "you can ask once on your receipt" in mails(app)[0].body
    assert f"{receipt}/appeal" in browser.get(receipt).html
    page = browser.get(f"{receipt}/appeal")
    for words in ("Kommunen sviktar", "Personal attack or harassment", "For hardt."):
        assert words in page.text
    assert page.response.headers["Cache-Control"] == "no-store"
    answered = ask(app, browser, refused)
    assert answered.location == receipt
    page = browser.get(receipt)
    assert WHY in page.text
    assert "The municipality has not answered yet." in page.text
    assert f"{receipt}/appeal" not in page.html
    assert state_of(app, refused) == ("rejected", 2)


@pytest.mark.parametrize("words", ["", "   "])
def test_nobody_has_to_say_why(app: Flask, browser: Browser, refused: str, words: str) -> None:
    assert ask(app, browser, refused, words).status == 303
    assert appeals(app) == [(None, None)]


@pytest.mark.parametrize("words", ["x" * 2001, "Eg er 19811228-9874."])
def test_words_that_cannot_be_taken_come_back(
    app: Flask, browser: Browser, refused: str, words: str
) -> None:
    page = ask(app, browser, refused, words)
    assert page.status == 422
    assert words in page.html
    assert appeals(app) == []


def test_asking_twice_asks_once(app: Flask, browser: Browser, appealed: str) -> None:
    assert ask(app, browser, appealed, "Ein gong til.").status == 303
    assert appeals(app) == [(None, None)]
    assert WHY in browser.get(f"/en/receipt/{code_of(app, appealed)}").text


@pytest.mark.parametrize("state", ["submitted", "published", "returned"])
def test_where_nothing_was_refused_there_is_nothing_to_ask(
    app: Flask, world: World, browser: Browser, state: str
) -> None:
    ref = an_idea(app, world, state=state)
    assert "/appeal" not in browser.get(f"/en/receipt/{code_of(app, ref)}").html
    assert "There is no decision" in browser.get(f"/en/receipt/{code_of(app, ref)}/appeal").text
    assert ask(app, browser, ref).status == 422


def test_the_desk_tells_of_it_and_shows_what_was_decided_and_said(
    app: Flask, world: World, other_moderator: Browser, administrator: Browser, appealed: str
) -> None:
    page = administrator.get("/en/moderation/second")
    assert "1 author asks that somebody else look" in page.text
    assert f"/en/moderation/{appealed}/appeal" in page.html
    page = other_moderator.get("/en/moderation/")
    assert "Decided by Maja" in page.text
    assert f'href="/en/moderation/{appealed}"' in page.html
    page = other_moderator.get(f"/en/moderation/{appealed}")
    for words in ("Maja decided not to publish the idea", WHY, "Decide and answer"):
        assert words in page.text
    page = administrator.get(f"/en/moderation/{appealed}/appeal")
    for words in ("Kommunen sviktar", "Maja decided not to publish the idea", "For hardt.", WHY):
        assert words in page.text


def test_whoever_decided_does_not_answer(
    app: Flask, world: World, moderator: Browser, appealed: str
) -> None:
    page = moderator.get(f"/en/moderation/{appealed}/appeal")
    assert "You have decided about this yourself." in page.text
    assert "Another person has to look: Anne, Morten." in page.text
    assert 'name="outcome"' not in page.html
    assert answer(moderator, appealed, "upheld").status == 422
    assert appeals(app) == [(None, None)]


def test_of_two_who_decided_neither_answers(
    app: Flask, world: World, browser: Browser, moderator: Browser, other_moderator: Browser,
    administrator: Browser,
) -> None:
    ref = an_idea(app, world)
    decide(moderator, ref, "rejected", reason="hate")
    second(other_moderator, ref, "confirm")
    assert ask(app, browser, ref).status == 303
    page = other_moderator.get(f"/en/moderation/{ref}/appeal")
    assert "Another person has to look: Anne." in page.text
    assert "Morten confirmed it" in page.text
    for both in (moderator, other_moderator):
        assert answer(both, ref, "published", version=3).status == 422
    assert answer(administrator, ref, "published", version=3).status == 303
    assert state_of(app, ref)[0] == "published"


def test_where_everybody_has_decided_it_waits_and_says_so(
    app: Flask, world: World, moderator: Browser, appealed: str
) -> None:
    with app.app_context():
        session.query(RoleGrant).filter(RoleGrant.user_id != world.moderator).delete()
        session.commit()
    page = moderator.get(f"/en/moderation/{appealed}/appeal")
    assert "Nobody else in the municipality may look at it yet." in page.text


def test_a_decision_that_stands_is_told_in_words(
    app: Flask, world: World, browser: Browser, other_moderator: Browser, appealed: str
) -> None:
    assert answer(other_moderator, appealed, "upheld").status == 303
    assert appeals(app) == [("upheld", world.other_moderator)]
    assert state_of(app, appealed) == ("rejected", 3)
    page = browser.get(f"/en/receipt/{code_of(app, appealed)}")
    assert ANSWER in page.text
    assert "The decision stands." in page.text
    assert "Ask somebody else to look" not in page.text
    (mail,) = mails(app)
    assert mail.subject == "Somebody else has looked at your idea"
    assert ANSWER in mail.body
    assert ask(app, browser, appealed).status == 422
    with app.app_context():
        row = session.query(AuditRow).filter_by(action="moderation.answer_appeal").one()
        assert (row.subject, row.actor_id, row.details) == (
            appealed, world.other_moderator, {"outcome": "upheld"}
        )


def test_what_should_have_been_public_becomes_so(
    app: Flask, world: World, browser: Browser, other_moderator: Browser, appealed: str
) -> None:
    assert answer(other_moderator, appealed, "published").status == 303
    assert state_of(app, appealed) == ("published", 3)
    assert browser.get(f"/en/ideas/{world.slug}/{appealed}").status == 200
    (mail,) = mails(app)
    assert "Everyone can read it and support it." in mail.body
    assert ANSWER in mail.body


def test_what_can_be_mended_goes_back_to_its_author(
    app: Flask, world: World, browser: Browser, moderator: Browser, other_moderator: Browser, appealed: str
) -> None:
    assert answer(other_moderator, appealed, "returned").status == 422
    assert answer(other_moderator, appealed, "returned", reason="attack").status == 303
    assert state_of(app, appealed) == ("returned", 3)
    receipt = f"/en/receipt/{code_of(app, appealed)}"
    assert ANSWER in browser.get(receipt).text
    browser.post(receipt, {"title": "Kommunen kan betre", "body": "Slik kan det gjerast."})
    decide(moderator, appealed, "rejected", version=4, reason="off_topic")
    # Another text, another decision: it can be asked about too.
    assert ask(app, browser, appealed).status == 303
    assert appeals(app) == [("returned", world.other_moderator), (None, None)]


def test_what_was_hidden_can_be_asked_about_and_shown_again(
    app: Flask, world: World, browser: Browser, moderator: Browser, other_moderator: Browser
) -> None:
    ref = an_idea(app, world, state="published")
    decide(moderator, ref, "hidden", version=2, reason="copyright")
    assert ask(app, browser, ref).status == 303
    assert answer(other_moderator, ref, "published", version=3).status == 303
    assert state_of(app, ref)[0] == "published"


def test_what_is_being_confirmed_is_not_asked_about_yet(
    app: Flask, world: World, browser: Browser, moderator: Browser
) -> None:
    ref = an_idea(app, world, state="published")
    decide(moderator, ref, "hidden", version=2, reason="threat")
    assert ask(app, browser, ref).status == 422


@pytest.mark.parametrize("outcome", ["upheld", "published"])
def test_an_answer_can_be_taken_back_with_its_mail(
    app: Flask, world: World, browser: Browser, moderator: Browser, other_moderator: Browser, appealed: str,
    outcome: str,
) -> None:
    answer(other_moderator, appealed, outcome)
    path = f"/en/moderation/{appealed}/appeal/undo"
    assert moderator.post(path, {"version": "3"}).status == 422
    assert "Take the answer back" in other_moderator.get(f"/en/moderation/{appealed}/appeal").text
    assert other_moderator.post(path, {"version": "3"}).status == 303
    assert appeals(app) == [(None, None)]
    assert state_of(app, appealed)[0] == "rejected"
    assert "Somebody else has looked at your idea" not in [mail.subject for mail in mails(app)]
    assert "has not answered yet" in browser.get(f"/en/receipt/{code_of(app, appealed)}").text


def test_a_decision_taken_back_leaves_nothing_to_answer(
    app: Flask, world: World, browser: Browser, moderator: Browser, other_moderator: Browser, appealed: str
) -> None:
    moderator.post(f"/en/moderation/{appealed}/undo", {"version": "2"})
    assert "Nothing waits for another person." in other_moderator.get("/en/moderation/second").text
    assert "no longer stands" in other_moderator.get(f"/en/moderation/{appealed}/appeal").text
    page = answer(other_moderator, appealed, "upheld", words="Mine ord.")
    assert page.status == 409
    assert "Maja took the decision back" in page.text
    assert "Mine ord." in page.html
    assert "nothing left to answer" in browser.get(f"/en/receipt/{code_of(app, appealed)}").text


def test_the_second_answer_overwrites_nothing(
    app: Flask, world: World, other_moderator: Browser, administrator: Browser, appealed: str
) -> None:
    answer(other_moderator, appealed, "upheld")
    page = answer(administrator, appealed, "published", words="Annes ord.")
    assert page.status == 409
    assert "The appeal has been answered" in page.text
    assert "Annes ord." in page.html
    assert appeals(app) == [("upheld", world.other_moderator)]


@pytest.mark.parametrize(("values", "status"), [
    ({"outcome": ""}, 422), ({"outcome": "hidden"}, 422), ({"words": ""}, 422), ({"words": "x" * 2001}, 422),
    ({"outcome": "returned", "reason": "odd"}, 422), ({"version": "x"}, 409),
])
def test_an_answer_that_cannot_be_read_changes_nothing(
    app: Flask, world: World, other_moderator: Browser, appealed: str, values: dict[str, str], status: int
) -> None:
    sent = {"outcome": "upheld", "words": ANSWER, "version": "2", **values}
    assert other_moderator.post(f"/en/moderation/{appealed}/appeal", sent).status == status
    assert appeals(app) == [(None, None)]


def test_an_answer_to_a_survey_is_never_returned() -> None:
    assert may_step_on_appeal("rejected", "returned", "idea")
    assert not may_step_on_appeal("rejected", "returned", "answer")
    assert not may_step_on_appeal("submitted", "published", "idea")
    assert not may_step_on_appeal("hidden", "rejected", "idea")


def test_what_the_author_takes_along_has_it_too(
    app: Flask, world: World, browser: Browser, other_moderator: Browser, appealed: str
) -> None:
    answer(other_moderator, appealed, "upheld")
    code = code_of(app, appealed)
    page = browser.get(f"/en/receipt/{code}/data")
    assert WHY in page.text
    assert ANSWER in page.text
    (kept,) = json.loads(browser.get(f"/en/receipt/{code}/data.json").response.get_data())["appeals"]
    assert (kept["words"], kept["outcome"], kept["answer"]) == (WHY, "upheld", ANSWER)


def test_whoever_withdraws_asks_for_nothing(
    app: Flask, world: World, browser: Browser, appealed: str
) -> None:
    with app.app_context():
        contributions.withdraw(load(appealed))
        session.commit()
    assert ask(app, browser, appealed).status == 422


@pytest.mark.parametrize("code", ["AAAA-AAAA-AAAA", "x"])
def test_a_wrong_code_opens_nothing(world: World, browser: Browser, code: str) -> None:
    assert browser.get(f"/en/receipt/{code}/appeal").status == 404
    assert browser.post(f"/en/receipt/{code}/appeal", {"words": ""}).status == 404


def test_who_answered_does_not_take_back_what_others_have_decided_since(
    app: Flask, world: World, moderator: Browser, administrator: Browser, appealed: str
) -> None:
    """An administrator decides about an appeal, and about nothing else."""
    assert answer(administrator, appealed, "published").status == 303
    decide(moderator, appealed, "hidden", version=3, reason="attack")
    page = administrator.post(f"/en/moderation/{appealed}/appeal/undo", {"version": "4"})
    assert page.status == 409
    assert state_of(app, appealed) == ("hidden", 4)
