"""What waits for somebody's eyes, in which order, and in whose hands it is."""

from datetime import timedelta

import pytest
from flask import Flask

from citizen.base import clock
from citizen.base.db import session
from citizen.contributions import actions as contributions
from citizen.ideas.models import Report
from citizen.moderation import actions
from citizen.moderation.models import QueueItem
from tests.factories import an_idea, load
from tests.moderation.test_deciding import decide, state_of
from tests.pages import Browser
from tests.world import World

QUEUE = "/en/moderation/"
ALL = {"Ring meg", "Gammal bru", "Om naboen", "Ny benk"}


def in_order(app: Flask, browser: Browser, *titles: str, query: str = "") -> list[str]:
    """Those of the titles that the queue shows, as it shows them."""
    page = browser.get(QUEUE + query).html
    return sorted((title for title in titles if title in page), key=page.index)


def came(app: Flask, ref: str, days: int) -> None:
    """Say that an idea came in some days ago."""
    with app.app_context():
        contribution = load(ref)
        contribution.submitted_at = clock.now() - timedelta(days=days)
        session.flush()
        actions.refresh(contribution)
        session.commit()


def report(app: Flask, ref: str, reason: str) -> None:
    with app.app_context():
        contribution = load(ref)
        session.add(
            Report(contribution_id=contribution.id, browser=f"{reason}{ref}", reason=reason, at=clock.now())
        )
        session.flush()
        actions.refresh(contribution)
        session.commit()


def test_what_came_first_is_due_first(app: Flask, world: World, moderator: Browser) -> None:
    new, old = an_idea(app, world, title="Ny benk"), an_idea(app, world, title="Gammal bru")
    came(app, old, 3)
    came(app, new, 1)
    assert in_order(app, moderator, "Ny benk", "Gammal bru") == ["Gammal bru", "Ny benk"]


def test_what_an_author_has_corrected_comes_back_on_top(app: Flask, world: World, moderator: Browser) -> None:
    an_idea(app, world, title="Ny benk")
    back = an_idea(app, world, title="Retta bru", state="returned")
    with app.app_context():
        contributions.resend(load(back), title="Retta bru no", body="Med ny tekst om brua.")
        session.commit()
    assert in_order(app, moderator, "Ny benk", "Retta bru no") == ["Retta bru no", "Ny benk"]
    assert "Sent again" in moderator.get(QUEUE).text


def test_a_grave_report_comes_before_what_has_not_been_published(
    app: Flask, world: World, moderator: Browser
) -> None:
    an_idea(app, world, title="Ny benk")
    report(app, an_idea(app, world, title="Om naboen", state="published"), "hate")
    report(app, an_idea(app, world, title="Kjøp no", state="published"), "advert")
    assert in_order(app, moderator, "Ny benk", "Om naboen", "Kjøp no") == ["Om naboen", "Kjøp no", "Ny benk"]


def test_what_says_the_same_stands_side_by_side(app: Flask, world: World, moderator: Browser) -> None:
    same = {"title": "Gatelys", "body": "Eg vil ha gatelys langs den mørke skulevegen."}
    first = an_idea(app, world, **same)
    an_idea(app, world, title="Badeplass", body="Ein brygge ved vatnet.")
    second = an_idea(app, world, **same)
    came(app, first, 2)
    with app.app_context():
        actions.refresh(load(second))
        session.commit()
    html = moderator.get(QUEUE).html
    assert sorted((first, second, "Badeplass"), key=html.index)[2] == "Badeplass"
    assert second in moderator.get(f"/en/moderation/{first}").html


def test_what_has_been_decided_waits_no_longer_and_waits_again_when_that_is_taken_back(
    app: Flask, world: World, moderator: Browser
) -> None:
    ref = an_idea(app, world)
    decide(moderator, ref, "published")
    with app.app_context():
        assert session.query(QueueItem).count() == 0
    moderator.post(f"/en/moderation/{ref}/undo", {"version": "2"})
    with app.app_context():
        assert session.query(QueueItem).one().kind == "new"


