"""A municipality's colours on their page, and on the pages that wear them."""

import re
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from citizen.base.audit import AuditRow
from citizen.base.db import session
from citizen.programmes.actions import create_municipality
from citizen.programmes.models import Municipality, Partner
from tests.pages import Browser, Page
from tests.queries import counted
from tests.world import World

COLOURS = "/sv/programmes/colours/granby"
PURPLE, GREEN = "#7a1fa2", "#0a6b2d"


def chosen(**changes: Any) -> dict[str, Any]:
    return {"main_colour": PURPLE, "second_colour": GREEN, "seen": "", **changes}


def stored(app: Flask, municipality_id: int) -> tuple[str | None, str | None]:
    with app.app_context():
        found = session.get_one(Municipality, municipality_id)
        return found.main_colour, found.second_colour


def run_alone(app: Flask, world: World) -> None:
    """The programme of two becomes that of one."""
    with app.app_context():
        session.execute(Partner.__table__.delete().where(Partner.municipality_id == world.norwegian))
        session.commit()


def sheet_of(page: Page) -> str:
    found = re.findall(r'<link rel="stylesheet" href="([^"]+)"', page.html)
    assert len(found) == 1
    return str(found[0]).replace("&amp;", "&")


def text_of(browser: Browser, address: str) -> str:
    with browser.client.get(address) as answer:
        assert answer.status_code == 200
        assert answer.mimetype == "text/css"
        return answer.get_data(as_text=True)


# ---- who may


def test_administrators_alone_choose_colours(
    world: World, browser: Browser, moderator: Browser, facilitator: Browser, administrator: Browser
) -> None:
    assert browser.get(COLOURS).location.startswith("/sv/accounts/sign-in?next=")
    for staff in (moderator, facilitator):
        assert staff.get(COLOURS).status == 403
        assert staff.post(COLOURS, chosen()).status == 403
        assert staff.post(f"{COLOURS}/default", {"seen": ""}).status == 403
        assert "/programmes/colours" not in staff.get("/sv/").html
    assert administrator.get(COLOURS).status == 200
    assert "/programmes/colours" in administrator.get("/sv/").html


def test_colours_of_others_are_not_found(app: Flask, world: World, stranger: Browser) -> None:
    assert stranger.get(COLOURS).status == 404
    assert stranger.post(COLOURS, chosen()).status == 404
    assert stranger.post(f"{COLOURS}/default", {"seen": ""}).status == 404
    assert stranger.get(f"{COLOURS}/trial.css?main=7a1fa2&second=0a6b2d").status == 404
    assert stored(app, world.swedish) == (None, None)


def test_the_way_there_leads_to_the_first_of_ones_own(administrator: Browser) -> None:
    assert administrator.get("/sv/programmes/colours").location.startswith("/sv/programmes/colours/")


# ---- choosing


def test_colours_that_can_be_seen_are_saved_and_noted(
    app: Flask, world: World, administrator: Browser
) -> None:
    page = administrator.post(COLOURS, chosen(main_colour="7A1FA2"), follow=True)
    assert "Saved" in page.text
    assert stored(app, world.swedish) == (PURPLE, GREEN)
    with app.app_context():
        row = session.scalars(select(AuditRow).where(AuditRow.action == "colours.change")).one()
        assert (row.subject, row.actor_id) == ("granby", world.administrator)
        assert row.details == {"main": PURPLE, "second": GREEN}


def test_without_a_second_colour_the_first_is_both(app: Flask, world: World, administrator: Browser) -> None:
    assert administrator.post(COLOURS, chosen(second_colour="")).status == 303
    assert stored(app, world.swedish) == (PURPLE, PURPLE)


@pytest.mark.parametrize(("changes", "told"), [
    ({"main_colour": "#ffcc00"}, "White text on this colour has a contrast of 1"),
    ({"main_colour": "#ffcc00"}, "A button in this colour has a contrast of 1"),
    ({"main_colour": "#e623b1"}, "White text on this colour has a contrast of 4:1"),
    ({"second_colour": "#ffe9a0"}, "A line or a dot in this colour has a contrast of 1"),
    ({"main_colour": "red"}, "Write the colour as six digits"),
    ({"main_colour": ""}, "Write the colour as six digits"),
    ({"second_colour": "#12"}, "Write the colour as six digits"),
])
def test_colours_that_cannot_be_seen_are_refused_with_what_is_wrong(
    app: Flask, world: World, administrator: Browser, changes: dict[str, str], told: str
) -> None:
    page = administrator.post(COLOURS, chosen(**changes))
    assert page.status == 422
    assert told in page.text
    assert all(f'value="{typed}"' in page.html for typed in changes.values())
    assert stored(app, world.swedish) == (None, None)


def test_the_nearest_colour_that_passes_is_offered_and_taken(
    app: Flask, world: World, administrator: Browser
) -> None:
    page = administrator.post(COLOURS, chosen(main_colour="#ffcc00"))
    offer = re.search(r'<button[^>]*name="main_colour" value="(#\w{6})"', page.html)
    assert offer is not None
    near = offer[1].replace("#", "%23")
    # Without script the button asks for the page again: its value comes after the field's.
    tried = administrator.get(f"{COLOURS}?main_colour=%23ffcc00&second_colour=%230a6b2d&main_colour={near}")
    assert f'value="{offer[1]}"' in tried.html
    assert "White text on this colour" not in tried.text
    assert administrator.post(COLOURS, chosen(main_colour=offer[1])).status == 303


