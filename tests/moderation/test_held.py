"""What is held back: apart from the queue, let go or not published at once, and taken back at once."""

from threading import Barrier, Thread
from typing import Any

import pytest
from flask import Flask

from citizen.base.audit import AuditRow
from citizen.base.db import session
from citizen.base.outbox import Mail
from citizen.contributions.models import Contribution, VisibilityChange
from citizen.ideas.actions import promise_news
from tests.factories import an_idea, load
from tests.pages import Browser, Page
from tests.queries import counted
from tests.world import World

HELD, DECIDING = "/en/moderation/held", "/en/moderation/held/deciding"


def an_idea_held(app: Flask, world: World, why: str = "trap", **values: Any) -> str:
    return an_idea(app, world, held_as=why, **values)


def chosen(app: Flask, *refs: str) -> list[str]:
    with app.app_context():
        return [f"{ref}:{load(ref).version}" for ref in refs]


def decide(browser: Browser, action: str, where: str = DECIDING, **values: Any) -> Page:
    return browser.post(where, {"action": action, **values})


def states(app: Flask) -> list[tuple[str, str | None]]:
    with app.app_context():
        return [(c.visibility, c.held_as) for c in session.query(Contribution).order_by(Contribution.id)]


def audited(app: Flask) -> list[str]:
    with app.app_context():
        return [row.action for row in session.query(AuditRow).order_by(AuditRow.id)]


# ---- seen


def test_what_is_held_back_is_in_no_queue_and_in_no_count_of_it(
    app: Flask, world: World, moderator: Browser
) -> None:
    an_idea(app, world, title="Ved elva")
    ref = an_idea_held(app, world, title="Klokker til salgs")
    page = moderator.get("/en/moderation/")
    assert "Ved elva" in page.text
    assert "Klokker til salgs" not in page.text
    assert "Waiting 1" in page.text
    assert "Held back 1" in page.text
    assert "1 waiting" in moderator.get(f"/en/moderation/{ref}").text
    assert app.test_cli_runner().invoke(
        args=["moderation", "publish", "--programme", world.slug, "--dry-run"]
    ).output.startswith("Waiting: 1\n")


def test_the_list_tells_why_and_can_be_searched_by_it(app: Flask, world: World, moderator: Browser) -> None:
    an_idea_held(app, world, "trap", title="Fylt ut av program")
    an_idea_held(app, world, "flood", title="Klokker, klokker")
    page = moderator.get(HELD)
    assert "Seems to be sent by a program (1)" in page.text
    assert "The same text many times (1)" in page.text
    only = moderator.get(f"{HELD}?why=flood").text
    assert "Klokker, klokker" in only
    assert "Fylt ut av program" not in only
    assert "Fylt ut" in moderator.get(f"{HELD}?q=program").text
    assert moderator.get(f"{HELD}?why=boredom").status == 404
    assert "Nothing is held back." in moderator.get(f"{HELD}?programme=").text or page.status == 200


def test_only_those_who_moderate_there_see_it(
    app: Flask, world: World, browser: Browser, facilitator: Browser, stranger: Browser
) -> None:
    ref = an_idea_held(app, world, title="Klokker til salgs")
    one = chosen(app, ref)
    assert browser.get(HELD).status in (302, 303)
    assert facilitator.get(HELD).status == 403
    assert "Klokker til salgs" not in stranger.get(HELD).text
    assert decide(stranger, "release", chosen=one).status == 409
    assert decide(facilitator, "release", chosen=one).status == 403
    assert states(app) == [("submitted", "trap")]


def test_an_items_page_tells_that_and_why_and_lets_it_go(
    app: Flask, world: World, moderator: Browser
) -> None:
    ref = an_idea_held(app, world, "rate")
    page = moderator.get(f"/en/moderation/{ref}")
    assert "This is held back: Very many from one place" in page.text
    assert "It may be a school or a library" in page.text
    assert decide(moderator, "release", chosen=chosen(app, ref)).status == 303
    assert "This is held back" not in moderator.get(f"/en/moderation/{ref}").text
    assert states(app) == [("submitted", None)]