def test_what_came_back_within_the_day_comes_first_and_is_not_late(
    app: Flask, world: World, moderator: Browser
) -> None:
    ref = an_idea(app, world, title="Badeplass")
    an_idea(app, world, title="Ny benk")
    decide(moderator, ref, "returned", reason="off_topic", words="Skriv om byen.")
    with app.app_context():
        contributions.resend(load(ref), title="Badeplass", body="Ein badeplass ved kaia.")
        session.commit()
    page = moderator.get(QUEUE)
    assert page.html.index("Badeplass") < page.html.index("Ny benk")
    assert "Sent again" in page.text
    assert ">Late<" not in page.html + moderator.get(f"/en/moderation/{ref}").html
    assert "Badeplass" not in moderator.get(f"{QUEUE}?late=y").html
    with clock.stopped_at(clock.now() + timedelta(days=1, minutes=1)):
        assert ">Late<" in moderator.get(f"/en/moderation/{ref}").html
        assert "Badeplass" in moderator.get(f"{QUEUE}?late=y").html


@pytest.mark.parametrize(("query", "shown"), [
    # What is public and may be grave is due at once, and late after a day.
    ("?hits=y", {"Ring meg"}), ("?late=y", {"Gammal bru"}), ("?why=reported", {"Om naboen"}),
    ("?desk=mine", {"Ny benk"}), ("?desk=nobody", {"Ring meg", "Gammal bru", "Om naboen"}),
    ("?written_in=sv", set()), ("?written_in=sv&written_in=nn", ALL), ("?why=odd&desk=odd", ALL),
])
def test_a_moderator_sees_what_they_ask_for(
    app: Flask, world: World, moderator: Browser, query: str, shown: set[str]
) -> None:
    an_idea(app, world, title="Ring meg", body="Eg bur ved vegen. Skriv til per.hansen@example.org.")
    came(app, an_idea(app, world, title="Gammal bru"), 30)
    report(app, an_idea(app, world, title="Om naboen", state="published"), "hate")
    mine = an_idea(app, world, title="Ny benk")
    moderator.post(f"/en/moderation/{mine}/assignment", {"to": str(world.moderator)})
    assert set(in_order(app, moderator, *ALL, query=query)) == shown


# ---- in hand


def test_two_people_see_that_they_work_on_the_same(
    app: Flask, world: World, moderator: Browser, other_moderator: Browser
) -> None:
    ref = an_idea(app, world)
    moderator.post(f"/en/moderation/{ref}/claim")
    assert "Maja has this in hand" in other_moderator.get(f"/en/moderation/{ref}").text
    assert "In the hands of Maja" in other_moderator.get(QUEUE).text
    assert "You have this in hand" in moderator.get(f"/en/moderation/{ref}").text
    page = other_moderator.post(f"/en/moderation/{ref}/claim", follow=True)
    assert "Somebody else has this in hand" in page.text
    assert "Maja has this in hand" in page.text


def test_what_the_script_is_told_does_not_follow_to_the_next_page(
    app: Flask, world: World, moderator: Browser, other_moderator: Browser
) -> None:
    ref, other = an_idea(app, world), an_idea(app, world)
    answer = moderator.post(f"/en/moderation/{ref}/claim", {"by_itself": "1"})
    assert answer.response.json == {"mine": True, "says": "You have this in hand; the others see it."}
    answer = other_moderator.post(f"/en/moderation/{ref}/claim", {"by_itself": "1"})
    assert not answer.response.json["mine"]
    assert "Somebody else has this in hand" in answer.response.json["says"]
    assert "Somebody else has this in hand" not in other_moderator.get(f"/en/moderation/{other}").text


