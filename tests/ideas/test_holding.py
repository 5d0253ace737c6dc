"""What is received and held back: programs and floods. Households, schools and libraries never notice."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask

from citizen.base.db import session
from citizen.base.outbox import Mail
from citizen.contributions.models import Contact, Contribution
from citizen.contributions.rules import FLOOD_FROM
from tests.factories import an_idea
from tests.ideas.test_kiosk import kiosk
from tests.ideas.test_kiosk import send as send_on_kiosk
from tests.ideas.test_submitting import filled
from tests.ideas.test_voices import path as voice_path
from tests.pages import Browser, Page
from tests.world import World

__all__ = ["kiosk"]

WORDS = [
    "buss", "bron", "skolan", "lekplats", "bibliotek", "cykel", "vägen", "ljus", "parken", "vatten", "snö",
    "bostad", "torget", "färja", "mobil", "vård", "idrott", "kultur", "musik", "skog", "sjö", "bad", "hund",
]


def a_text(number: int) -> str:
    """A text like no other: each takes its own words."""
    chosen = [f"{WORDS[(number * 7 + k) % len(WORDS)]}{chr(97 + number % 26)}{chr(97 + k)}" for k in range(8)]
    return " ".join(chosen)


def send(browser: Browser, world: World, **changes: str) -> Page:
    return browser.post(f"/nn/ideas/{world.slug}/new", filled(**changes))


def held(app: Flask) -> list[str | None]:
    with app.app_context():
        return [one.held_as for one in session.query(Contribution).order_by(Contribution.id)]


def hold_after(app: Flask, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    settings = replace(app.extensions["citizen.settings"], hold_after=number)
    monkeypatch.setitem(app.extensions, "citizen.settings", settings)


# ---- the trap


def test_the_form_carries_the_moment_it_was_shown_and_a_field_that_nobody_sees(
    browser: Browser, world: World
) -> None:
    page = browser.get(f"/nn/ideas/{world.slug}/new")
    assert page.hidden("shown")
    assert '<label hidden>Leave this field empty <input name="homepage" autocomplete="off"' in page.html


@pytest.mark.parametrize(
    "changes", [{"homepage": "https://klocka.example"}, {"shown": ""}, {"shown": "forged"}]
)
def test_what_trips_is_received_as_ever_and_held_back(
    app: Flask, browser: Browser, world: World, changes: dict[str, str]
) -> None:
    page = send(browser, world, **changes)
    assert page.status == 303
    receipt = browser.get(page.location)
    assert "Gatelys langs Elvevegen" in receipt.text
    assert "eld back" not in receipt.text
    assert held(app) == ["trap"]


def test_a_form_sent_at_once_is_held_back_and_one_that_comes_back_is_as_old_as_at_first(
    app: Flask, browser: Browser, world: World
) -> None:
    page = browser.get(f"/nn/ideas/{world.slug}/new")
    send(browser, world, shown=page.hidden("shown"))
    assert held(app) == ["trap"]
    page = send(browser, world, title="")
    assert page.status == 422
    send(browser, world, shown=page.hidden("shown"), body=a_text(1))
    assert held(app) == ["trap", None]


def test_a_phone_that_sends_later_sends_when_the_form_was_shown(
    app: Flask, browser: Browser, world: World
) -> None:
    token = browser.client.get("/nn/phone/token").json["token"]
    answer = browser.client.post(
        f"/nn/ideas/{world.slug}/new", headers={"Accept": "application/json"},
        data=filled(shown=browser.opened(timedelta(days=9)), csrf_token=token),
    )
    assert answer.status_code == 200
    assert held(app) == [None]


def test_what_staff_type_into_the_form_is_never_held_back(
    app: Flask, facilitator: Browser, world: World
) -> None:
    send(facilitator, world, shown="")
    assert held(app) == [None]


# ---- very much from one address


def test_a_household_of_five_sends_ten_ideas_in_an_hour(app: Flask, world: World) -> None:
    family = [Browser(app, language="nn") for _person in range(5)]
    for number in range(10):
        assert send(family[number % 5], world, body=a_text(number)).status == 303
    assert held(app) == [None] * 10


def test_beyond_so_many_from_one_address_the_rest_is_received_and_held_back(
    app: Flask, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    hold_after(app, monkeypatch, 4)
    for number in range(6):
        assert send(Browser(app, language="nn"), world, body=a_text(number)).status == 303
    assert held(app) == [None] * 4 + ["rate"] * 2


def test_another_address_is_not_concerned(app: Flask, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    hold_after(app, monkeypatch, 1)
    for number, address in enumerate(["10.0.0.1", "10.0.0.1", "10.0.0.2"]):
        Browser(app, language="nn").post(
            f"/nn/ideas/{world.slug}/new", filled(body=a_text(number)), environ_base={"REMOTE_ADDR": address}
        )
    assert held(app) == [None, "rate", None]


def test_on_a_busy_day_an_address_gets_a_quarter(
    app: Flask, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    hold_after(app, monkeypatch, 8)
    monkeypatch.setattr("citizen.ideas.routes.holding.BUSY", 3)
    for _number in range(3):
        an_idea(app, world)
    for number in range(4):
        send(Browser(app, language="nn"), world, body=a_text(number))
    assert held(app) == [None] * 3 + [None] * 2 + ["rate"] * 2


def test_a_device_in_the_library_sends_four_times_as_much(
    app: Flask, world: World, kiosk: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    hold_after(app, monkeypatch, 1)
    for number in range(5):
        assert send_on_kiosk(kiosk, world, body=a_text(number)).status == 303
    assert held(app) == [None] * 4 + ["rate"]


def test_the_same_idea_sent_again_is_not_counted(
    app: Flask, browser: Browser, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    hold_after(app, monkeypatch, 2)
    again = filled(body=a_text(1))
    for _time in range(5):
        browser.post(f"/nn/ideas/{world.slug}/new", again)
    send(browser, world, body=a_text(2))
    assert held(app) == [None, None]


# ---- the same text again and again


def test_the_first_ones_of_a_flood_are_let_through_and_the_rest_is_held_back(
    app: Flask, world: World
) -> None:
    for number in range(FLOOD_FROM + 3):
        text = f"Køp billege klokker hos oss i nettbutikken, fri frakt til heile bygda, ring {number} no!"
        send(Browser(app, language="nn"), world, title=f"Tilbod {number}", body=text)
    assert held(app) == [None] * FLOOD_FROM + ["flood"] * 3


def test_many_who_want_the_same_in_words_of_their_own_are_no_flood(app: Flask, world: World) -> None:
    for body in (
        "Eg vil ha gatelys langs vegen til skulen, for ungane går i mørket.",
        "Det er altfor mørkt på skulevegen om vinteren, set opp lampar der borna går.",
        "Lys på gangstien ved elva hadde gjort at vi kunne gå tur om kvelden.",
        "Kommunen bør sette opp gatelys mellom kyrkja og idrettshallen snarast råd.",
        "Vi foreldre ønskjer oss betre belysning der borna ventar på skulebussen.",
        "Trygg skuleveg: meir lys, brøyta fortau og eit gangfelt ved butikken.",
        "Gatelysa vart slått av for å spare straum, slå dei på igjen for ungdommen.",
    ):
        send(Browser(app, language="nn"), world, body=body)
    assert set(held(app)) == {None}


# ---- lines under ideas


def test_a_line_is_held_back_like_an_idea_and_a_voice_alone_never(
    app: Flask, browser: Browser, world: World
) -> None:
    ref = an_idea(app, world, state="published")
    assert browser.post(voice_path(ref), {"homepage": "x", "shown": ""}).status == 303
    assert browser.post(voice_path(ref), {"line": "Kjøp klokker!", "shown": ""}).status == 303
    assert browser.post(voice_path(ref), {"line": "Ved brua òg."}).status == 303
    assert held(app) == [None, "trap", None]
    with app.app_context():
        from citizen.ideas.models import Idea

        assert session.query(Idea).one().support_count == 1


# ---- mail


def test_an_address_that_came_with_what_is_held_back_gets_no_mail(
    app: Flask, browser: Browser, world: World
) -> None:
    send(browser, world, email="victim@example.org", shown="")
    with app.app_context():
        assert Counter(one.email for one in session.query(Contact)) == {"victim@example.org": 1}
        assert session.query(Mail).count() == 0


def test_what_its_author_corrects_after_somebody_has_looked_is_no_longer_held(
    app: Flask, browser: Browser, moderator: Browser, world: World
) -> None:
    location = send(browser, world, shown="").location
    with app.app_context():
        ref = session.query(Contribution).one().ref
    moderator.post(f"/nn/moderation/{ref}", {
        "decision": "returned", "version": "1", "reason": "off_topic", "words": "Skriv meir.",
    })
    assert held(app) == ["trap"]
    browser.post(location, {"title": "Gatelys", "body": "Betre forklart."})
    assert held(app) == [None]
