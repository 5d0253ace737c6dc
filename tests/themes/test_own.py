"""Starting from one's own themes, and asking for more or fewer."""

import re

import pytest
from flask import Flask

from citizen.base.db import session
from citizen.base.jobs import Job
from citizen.themes import queries
from citizen.themes.models import Placement, Theme, ThemeEdit
from tests.pages import Browser, Page
from tests.themes.texts import demo_ideas, find, publish
from tests.world import World

EXAMPLES = "Bussen går for sjeldan på kvelden.\nVi trenger flere bussavganger.\nBussar som inte kommer."


def make(browser: Browser, world: World, name: str = "Kollektivt", examples: str = EXAMPLES) -> Page:
    return browser.post(f"/en/themes/{world.slug}/own", {"name": name, "examples": examples}, follow=True)


def ref_of(page: Page) -> str:
    found = re.search(r"/(T-\w+)/name", page.html)
    assert found is not None
    return found.group(1)


def test_a_theme_can_be_made_before_anything_is_found(
    app: Flask, world: World, facilitator: Browser
) -> None:
    page = make(facilitator, world)
    assert page.status == 200
    assert "Kollektivt" in page.title
    assert "No idea is in this theme yet." in page.text
    assert "Vi trenger flere bussavganger." in page.html
    assert "Fredrik made this theme, with examples to look for." in page.text
    assert "Kollektivt" in facilitator.get(f"/en/themes/{world.slug}").text


def test_what_is_missing_is_told_and_what_was_typed_is_kept(world: World, facilitator: Browser) -> None:
    page = make(facilitator, world, name="", examples="")
    assert page.status == 422
    assert "Give the theme a name" in page.text
    assert "Write at least one example" in page.text
    page = make(facilitator, world, examples="\n".join("abcdef"))
    assert page.status == 422
    assert "Write at most 5 examples" in page.text
    assert 'value="Kollektivt"' in page.html
    page = make(facilitator, world, examples="x" * 301)
    assert "Write examples of at most 300 characters each" in page.text


def test_ideas_like_the_examples_come_into_the_theme_which_keeps_its_name(
    app: Flask, world: World, facilitator: Browser
) -> None:
    publish(app, world, demo_ideas()[:80])
    ref = ref_of(make(facilitator, world))
    assert find(app, world) == "done"
    page = facilitator.get(f"/en/themes/{world.slug}/{ref}")
    with app.app_context():
        theme = queries.theme(world.programme, ref)
        assert theme is not None
        assert theme.name == "Kollektivt"
        bodies = " ".join(member.body.lower() for member in queries.members([theme.id]))
    assert "buss" in bodies
    assert "Kollektivt" in page.title


def test_a_theme_that_nothing_is_like_stays_until_it_is_closed_by_hand(
    app: Flask, world: World, facilitator: Browser
) -> None:
    publish(app, world, demo_ideas()[:40])
    ref = ref_of(make(facilitator, world, "Romfart", "Månelanding\nRaketter og satellitter"))
    for _run in range(2):
        find(app, world)
        with app.app_context():
            theme = queries.theme(world.programme, ref)
            assert theme is not None
            assert theme.closed_at is None
            session.query(Placement).filter_by(theme_id=theme.id).update({"theme_id": None})
            session.commit()
    page = facilitator.get(f"/en/themes/{world.slug}/{ref}")
    assert "Close the theme" in page.text
    page = facilitator.post(
        f"/en/themes/{world.slug}/{ref}/closing", {"version": page.hidden("version")}, follow=True
    )
    assert "This theme was closed by hand" in page.text
    assert "Fredrik closed the theme." in page.text
    find(app, world)
    with app.app_context():
        theme = queries.theme(world.programme, ref)
        assert theme is not None
        assert theme.closed_at is not None
    page = facilitator.post(f"/en/themes/{world.slug}/{ref}/undo", {"edit": page.hidden("edit")}, follow=True)
    assert "Fredrik opened the theme again." in page.text
    with app.app_context():
        theme = queries.theme(world.programme, ref)
        assert theme is not None
        assert (theme.closed_at, theme.own) == (None, True)


def test_a_theme_with_ideas_in_it_is_not_closed(app: Flask, world: World, facilitator: Browser) -> None:
    publish(app, world, demo_ideas()[:40])
    find(app, world)
    with app.app_context():
        ref = queries.themes(world.programme)[0].ref
    page = facilitator.get(f"/en/themes/{world.slug}/{ref}")
    assert "Close the theme" not in page.text
    answer = facilitator.post(f"/en/themes/{world.slug}/{ref}/closing", {"version": "0"})
    assert answer.status == 409
    assert "Ideas have come into this theme since." in answer.text


