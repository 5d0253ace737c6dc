"""The list by distance: what is near, nearest first, read off an index."""

import re

import pytest
from flask import Flask
from sqlalchemy import event, insert

from citizen.base import clock
from citizen.base.db import db, session
from citizen.contributions.models import Contribution, TextVersion
from citizen.ideas import queries
from citizen.ideas.models import Idea
from citizen.places.rules.points import Point
from tests.factories import an_idea
from tests.pages import Browser
from tests.queries import counted
from tests.world import World

HERE = "60.0,12.0"


def titles(html: str) -> list[str]:
    return re.findall(r"<h2><a [^>]*>(.*?)</a>", html)


def test_ideas_within_ten_kilometres_come_nearest_first_with_their_distance(
    app: Flask, browser: Browser, world: World
) -> None:
    for title, point in (
        ("Lenger bort", Point(60.027, 12.0)), ("Like ved", Point(60.0, 12.007)), ("Her", Point(60.0, 12.0)),
        ("For langt nord", Point(60.091, 12.0)), ("For langt i hjørnet", Point(60.07, 12.14)),
        ("I aust", Point(60.0, 12.17)),
    ):
        an_idea(app, world, title=title, point=point, state="published")
    an_idea(app, world, title="Utan punkt", state="published")
    an_idea(app, world, title="Ikkje offentleg", point=Point(60.0, 12.0))
    an_idea(app, world, title="Anna program", point=Point(60.0, 12.0), state="published",
            programme_id=world.other_programme, municipality_id=world.elsewhere)
    page = browser.get(f"/nn/ideas/{world.slug}?near={HERE}")
    assert titles(page.html) == ["Her", "Like ved", "Lenger bort", "I aust"]
    for words in ("0,1 km away", "0,4 km away", "3 km away", "9 km away", "4 ideas within 10 km", "Show all"):
        assert words in page.text
    assert "0.4 km away" in browser.get(f"/en/ideas/{world.slug}?near={HERE}").text


def test_where_nothing_is_near_the_list_says_so(app: Flask, browser: Browser, world: World) -> None:
    an_idea(app, world, point=Point(65.0, 12.0), state="published")
    page = browser.get(f"/nn/ideas/{world.slug}?near={HERE}")
    assert "No idea within 10 km has a point on the map yet." in page.text
    assert "Show all" in page.text


def test_what_is_near_has_pages(app: Flask, browser: Browser, world: World) -> None:
    for number in range(21):
        an_idea(app, world, title=f"Idé {number}", point=Point(60 + number / 1000, 12.0), state="published")
    page = browser.get(f"/nn/ideas/{world.slug}?near={HERE}")
    assert "near=60.0%2C12.0&amp;page=2" in page.html
    assert titles(browser.get(f"/nn/ideas/{world.slug}?near={HERE}&page=2").html) == ["Idé 20"]
    assert browser.get(f"/nn/ideas/{world.slug}?near={HERE}&page=3").status == 404


@pytest.mark.parametrize("near", [
    "", "60.0", "60.0,", "60,0,12,0", "60.0123,12.0", "60.0,12.0004", "53.9,12.0", "60.0,33.0", "nan,nan",
    "-60.0,12.0", "60.0,12.0,1", "60.0, 12.0", "٦٠.0,12.0", "60.0;12.0",
])
def test_an_address_near_nowhere_is_not_found(browser: Browser, world: World, near: str) -> None:
    assert browser.get(f"/sv/ideas/{world.slug}", query_string={"near": near}).status == 404


def test_where_somebody_stood_is_kept_by_no_cache_and_goes_into_no_other_link(
    app: Flask, browser: Browser, world: World
) -> None:
    an_idea(app, world, point=Point(60.0, 12.0), state="published")
    page = browser.get(f"/nn/ideas/{world.slug}?near=60.001,12.002")
    assert page.response.headers["Cache-Control"] == "no-store"
    links = re.findall(r'<a [^>]*href="([^"]*near=[^"]*)"', page.html)
    assert all(re.match(r"/(sv|nb|nn|en)/ideas/granslandet\?", link) for link in links)
    assert 'name="near"' not in page.html
    assert browser.get(f"/nn/ideas/{world.slug}").response.headers["Cache-Control"] != "no-store"


def test_the_list_by_distance_costs_the_same_queries_however_long(
    app: Flask, browser: Browser, world: World
) -> None:
    an_idea(app, world, point=Point(60.0, 12.0), state="published")
    with counted(app) as few:
        browser.get(f"/sv/ideas/{world.slug}?near={HERE}")
    for _ in range(19):
        an_idea(app, world, point=Point(60.0, 12.0), state="published")
    with counted(app) as many:
        browser.get(f"/sv/ideas/{world.slug}?near={HERE}")
    assert len(many) == len(few) <= 8


def spread(world: World, many: int) -> None:
    """That many published ideas from south to north, as one statement for each table, not committed."""
    now = clock.now()
    session.execute(insert(Contribution), [
        {"id": 1000 + at, "ref": f"I-2026-{1000 + at}", "kind": "idea", "programme_id": world.programme,
         "municipality_id": world.swedish, "source": "import", "language": "sv", "client_key": f"spread:{at}",
         "receipt_digest": f"spread{at}", "visibility": "published", "handling": "received", "version": 1,
         "submitted_at": now, "published_at": now, "public_version": 1, "search_text": "",
         "search_version": ""}
        for at in range(many)
    ])
    session.execute(insert(TextVersion), [
        {"contribution_id": 1000 + at, "number": 1, "title": "Lys", "body": "Lys ved vegen.",
         "made_by": "author", "created_at": now}
        for at in range(many)
    ])
    session.execute(insert(Idea), [
        {"contribution_id": 1000 + at, "programme_id": world.programme, "support_count": 0,
         "latitude": 55 + 15 * at / many, "longitude": 12.0}
        for at in range(many)
    ])


def test_what_is_near_is_read_off_the_index_of_points(app: Flask, world: World) -> None:
    asked: list[tuple[str, object]] = []

    def note(_c: object, _cursor: object, statement: str, parameters: object, *_rest: object) -> None:
        if "latitude BETWEEN" in statement:
            asked.append((statement, parameters))

    with app.app_context():
        spread(world, 3000)
        event.listen(db.engine, "before_cursor_execute", note)
        try:
            assert queries.near_ideas(world.programme, Point(60.0, 12.0)).total
        finally:
            event.remove(db.engine, "before_cursor_execute", note)
        connection = session.connection()
        # What a planner chooses rests on what it has counted: it counts what lies there now.
        connection.exec_driver_sql("ANALYZE")
        explain = "EXPLAIN QUERY PLAN " if connection.dialect.name == "sqlite" else "EXPLAIN "
        assert len(asked) == 2
        for statement, parameters in asked:
            plan = str(connection.exec_driver_sql(explain + statement, parameters).all())  # type: ignore[arg-type]
            assert "ix_idea_point" in plan
        session.rollback()