def test_the_list_asks_the_same_few_questions_however_long_it_is(
    app: Flask, world: World, moderator: Browser
) -> None:
    asked = []
    for _round in range(2):
        for _number in range(4):
            an_idea_held(app, world)
        with counted(app) as questions:
            assert moderator.get(HELD).status == 200
        asked.append(len(questions))
    assert asked[0] == asked[1]
    assert asked[0] <= 11


# ---- decided


def test_the_chosen_are_confirmed_let_into_the_queue_and_taken_back(
    app: Flask, world: World, moderator: Browser
) -> None:
    refs = [an_idea_held(app, world, title=f"Venter {n}") for n in range(3)]
    some = chosen(app, *refs[:2])
    page = moderator.get(DECIDING, query_string={"action": "release", "chosen": some})
    assert "Do you want to let 2 ideas into the queue?" in page.title
    assert "Venter 0" in page.text
    assert "Venter 2" not in page.text
    done = moderator.get(decide(moderator, "release", chosen=some).location)
    assert "2 wait in the queue now." in done.text
    assert states(app) == [("submitted", None)] * 2 + [("submitted", "trap")]
    undone = moderator.post(f"{HELD}/undo", {"lot": done.hidden("lot")}, follow=True)
    assert "2 are held back again." in undone.text
    assert states(app) == [("submitted", "trap")] * 3
    back = ["moderation.undo_lot", "moderation.hold_again", "moderation.hold_again"]
    assert audited(app) == ["moderation.release", "moderation.release", *back]
    assert moderator.post(f"{HELD}/undo", {"lot": done.hidden("lot")}).status == 404


def test_all_of_a_list_are_refused_at_once_with_a_reason_and_taken_back_at_once(
    app: Flask, world: World, moderator: Browser
) -> None:
    for number in range(30):
        an_idea_held(app, world, "flood", title=f"Klokker {number}")
    kept = an_idea_held(app, world, "trap", title="Noko anna")
    newest = moderator.get(f"{HELD}?why=flood")
    assert "All 30 that this list has" in newest.text
    up_to = newest.html.split('name="up_to" value="')[1].split('"')[0]
    late = an_idea_held(app, world, "flood", title="Kom etterpå")
    page = moderator.get(DECIDING, query_string={"action": "reject", "up_to": up_to, "why": "flood"})
    assert "Do you want to decide not to publish 30 ideas?" in page.title
    assert "And 20 more." in page.text
    sent = decide(moderator, "reject", f"{DECIDING}?why=flood", up_to=up_to, reason="advert")
    done = moderator.get(sent.location)
    assert "30 will not be published." in done.text
    assert states(app) == [("rejected", "flood")] * 30 + [("submitted", "trap"), ("submitted", "flood")]
    with app.app_context():
        assert {c.reason for c in session.query(VisibilityChange)} == {"advert"}
        assert {load(kept).visibility, load(late).visibility} == {"submitted"}
    moderator.post(f"{HELD}/undo", {"lot": done.hidden("lot")})
    assert set(states(app)) == {("submitted", "flood"), ("submitted", "trap")}


def test_several_are_refused_for_few_reasons_only(app: Flask, world: World, moderator: Browser) -> None:
    ref = an_idea_held(app, world)
    page = moderator.get(DECIDING, query_string={"action": "reject", "chosen": chosen(app, ref)})
    assert "Advertising or spam" in page.text
    assert "Hate speech" not in page.text
    for reason in ("", "hate", "boring"):
        wrong = decide(moderator, "reject", chosen=chosen(app, ref), reason=reason)
        assert wrong.status == 422
        assert "Choose a reason" in wrong.text
    assert states(app) == [("submitted", "trap")]


@pytest.mark.parametrize("values", [
    {}, {"action": "release"}, {"action": "explode"}, {"action": "release", "up_to": "x"},
    {"action": "release", "chosen": ["I-00000000:1", "x"]},
])
def test_choosing_nothing_changes_nothing(
    app: Flask, world: World, moderator: Browser, values: dict[str, Any]
) -> None:
    an_idea_held(app, world)
    assert moderator.get(DECIDING, query_string=values).status in (303, 404)
    assert moderator.post(DECIDING, values).status in (404, 409)
    assert states(app) == [("submitted", "trap")]
    assert audited(app) == []