def test_looking_at_colours_keeps_nothing(app: Flask, world: World, administrator: Browser) -> None:
    page = administrator.get(f"{COLOURS}?main_colour=%23ffcc00&second_colour=")
    assert page.status == 200
    assert "A button in this colour" in page.text
    text = text_of(administrator, sheet_of(page))
    assert ".in-light{" in text
    assert ".in-dark{" in text
    assert "#ffcc00" in text
    assert stored(app, world.swedish) == (None, None)


@pytest.mark.parametrize("asked", ["main=red&second=0a6b2d", "main=7a1fa2", "", "main=0}a{b&second=0a6b2d"])
def test_a_trial_of_what_is_no_colour_is_not_found(administrator: Browser, asked: str) -> None:
    assert administrator.get(f"{COLOURS}/trial.css?{asked}").status == 404


def test_nobody_overwrites_what_somebody_else_has_just_chosen(
    app: Flask, world: World, administrator: Browser
) -> None:
    administrator.post(COLOURS, chosen())
    page = administrator.post(COLOURS, chosen(main_colour=GREEN))
    assert page.status == 409
    assert "Nothing was overwritten" in page.text
    assert administrator.post(f"{COLOURS}/default", {"seen": ""}).status == 409
    assert stored(app, world.swedish) == (PURPLE, GREEN)


def test_the_common_colours_can_be_had_back(app: Flask, world: World, administrator: Browser) -> None:
    administrator.post(COLOURS, chosen())
    seen = administrator.get(COLOURS).hidden("seen")
    assert administrator.post(f"{COLOURS}/default", {"seen": seen}).status == 303
    assert stored(app, world.swedish) == (None, None)


# ---- wearing


def test_a_programme_of_one_municipality_wears_its_colours_and_name(
    app: Flask, world: World, browser: Browser, administrator: Browser
) -> None:
    run_alone(app, world)
    administrator.post(COLOURS, chosen())
    for path in (f"/sv/programmes/{world.slug}", f"/sv/ideas/{world.slug}", f"/sv/ideas/{world.slug}/new"):
        page = browser.get(path)
        assert sheet_of(page).startswith("/sv/programmes/colours/granby/sheet.css?")
        assert "<small" in page.html
    text = text_of(browser, sheet_of(browser.get(f"/sv/programmes/{world.slug}")))
    assert text.rstrip().endswith("}")
    assert f"--ds-color-accent-base-default:{PURPLE}" in text
    assert f"--second:{GREEN}" in text


def test_what_several_share_keeps_the_common_colours(world: World, browser: Browser,
                                                     administrator: Browser) -> None:
    administrator.post(COLOURS, chosen())
    for path in ("/sv/", f"/sv/programmes/{world.slug}", "/sv/receipt", "/sv/nothing"):
        page = browser.get(path)
        assert sheet_of(page).startswith("/static/citizen.css?v=")
        assert "<small" not in page.html


def test_where_there_is_one_municipality_alone_every_page_is_its_own(app: Flask, browser: Browser) -> None:
    with app.app_context():
        only = create_municipality("granby", "SE", {"sv": "Granby kommun"}, ["sv"], "kommun@granby.example")
        only.main_colour = PURPLE
        session.commit()
    for path in ("/sv/", "/sv/receipt", "/sv/accounts/sign-in"):
        page = browser.get(path)
        assert sheet_of(page).startswith("/sv/programmes/colours/granby/sheet.css?")
        assert "Granby kommun" in page.text


def test_a_page_of_refusal_asks_the_database_nothing(app: Flask, world: World, browser: Browser) -> None:
    with counted(app) as asked:
        browser.get("/sv/nothing/at/all")
    assert len(asked) == 0


def test_staff_get_their_own_sheet_in_the_same_colours(
    app: Flask, world: World, moderator: Browser, administrator: Browser
) -> None:
    run_alone(app, world)
    assert sheet_of(moderator.get("/sv/moderation/")).startswith("/static/staff.css?v=")
    administrator.post(COLOURS, chosen())
    text = text_of(moderator, sheet_of(moderator.get(f"/sv/programmes/{world.slug}")))
    assert ".staff" in text
    assert PURPLE in text


def test_a_sheet_can_be_kept_as_long_as_its_address_and_no_longer(
    app: Flask, world: World, browser: Browser, administrator: Browser
) -> None:
    run_alone(app, world)
    administrator.post(COLOURS, chosen())
    before = sheet_of(browser.get(f"/sv/programmes/{world.slug}"))
    with browser.client.get(before) as answer:
        assert "immutable" in answer.headers["Cache-Control"]
        assert "Set-Cookie" not in answer.headers
        assert "Cookie" not in answer.headers.get("Vary", "")
    seen = administrator.get(COLOURS).hidden("seen")
    administrator.post(COLOURS, chosen(main_colour=GREEN, seen=seen))
    assert sheet_of(browser.get(f"/sv/programmes/{world.slug}")) != before
    with browser.client.get(before) as answer:
        assert answer.headers["Cache-Control"] == "no-cache, private"
        assert GREEN in answer.get_data(as_text=True)


def test_a_sheet_of_nobody_is_not_found(browser: Browser) -> None:
    assert browser.get("/sv/programmes/colours/nowhere/sheet.css").status == 404
