"""A point on the map that tells whose home it is: kept from others, and shown again."""

import pytest
from flask import Flask

from citizen.base.audit import AuditRow
from citizen.base.db import session
from citizen.ideas import queries as idea_queries
from citizen.ideas.models import Idea
from citizen.places.rules.points import Point
from tests.export.test_downloading import sheet
from tests.factories import an_idea
from tests.ideas.test_receipt import code_of
from tests.moderation.test_deciding import state_of
from tests.pages import Browser, Page
from tests.world import World

HOME = Point(61.512, 9.534)


@pytest.fixture
def idea(app: Flask, world: World) -> str:
    return an_idea(app, world, title="Trapp", state="published", point=HOME)


def choose(browser: Browser, ref: str, version: int, **values: str) -> Page:
    return browser.post(f"/en/moderation/{ref}/point", {"version": str(version), **values}, follow=True)


def near(browser: Browser, world: World) -> str:
    return browser.get(f"/en/ideas/{world.slug}?near=61.5,9.5").text


def public_point(app: Flask, ref: str) -> Point | None:
    with app.app_context():
        found = idea_queries.public_idea(ref)
        return found.point if found else None


def test_it_is_gone_from_all_that_others_read_and_comes_back(
    app: Flask, world: World, moderator: Browser, browser: Browser, facilitator: Browser, idea: str
) -> None:
    assert public_point(app, idea) == HOME
    assert "Trapp" in near(browser, world)
    assert "Others cannot see the point any more." in choose(moderator, idea, 2).text
    assert public_point(app, idea) is None
    assert "Trapp" not in near(browser, world)
    assert "61.512" not in browser.get(f"/en/ideas/{world.slug}/{idea}").text
    assert [row["latitude"] for row in sheet(facilitator, variant="public")] == [""]
    assert [row["latitude"] for row in sheet(facilitator, variant="internal")] == ["61.512"]
    assert "Everyone can see the point again." in choose(moderator, idea, 3, show="y").text
    assert public_point(app, idea) == HOME
    assert "Trapp" in near(browser, world)


def test_its_author_and_moderators_see_it_and_that_it_is_kept(
    app: Flask, world: World, moderator: Browser, browser: Browser, idea: str
) -> None:
    choose(moderator, idea, 2)
    receipt = browser.get(f"/en/receipt/{code_of(app, idea)}").text
    assert "61.512" in receipt
    assert "The municipality keeps it from others." in receipt
    page = moderator.get(f"/en/moderation/{idea}").text
    assert "61.512" in page
    assert "Others cannot see the point." in page
    assert "Let everyone see the point" in page


def test_each_leaves_a_row_and_an_old_page_changes_nothing(
    app: Flask, world: World, moderator: Browser, other_moderator: Browser, stranger: Browser, idea: str
) -> None:
    assert choose(stranger, idea, 2).status == 404
    choose(moderator, idea, 2)
    assert choose(other_moderator, idea, 2, show="y").status == 409
    assert state_of(app, idea) == ("published", 3)
    with app.app_context():
        assert session.query(Idea).one().hides_point
        rows = session.query(AuditRow).filter(AuditRow.action.like("moderation.%point"))
        assert [(row.action, row.subject) for row in rows] == [("moderation.hide_point", idea)]
