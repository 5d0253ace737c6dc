"""A device that many people write on: nobody finds what another has written."""

from datetime import timedelta

import pytest
from flask import Flask

from citizen.base import clock
from citizen.base.audit import AuditRow
from citizen.base.db import session
from citizen.contributions.models import Contribution
from tests.factories import an_idea
from tests.ideas.test_receipt import code_of
from tests.ideas.test_submitting import filled
from tests.pages import Browser, Page
from tests.places.material import give_map
from tests.world import World


@pytest.fixture
def kiosk(world: World, facilitator: Browser) -> Browser:
    """A device that a facilitator has left in the library of Elvdal."""
    page = facilitator.post(f"/nn/ideas/{world.slug}/kiosk", {"municipality": "elvdal"})
    assert page.location == f"/nn/ideas/{world.slug}/new?kiosk=1&municipality=elvdal"
    return facilitator


def send(kiosk: Browser, world: World, **values: str) -> Page:
    path = f"/nn/ideas/{world.slug}/new"
    return kiosk.post(path, filled(csrf_token=kiosk.get(path).hidden("csrf_token"), **values))


def test_it_shows_the_form_and_no_other_links(world: World, kiosk: Browser) -> None:
    page = kiosk.get(f"/nn/ideas/{world.slug}/new?kiosk=1&municipality=elvdal")
    links = {h for h in page.html.split('href="')[1:] if h.startswith("/")}
    pages = {h.split('"')[0].split("?")[0] for h in links if not h.startswith("/static/")}
    assert pages == {f"/{language}/ideas/{world.slug}/new" for language in ("sv", "nb", "nn", "en")}
    assert 'value="elvdal" checked' in page.html
    assert page.response.headers["Cache-Control"] == "no-store"
    assert 'type="email" value="" autocomplete="off"' in page.html
    assert "Start again" in page.text


def test_whoever_left_it_there_is_signed_out_on_it(app: Flask, world: World, kiosk: Browser) -> None:
    page = kiosk.get(f"/nn/ideas/{world.slug}/notes")
    assert page.location.startswith("/nn/accounts/sign-in")
    with app.app_context():
        row = session.query(AuditRow).filter_by(action="ideas.kiosk").one()
        assert row.actor_id == world.facilitator


def test_a_place_is_pointed_out_on_the_map_and_not_where_the_kiosk_stands(
    app: Flask, world: World, kiosk: Browser
) -> None:
    give_map(app, world.norwegian)
    page = kiosk.get(f"/nn/ideas/{world.slug}/new?kiosk=1&municipality=elvdal")
    assert "Point it out on the map" in page.text
    assert "Where I am" not in page.text
    assert kiosk.get("/nn/places/maps/elvdal/large").response.mimetype == "image/webp"


@pytest.mark.parametrize("path", ["/nn/", "/nn/programmes/{slug}", "/nn/ideas/{slug}", "/nn/receipt"])
def test_whatever_else_is_opened_leads_back_to_the_form(world: World, kiosk: Browser, path: str) -> None:
    page = kiosk.get(path.format(slug=world.slug))
    assert page.status == 302
    assert page.location.startswith(f"/nn/ideas/{world.slug}/new")


def test_the_receipt_is_shown_large_with_nothing_to_click_but_starting_again(
    app: Flask, world: World, kiosk: Browser
) -> None:
    page = kiosk.get(send(kiosk, world).location)
    assert page.status == 200
    assert "QR code with the link" in page.html
    assert "Done, start again" in page.text
    assert "/withdrawal" not in page.html
    assert "Gatelys langs Elvevegen" not in page.html
    assert page.response.headers["Cache-Control"] == "no-store"


def test_the_next_one_cannot_go_back_to_the_receipt_before(world: World, kiosk: Browser) -> None:
    receipt = send(kiosk, world).location
    assert kiosk.get(receipt).status == 200
    kiosk.get(f"/nn/ideas/{world.slug}/new?kiosk=1&municipality=elvdal")
    assert kiosk.get(receipt).status == 303


def test_a_receipt_that_nobody_puts_away_closes_by_itself(world: World, kiosk: Browser) -> None:
    receipt = send(kiosk, world).location
    with clock.stopped_at(clock.now() + timedelta(minutes=6)):
        assert kiosk.get(receipt).status == 303


def test_no_receipt_of_another_can_be_opened_on_it(app: Flask, world: World, kiosk: Browser) -> None:
    assert kiosk.get(f"/nn/receipt/{code_of(app, an_idea(app, world))}").status == 303


def test_a_form_with_something_missing_is_shown_again_without_other_links(
    app: Flask, world: World, kiosk: Browser
) -> None:
    page = send(kiosk, world, title="")
    assert page.status == 422
    assert "Set opp lys" in page.html
    assert 'class="bottom"' not in page.html
    assert page.response.headers["Cache-Control"] == "no-store"


def test_two_people_after_each_other_send_two_ideas(app: Flask, world: World, kiosk: Browser) -> None:
    send(kiosk, world)
    kiosk.get(f"/nn/ideas/{world.slug}/new?kiosk=1&municipality=elvdal")
    send(kiosk, world, title="Ein benk ved elva")
    with app.app_context():
        assert session.query(Contribution).count() == 2


def test_signing_in_ends_it(app: Flask, world: World, kiosk: Browser) -> None:
    assert kiosk.get("/nn/accounts/sign-in").status == 200
    with kiosk.client.session_transaction() as cookie:
        assert "user" not in cookie
        cookie["user"], cookie["epoch"] = world.facilitator, 1
    assert kiosk.get(f"/nn/ideas/{world.slug}/notes").status == 200
    assert 'class="bottom"' in kiosk.get(f"/nn/ideas/{world.slug}/new").html


def test_a_page_that_is_not_there_leads_back_to_the_form(world: World, kiosk: Browser) -> None:
    page = kiosk.get("/nn/nothing")
    assert page.status == 404
    assert f"/nn/ideas/{world.slug}/new" in page.html
    assert "Go to the start page" not in page.text


def test_an_address_alone_makes_no_kiosk(world: World, browser: Browser) -> None:
    assert 'class="bottom"' in browser.get(f"/nn/ideas/{world.slug}/new?kiosk=1").html


@pytest.mark.parametrize("town", ["", "atlantis", "langtborta"])
def test_it_stands_for_a_municipality_of_the_programme(world: World, facilitator: Browser, town: str) -> None:
    page = facilitator.post(f"/nn/ideas/{world.slug}/kiosk", {"municipality": town})
    assert page.status == 422
    assert 'id="municipality-error"' in page.html


def test_only_those_who_help_may_leave_one(
    world: World, stranger: Browser, administrator: Browser, browser: Browser, moderator: Browser
) -> None:
    path, asked = f"/nn/ideas/{world.slug}/kiosk", {"municipality": "elvdal"}
    assert (stranger.get(path).status, stranger.post(path, asked).status) == (404, 404)
    assert (administrator.get(path).status, administrator.post(path, asked).status) == (403, 403)
    assert (browser.get(path).status, browser.post(path, asked).status) == (302, 401)
    assert (moderator.get(path).status, moderator.post(path, asked).status) == (200, 303)
