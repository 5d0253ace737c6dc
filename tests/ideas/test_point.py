"""Where an idea is about, as a point: set, shown, taken away, and never more exact than it says."""

import re
import uuid
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError

from citizen.base.db import session
from citizen.ideas.models import Idea
from citizen.places.rules.points import Bounds, Point
from tests.factories import an_idea
from tests.ideas.test_submitting import filled, stored
from tests.pages import Browser, Page
from tests.photos import a_photo, sent
from tests.places.material import give_map
from tests.world import World

POINT = Point(60.012, 12.345)


def points(app: Flask) -> list[tuple[float | None, float | None]]:
    with app.app_context():
        return [(idea.latitude, idea.longitude) for idea in session.query(Idea)]


def new(world: World) -> str:
    return f"/nn/ideas/{world.slug}/new"


def test_a_point_is_stored_rounded(app: Flask, browser: Browser, world: World) -> None:
    browser.post(new(world), filled(latitude="60.0123456", longitude="12.3449"))
    assert points(app) == [(60.012, 12.345)]


@pytest.mark.parametrize(("latitude", "longitude"), [
    ("", ""), ("60.0", ""), ("", "12.0"), ("north", "east"), ("0", "0"), ("53", "12"), ("60", "40"),
    ("nan", "nan"), ("60.0\0", "x"),
])
def test_what_is_no_point_is_dropped_and_the_idea_arrives(
    app: Flask, browser: Browser, world: World, latitude: str, longitude: str
) -> None:
    page = browser.post(new(world), filled(latitude=latitude, longitude=longitude))
    assert page.status == 303
    assert points(app) == [(None, None)]


def test_a_point_is_kept_in_a_form_that_comes_back(app: Flask, browser: Browser, world: World) -> None:
    page = browser.post(new(world), filled(title="", latitude="60.0123456", longitude="12.3449"))
    assert page.status == 422
    assert (page.hidden("latitude"), page.hidden("longitude")) == ("60.012", "12.345")
    assert "rounded to about 100 metres: 60,012° N, 12,345° E" in page.text


@pytest.mark.parametrize(("latitude", "longitude"), [
    (60.0, None), (None, 12.0), (53.9, 12.0), (72.1, 12.0), (60.0, 3.9), (60.0, 32.1),
])
def test_the_database_refuses_half_a_point_and_one_far_away(
    app: Flask, world: World, latitude: float | None, longitude: float | None
) -> None:
    an_idea(app, world)
    with app.app_context():
        idea = session.query(Idea).one()
        idea.latitude, idea.longitude = latitude, longitude
        with pytest.raises(IntegrityError):
            session.flush()
        session.rollback()


# ---- on a map, without script


def press(browser: Browser, world: World, town: str, x: int, y: int, **changes: str) -> Page:
    pressed = {f"point-{town}.x": str(x), f"point-{town}.y": str(y)}
    return browser.post(new(world), filled(**pressed, **changes))


def test_a_form_offers_the_maps_that_there_are_and_fetches_none(
    app: Flask, browser: Browser, world: World
) -> None:
    page = browser.get(new(world))
    assert "Point it out on the map" not in page.text
    give_map(app, world.norwegian)
    page = browser.get(new(world))
    assert page.text.count("Point it out on the map") == 1
    live = page.html.split("<template>")[0]
    assert "/places/maps/" not in live
    give_map(app, world.swedish)
    assert "Point it out on the map – Granby kommun" in browser.get(new(world)).text


def test_without_script_the_map_is_shown_by_a_button_and_what_was_typed_stays(
    app: Flask, browser: Browser, world: World
) -> None:
    give_map(app, world.norwegian)
    page = browser.post(new(world), filled(map="elvdal", title="Halvferdig", body=""))
    assert page.status == 200
    assert '<input type="image" name="point-elvdal"' in page.html
    assert 'value="Halvferdig"' in page.html
    assert "problems" not in page.html.replace("problems-then", "")
    assert stored(app) == []


def test_without_script_the_picture_is_pressed_and_the_point_drawn(
    app: Flask, browser: Browser, world: World
) -> None:
    give_map(app, world.norwegian)
    # The picture is 288 × 144; this is a quarter from the left and in the middle.
    page = press(browser, world, "elvdal", 72, 72, title="Halvferdig")
    assert page.status == 200
    assert (page.hidden("latitude"), page.hidden("longitude")) == ("60.0", "12.1")
    assert 'cx="250" cy="250"' in page.html
    assert 'value="Halvferdig"' in page.html
    assert stored(app) == []
    browser.post(new(world), filled(latitude=page.hidden("latitude"), longitude=page.hidden("longitude")))
    assert points(app) == [(60.0, 12.1)]


def test_a_picture_pressed_by_key_tells_no_place(app: Flask, browser: Browser, world: World) -> None:
    give_map(app, world.norwegian)
    page = press(browser, world, "elvdal", 0, 0)
    assert page.hidden("latitude") == ""
    assert "Point with a finger or a mouse" in page.text


@pytest.mark.parametrize(("town", "x", "y", "latitude"), [
    ("granby", "5", "5", ""), ("nowhere", "5", "5", ""), ("elvdal", "99999", "99999", "59.95"),
])
def test_a_press_beside_the_map_breaks_nothing(
    app: Flask, browser: Browser, world: World, town: str, x: str, y: str, latitude: str
) -> None:
    give_map(app, world.norwegian)
    page = press(browser, world, town, int(x), int(y))
    assert page.status == 200
    assert page.hidden("latitude") == latitude


