"""Themes as residents read by."""

import pytest
from flask import Flask

from citizen.base import clock
from citizen.base.db import session
from citizen.themes.models import Placement, Theme
from tests.factories import an_idea, decide, load
from tests.pages import Browser
from tests.queries import counted
from tests.world import World


def a_theme(app: Flask, world: World, ref: str, ideas: int, **values: object) -> list[str]:
    """A theme with so many published ideas; gives their references."""
    refs = [an_idea(app, world, title=f"Idé {number} om {ref}", state="published") for number in range(ideas)]
    with app.app_context():
        theme = Theme(ref=ref, created_at=clock.now(), terms=[], representatives=[], goals=[], **{
            "programme_id": world.programme, "name": f"Tema {ref}", "suggested_names": {}, **values,
        })
        session.add(theme)
        session.flush()
        session.add_all(
            Placement(contribution_id=load(idea).id, programme_id=theme.programme_id, theme_id=theme.id,
                      confidence=0.5, text_version=1)
            for idea in refs
        )
        session.commit()
    return refs


def test_themes_with_five_ideas_are_offered_with_their_count_largest_first(
    app: Flask, world: World, browser: Browser
) -> None:
    a_theme(app, world, "T-SMALL", 4)
    a_theme(app, world, "T-FIVE", 5)
    a_theme(app, world, "T-SIX", 6)
    page = browser.get(f"/en/ideas/{world.slug}")
    assert "Themes Tema T-SIX 6 Tema T-FIVE 5" in page.text
    assert "Tema T-SMALL" not in page.text


def test_a_chosen_theme_is_a_heading_over_its_ideas_with_a_way_back(
    app: Flask, world: World, browser: Browser
) -> None:
    a_theme(app, world, "T-LIGHT", 5)
    an_idea(app, world, title="Noko heilt anna", state="published")
    page = browser.get(f"/en/ideas/{world.slug}?theme=T-LIGHT")
    assert "<h2>Tema T-LIGHT</h2>" in page.html
    assert page.html.count("<article") == 5
    assert "5 ideas · Show all" in page.text
    assert "Noko heilt anna" not in page.text
    assert 'name="theme" value="T-LIGHT"' in page.html
    found = browser.get(f"/en/ideas/{world.slug}?theme=T-LIGHT&q=3&sort=support")
    assert found.html.count("<article") == 1


@pytest.mark.parametrize("values", [
    {"closed_at": clock.now()}, {"name": None}, {"programme": "other"},
])
def test_a_theme_that_is_closed_nameless_or_elsewhere_is_not_offered(
    app: Flask, world: World, browser: Browser, values: dict[str, object]
) -> None:
    if values.pop("programme", None):
        values["programme_id"] = world.other_programme
    refs = a_theme(app, world, "T-GONE", 5, **values)
    if "programme_id" in values:
        assert len(refs) == 5
        page = browser.get("/en/ideas/langtborta")
        assert "T-GONE" not in page.html
        return
    page = browser.get(f"/en/ideas/{world.slug}?theme=T-GONE")
    assert "That theme is no longer there. Here are all ideas." in page.text
    assert page.html.count("<article") == 5


@pytest.mark.parametrize("ref", ["x", "T-' OR 1=1", "<script>", "å" * 3000])
def test_a_theme_that_never_was_shows_all_ideas_and_says_so(
    app: Flask, world: World, browser: Browser, ref: str
) -> None:
    an_idea(app, world, state="published")
    page = browser.get(f"/en/ideas/{world.slug}", query_string={"theme": ref})
    assert page.status == 200
    assert "That theme is no longer there." in page.text
    assert page.html.count("<article") == 1


def test_a_suggested_name_is_said_in_the_readers_language_and_marked_where_it_is_not(
    app: Flask, world: World, browser: Browser
) -> None:
    a_theme(app, world, "T-NAMES", 5, name=None, suggested_names={"nn": "Gatelys", "nb": "Gatelys ute"})
    assert '<span lang="nn">Gatelys</span>' in browser.get(f"/nn/ideas/{world.slug}").html
    assert '<span lang="nb">Gatelys ute</span>' in browser.get(f"/sv/ideas/{world.slug}").html


def test_what_leaves_the_public_leaves_the_count(app: Flask, world: World, browser: Browser) -> None:
    refs = a_theme(app, world, "T-LIGHT", 6)
    with app.app_context():
        decide(load(refs[0]), "hidden", world.moderator)
        session.commit()
    assert "Tema T-LIGHT 5" in browser.get(f"/en/ideas/{world.slug}").text
    with app.app_context():
        decide(load(refs[1]), "hidden", world.moderator)
        session.commit()
    assert "Tema T-LIGHT" not in browser.get(f"/en/ideas/{world.slug}").text


def test_many_themes_cost_the_same_questions(app: Flask, world: World, browser: Browser) -> None:
    counts = []
    for number in range(7):
        a_theme(app, world, f"T-{number}", 5)
        if number in (0, 6):
            with counted(app) as statements:
                browser.get(f"/en/ideas/{world.slug}?theme=T-0")
            counts.append(len(statements))
    assert counts[0] == counts[1]
    assert "3 more themes" in browser.get(f"/en/ideas/{world.slug}").text