def test_nobody_has_more_than_one_thing_in_hand_and_none_for_ever(
    app: Flask, world: World, moderator: Browser, other_moderator: Browser
) -> None:
    first, second = an_idea(app, world), an_idea(app, world)
    moderator.post(f"/en/moderation/{first}/claim")
    moderator.post(f"/en/moderation/{second}/claim")
    assert "has this in hand" not in other_moderator.get(f"/en/moderation/{first}").text
    with app.app_context():
        session.get_one(QueueItem, load(second).id).claimed_until = clock.now() - timedelta(seconds=1)
        session.commit()
    other_moderator.post(f"/en/moderation/{second}/claim")
    assert "Morten has this in hand" in moderator.get(f"/en/moderation/{second}").text
    other_moderator.post(f"/en/moderation/{second}/release")
    assert "has this in hand" not in moderator.get(f"/en/moderation/{second}").text


def test_only_who_moderates_there_gets_it_on_their_desk(app: Flask, world: World, moderator: Browser) -> None:
    ref = an_idea(app, world)
    address = f"/en/moderation/{ref}/assignment"
    page = moderator.post(address, {"to": str(world.other_moderator)}, follow=True)
    assert "on the desk of Morten" in page.text
    assert "On the desk of Morten" in moderator.get(QUEUE).text
    for nobody in (world.stranger, world.facilitator, 10**8, 10**20, "٣", "abc"):
        assert moderator.post(address, {"to": str(nobody)}).status == 422
    assert "on nobody’s desk" in moderator.post(address, {"to": ""}, follow=True).text
    decide(moderator, ref, "published")
    assert moderator.post(address, {"to": str(world.moderator)}).status == 422


# ---- views


def test_a_choice_is_kept_under_a_name_and_forgotten_again(
    app: Flask, world: World, moderator: Browser, other_moderator: Browser
) -> None:
    an_idea(app, world)
    asked = "late=y&written_in=nn&written_in=sv"
    page = moderator.post(f"/en/moderation/views?{asked}", {"name": "Hastar"}, follow=True)
    assert 'href="/en/moderation/?written_in=nn&amp;written_in=sv&amp;late=y"' in page.html
    assert "Hastar" not in other_moderator.get(QUEUE).text
    assert moderator.post("/en/moderation/views?late=y", {"name": " "}).status == 422
    moderator.post("/en/moderation/views?hits=y", {"name": "Hastar"})
    assert 'href="/en/moderation/?hits=y"' in moderator.get(QUEUE).html
    assert other_moderator.post("/en/moderation/views/1/removal").status == 404
    moderator.post("/en/moderation/views/1/removal")
    assert "?hits=y" not in moderator.get(QUEUE).html


# ---- several


def test_several_are_returned_for_the_same_reason_and_all_of_it_is_taken_back_at_once(
    app: Flask, world: World, moderator: Browser, other_moderator: Browser
) -> None:
    refs = [an_idea(app, world, title=f"Idé {letter}") for letter in "abc"]
    chosen = {"decision": "returned", "chosen": [f"{ref}:1" for ref in refs]}
    page = moderator.post("/en/moderation/several", chosen)
    assert page.status == 422
    assert "Choose a reason" in page.text
    # Without words each author gets the standard ones, in the language of the idea.
    assert "standard words" in page.text
    said = {"reason": "off_topic", "words": ""}
    answer = moderator.post("/en/moderation/several", {**chosen, **said})
    page = moderator.get(answer.location)
    assert "3 ideas have been returned to their authors." in page.text
    decide(other_moderator, an_idea(app, world), "published")
    lot = answer.location.partition("lot=")[2]
    page = other_moderator.post(f"/en/moderation/several/{lot}/undo", follow=True)
    assert page.status == 200
    assert "There is nothing to undo." in page.text
    with app.app_context():
        contributions.resend(load(refs[0]), title="Idé a", body="Noko heilt anna.")
        session.commit()
    page = moderator.post(f"/en/moderation/several/{lot}/undo", follow=True)
    assert "The decision about 2 ideas has been taken back." in page.text
    assert f"skipped: {refs[0]}" in page.text
    assert [state_of(app, ref)[0] for ref in refs] == ["submitted"] * 3
    again = moderator.post(f"/en/moderation/several/{lot}/undo", follow=True)
    assert again.status == 200
    assert "There is nothing to undo." in again.text