@pytest.mark.parametrize("x", ["-1", "x", "1.5", "9" * 40, "٥"])
def test_a_press_that_is_none_sends_the_idea(app: Flask, browser: Browser, world: World, x: str) -> None:
    give_map(app, world.norwegian)
    assert browser.post(new(world), filled(**{"point-elvdal.x": x, "point-elvdal.y": "1"})).status == 303


def test_without_script_a_point_is_removed_by_one_press(app: Flask, browser: Browser, world: World) -> None:
    page = browser.post(new(world), filled(point="", latitude="60.0", longitude="12.1", title="Halvferdig"))
    assert page.status == 200
    assert page.hidden("latitude") == page.hidden("longitude") == ""
    assert "The point has been removed." in page.text
    assert 'value="Halvferdig"' in page.html
    assert stored(app) == []


def test_pressing_about_on_a_map_does_not_count_as_sending(
    app: Flask, browser: Browser, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = app.extensions["citizen.settings"]
    monkeypatch.setitem(app.extensions, "citizen.settings", _with_limit(settings, "1 per 10 minutes"))
    give_map(app, world.norwegian)
    for x in range(5, 10):
        assert press(browser, world, "elvdal", x, 9).status == 200
    assert browser.post(new(world), filled()).status == 303


def _with_limit(settings: Any, limit: str) -> Any:
    from dataclasses import replace

    return replace(settings, submit_limit=limit)


# ---- where it is shown


def test_an_idea_is_shown_on_the_map_it_lies_on(app: Flask, browser: Browser, world: World) -> None:
    ref = an_idea(app, world, state="published", point=POINT)
    path = f"/nb/ideas/{world.slug}/{ref}"
    assert "<figure" not in browser.get(path).html
    give_map(app, world.swedish)
    page = browser.get(path)
    assert 'alt="Map of Granby kommun with a dot at 60,012° N, 12,345° E"' in page.html
    assert 'loading="lazy"' in page.html
    assert "© Kartverket" in page.text
    give_map(app, world.norwegian)
    assert "Map of Elvdal kommune" in browser.get(path).html
    give_map(app, world.swedish, Bounds(60.0, 59.0, 12.0, 13.0))
    give_map(app, world.norwegian, Bounds(60.0, 59.0, 12.0, 13.0))
    assert "<figure" not in browser.get(path).html


def test_an_idea_without_a_point_is_shown_on_no_map(app: Flask, browser: Browser, world: World) -> None:
    give_map(app, world.norwegian)
    ref = an_idea(app, world, state="published")
    assert "<figure" not in browser.get(f"/nb/ideas/{world.slug}/{ref}").html


def test_a_moderator_reads_the_point_in_words_and_sees_it_where_there_is_a_map(
    app: Flask, moderator: Browser, world: World
) -> None:
    ref = an_idea(app, world, point=POINT)
    page = moderator.get(f"/en/moderation/{ref}")
    assert "60.012° N, 12.345° E" in page.text
    assert "<figure" not in page.html
    give_map(app, world.norwegian)
    assert "<figure" in moderator.get(f"/en/moderation/{ref}").html
    without = an_idea(app, world)
    assert "Point on the map" not in moderator.get(f"/en/moderation/{without}").text


def test_an_author_takes_the_point_away_on_the_receipt(app: Flask, browser: Browser, world: World) -> None:
    page = browser.post(new(world), filled(latitude="60.0", longitude="12.1"))
    receipt = page.location
    assert "60,000° N, 12,100° E" in browser.get(receipt).text
    assert browser.post(f"{receipt}/point").status == 303
    assert points(app) == [(None, None)]
    assert "12,100" not in browser.get(receipt).text
    assert browser.post("/nn/receipt/AAAABBBBCCCC/point").status == 404


# ---- with photos


def press_with_photo(browser: Browser, world: World, **changes: str) -> Page:
    pressed = {"point-elvdal.x": "72", "point-elvdal.y": "72"}
    return sent(browser, new(world), filled(**pressed, **changes), [(a_photo(), "a.jpg")])


def test_photos_are_kept_while_somebody_presses_on_the_map(
    app: Flask, browser: Browser, world: World
) -> None:
    give_map(app, world.norwegian)
    page = press_with_photo(browser, world)
    assert page.status == 200
    assert len(re.findall(r'name="kept" value="[^"]+"', page.html)) == 1
    assert page.hidden("latitude") == "60.0"


def test_photos_of_a_form_without_a_key_are_held_under_one_that_nobody_knows(
    app: Flask, browser: Browser, world: World
) -> None:
    give_map(app, world.norwegian)
    for key in ("", "not a key"):
        page = press_with_photo(browser, world, client_key=key)
        assert uuid.UUID(page.hidden("client_key"))
    other = Browser(app).post(new(world), filled(map="elvdal", client_key=""))
    assert 'name="kept"' not in other.html


def test_pressing_about_with_photos_counts_as_sending(
    app: Flask, browser: Browser, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = app.extensions["citizen.settings"]
    monkeypatch.setitem(app.extensions, "citizen.settings", _with_limit(settings, "10 per 10 minutes"))
    give_map(app, world.norwegian)
    assert [press_with_photo(browser, world).status for _ in range(3)] == [200, 200, 429]