def test_examples_can_be_changed_and_of_two_who_do_the_second_is_told(
    app: Flask, world: World, facilitator: Browser
) -> None:
    page = make(facilitator, world)
    ref, version = ref_of(page), page.hidden("version")
    address = f"/en/themes/{world.slug}/{ref}/examples"
    page = facilitator.post(address, {"examples": "Toget", "version": version}, follow=True)
    assert "Fredrik changed the examples." in page.text
    assert facilitator.post(address, {"examples": "Fly", "version": version}).status == 409
    with app.app_context():
        assert queries.made_by_people(world.programme).own == {ref: ("Toget",)}
        assert queries.made_by_people(world.programme).names == {ref: "Kollektivt"}
    page = facilitator.post(address, {"examples": "", "version": page.hidden("version")})
    assert page.status == 422
    assert "Write at least one example" in page.text


def test_ideas_chosen_before_the_first_run_are_an_example_that_stays(
    app: Flask, world: World, facilitator: Browser
) -> None:
    publish(app, world, demo_ideas()[:40])
    page = facilitator.get(f"/en/themes/{world.slug}/unsorted")
    assert "You can already make a theme of ideas that belong together" in page.text
    chosen = re.findall(r'name="ideas" value="(I-\w+)"', page.html)[:3]
    page = facilitator.post(
        f"/en/themes/{world.slug}/unsorted/parts", {"ideas": chosen, "part": "Mitt"}, follow=True
    )
    ref = ref_of(page)
    find(app, world, accept=False)
    with app.app_context():
        theme = queries.theme(world.programme, ref)
        assert theme is not None
        assert set(chosen) <= {member.ref for member in queries.members([theme.id])}
        assert theme.name == "Mitt"


def test_who_may_not(
    app: Flask, world: World, browser: Browser, moderator: Browser, stranger: Browser, facilitator: Browser
) -> None:
    ref = ref_of(make(facilitator, world))
    assert stranger.get(f"/en/themes/{world.slug}/own").status == 404
    assert moderator.get(f"/en/themes/{world.slug}/own").status == 403
    for path in ("own", f"{ref}/examples", f"{ref}/closing"):
        assert stranger.post(f"/en/themes/{world.slug}/{path}").status == 404
        assert moderator.post(f"/en/themes/{world.slug}/{path}").status == 403
        assert browser.post(f"/en/themes/{world.slug}/{path}").status == 401
    with app.app_context():
        assert session.query(ThemeEdit).count() == 1


# ---- how many


def asked(app: Flask) -> object:
    with app.app_context():
        return session.query(Job).filter_by(kind="themes.find").order_by(Job.id.desc()).first().arguments[
            "clusters"
        ]


def test_nothing_chosen_is_as_many_as_there_seem_to_be(
    app: Flask, world: World, facilitator: Browser
) -> None:
    publish(app, world, demo_ideas()[:40])
    facilitator.post(f"/en/themes/{world.slug}/runs")
    assert asked(app) is None


@pytest.mark.parametrize(("wanted", "less"), [("fewer", True), ("more", False)])
def test_fewer_and_more_are_from_what_there_is_now(
    app: Flask, world: World, facilitator: Browser, wanted: str, less: bool
) -> None:
    publish(app, world, demo_ideas()[:100])
    find(app, world)
    with app.app_context():
        now = session.query(Theme).count()
    facilitator.post(f"/en/themes/{world.slug}/runs", {"wanted": wanted})
    found = asked(app)
    assert isinstance(found, int)
    assert (found < now) is less
    assert found != now


@pytest.mark.parametrize("number", ["", "1", "9", "101", "x", "-3", "²"])
def test_a_number_has_to_fit_the_number_of_ideas(
    app: Flask, world: World, facilitator: Browser, number: str
) -> None:
    publish(app, world, demo_ideas()[:40])
    page = facilitator.post(f"/en/themes/{world.slug}/runs", {"wanted": "number", "number": number})
    assert page.status == 422
    assert "Write a number from 2 to 8" in page.text
    with app.app_context():
        assert session.query(Job).count() == 0


def test_a_number_is_what_is_found(app: Flask, world: World, facilitator: Browser) -> None:
    publish(app, world, demo_ideas()[:60])
    facilitator.post(f"/en/themes/{world.slug}/runs", {"wanted": "number", "number": "5"})
    assert asked(app) == 5
    from citizen.app import handlers
    from citizen.base import jobs

    jobs.run(app, handlers(), 1)
    with app.app_context():
        assert len(queries.themes(world.programme)) == 5
        assert queries.unplaced_count(world.programme) == 0


def test_the_page_tells_what_fewer_themes_would_join(app: Flask, world: World, facilitator: Browser) -> None:
    publish(app, world, demo_ideas()[:60])
    find(app, world)
    page = facilitator.get(f"/en/themes/{world.slug}")
    assert "With fewer themes, these would be joined first." in page.text
    merges = re.findall(r'href="([^"]+/merge\?into=T-\w+)"', page.html)
    assert len(merges) == 3
    assert facilitator.get(merges[0]).status == 200