def test_what_has_changed_meanwhile_is_skipped_and_told(
    app: Flask, world: World, moderator: Browser, other_moderator: Browser
) -> None:
    first, second = an_idea_held(app, world), an_idea_held(app, world)
    some = chosen(app, first, second)
    other_moderator.post(f"/en/moderation/{first}", {"decision": "published", "version": "1"})
    page = decide(moderator, "reject", chosen=some, reason="advert")
    assert page.status == 303
    assert f"skipped: {first}" in moderator.get(page.location).text
    assert states(app) == [("published", "trap"), ("rejected", "trap")]


def test_undoing_leaves_what_somebody_has_touched_since(
    app: Flask, world: World, moderator: Browser, other_moderator: Browser
) -> None:
    first, second = an_idea_held(app, world), an_idea_held(app, world)
    done = moderator.get(decide(moderator, "release", chosen=chosen(app, first, second)).location)
    other_moderator.post(f"/en/moderation/{first}", {"decision": "published", "version": "2"})
    assert other_moderator.post(f"{HELD}/undo", {"lot": done.hidden("lot")}).status == 404
    undone = moderator.post(f"{HELD}/undo", {"lot": done.hidden("lot")}, follow=True)
    assert f"skipped: {first}" in undone.text
    assert states(app) == [("published", None), ("submitted", "trap")]


def test_a_held_one_that_is_published_and_taken_back_is_held_again(
    app: Flask, world: World, moderator: Browser
) -> None:
    ref = an_idea_held(app, world)
    moderator.post(f"/en/moderation/{ref}", {"decision": "published", "version": "1"})
    moderator.post(f"/en/moderation/{ref}/undo", {"version": "2"})
    assert states(app) == [("submitted", "trap")]


# ---- mail


def with_address(app: Flask, world: World) -> str:
    ref = an_idea_held(app, world)
    with app.test_request_context("/nn/"):
        promise_news(load(ref), "kari@example.org")
        session.commit()
    return ref


def subjects(app: Flask) -> list[str]:
    with app.app_context():
        return [mail.subject for mail in session.query(Mail)]


def test_the_receipt_is_sent_when_it_is_let_go_and_not_if_that_is_taken_back(
    app: Flask, world: World, moderator: Browser
) -> None:
    ref = with_address(app, world)
    assert subjects(app) == []
    done = moderator.get(decide(moderator, "release", chosen=chosen(app, ref)).location)
    assert subjects(app) == ["Thank you! Your idea has been sent."]
    moderator.post(f"{HELD}/undo", {"lot": done.hidden("lot")})
    assert subjects(app) == []


def test_nobody_is_written_to_about_what_is_refused_by_the_hundred(
    app: Flask, world: World, moderator: Browser
) -> None:
    ref = with_address(app, world)
    decide(moderator, "reject", chosen=chosen(app, ref), reason="advert")
    assert states(app) == [("rejected", "trap")]
    assert subjects(app) == []


# ---- two at once


def test_two_who_decide_about_the_same_lot_at_once_do_it_once(app: Flask, world: World) -> None:
    refs = [an_idea_held(app, world) for _number in range(5)]
    some, start, answers = chosen(app, *refs), Barrier(2), []

    def refuse(user_id: int, action: str) -> None:
        browser = Browser(app, user_id=user_id)
        browser.get("/sv/receipt")
        start.wait(10)
        answers.append((action, decide(browser, action, chosen=some, reason="advert").status))

    at_once = [Thread(target=refuse, args=(world.moderator, "reject")),
               Thread(target=refuse, args=(world.other_moderator, "release"))]
    for one in at_once:
        one.start()
    for one in at_once:
        one.join()
    won = [action for action, status in answers if status == 303]
    assert sorted(status for _action, status in answers) == [303, 409]
    after = ("rejected", "trap") if won == ["reject"] else ("submitted", None)
    assert states(app) == [after] * 5
