"""What a facilitator reads about themes."""

from flask import Flask

from citizen.base.db import session
from citizen.themes import queries
from citizen.themes.models import Placement, Theme
from tests.pages import Browser
from tests.queries import counted
from tests.themes.texts import demo_ideas, find, publish
from tests.world import World


def first_ref(app: Flask, world: World) -> str:
    with app.app_context():
        return queries.themes(world.programme)[0].ref


def test_a_facilitator_sees_their_programmes_and_nobody_elses(facilitator: Browser) -> None:
    page = facilitator.get("/sv/themes/")
    assert "Gränslandet" in page.text
    assert "Annat" not in page.text


def test_before_the_first_run_the_page_says_how_many_ideas_there_are(
    app: Flask, world: World, facilitator: Browser
) -> None:
    publish(app, world, demo_ideas()[:3])
    page = facilitator.get(f"/en/themes/{world.slug}")
    assert "At least ten published ideas are needed" in page.text
    assert "So far there are 3." in page.text
    assert "/runs" not in page.html


def test_with_ten_ideas_themes_can_be_found(app: Flask, world: World, facilitator: Browser) -> None:
    publish(app, world, demo_ideas()[:10])
    page = facilitator.get(f"/en/themes/{world.slug}")
    assert "There are 10 published ideas to look through." in page.text
    assert f'action="/en/themes/{world.slug}/runs"' in page.html


def test_every_theme_is_shown_with_size_words_and_typical_ideas(
    app: Flask, world: World, facilitator: Browser
) -> None:
    publish(app, world, demo_ideas()[:60])
    assert find(app, world) == "done"
    page = facilitator.get(f"/nn/themes/{world.slug}")
    with app.app_context():
        found = queries.themes(world.programme)
        quoted = [ideas[0].title for ideas in queries.representatives(found).values()]
    assert len(found) > 3
    assert [t.size for t in found] == sorted((t.size for t in found), reverse=True)
    for theme in found:
        assert theme.called("nn") in page.text
    assert all(" ".join(title.split()) in page.text for title in quoted if title)


def test_themes_can_be_read_by_name(app: Flask, world: World, facilitator: Browser) -> None:
    publish(app, world, demo_ideas()[:60])
    find(app, world)
    page = facilitator.get(f"/en/themes/{world.slug}?sort=name")
    with app.app_context():
        names = sorted((t.called("en") for t in queries.themes(world.programme)), key=str.casefold)
    listed = page.html[page.html.index('<div class="themes">'):]
    places = [listed.index(f">{name}<") for name in names]
    assert places == sorted(places)


def test_the_unsorted_ones_are_linked_to_where_there_are_any(
    app: Flask, world: World, facilitator: Browser
) -> None:
    publish(app, world, demo_ideas()[:40])
    find(app, world)
    with app.app_context():
        session.query(Placement).update({"theme_id": queries.themes(world.programme)[0].id})
        session.commit()
    page = facilitator.get(f"/en/themes/{world.slug}")
    assert "0 unsorted ideas" in page.text
    assert 'href="#unsorted"' not in page.html
    publish(app, world, demo_ideas()[40:41])
    page = facilitator.get(f"/en/themes/{world.slug}")
    assert '<a href="#unsorted">1 unsorted idea</a>' in page.html


def test_the_page_asks_for_a_new_run_once_much_has_arrived(
    app: Flask, world: World, facilitator: Browser
) -> None:
    publish(app, world, demo_ideas()[:40])
    find(app, world)
    publish(app, world, demo_ideas()[40:60])
    page = facilitator.get(f"/en/themes/{world.slug}")
    assert "Find them again" in page.text
    unsorted = facilitator.get(f"/en/themes/{world.slug}/unsorted")
    assert "new since the last run" in unsorted.text


def test_pages_ask_no_more_questions_for_many_themes_than_for_few(
    app: Flask, world: World, facilitator: Browser
) -> None:
    asked = []
    for ideas in (demo_ideas()[:20], demo_ideas()[20:90]):
        publish(app, world, ideas)
        find(app, world)
        ref = first_ref(app, world)
        for path in ("", "/unsorted", f"/{ref}"):
            with counted(app) as statements:
                assert facilitator.get(f"/en/themes/{world.slug}{path}").status == 200
            asked.append(len(statements))
    # What a theme has nothing of is not asked for.
    assert all(many <= few for few, many in zip(asked[:3], asked[3:], strict=True))
    assert max(asked) <= 18


def test_the_pages_can_be_read_in_every_language(app: Flask, world: World, facilitator: Browser) -> None:
    publish(app, world, demo_ideas()[:30])
    find(app, world)
    ref = first_ref(app, world)
    for language in ("sv", "nb", "nn", "en"):
        for path in ("", world.slug, f"{world.slug}/unsorted", f"{world.slug}/{ref}", f"{world.slug}/runs/1"):
            assert facilitator.get(f"/{language}/themes/{path}").status == 200


def test_a_theme_in_one_language_says_so(app: Flask, world: World, facilitator: Browser) -> None:
    swedish = [idea for idea in demo_ideas() if idea["lang"] == "sv"]
    publish(app, world, swedish[:20])
    find(app, world)
    page = facilitator.get(f"/en/themes/{world.slug}")
    assert "All ideas in this theme are in one language: Swedish." in page.text


def test_a_closed_theme_says_so_and_leads_on(app: Flask, world: World, facilitator: Browser) -> None:
    publish(app, world, demo_ideas()[:30])
    find(app, world)
    ref = first_ref(app, world)
    with app.app_context():
        theme = queries.theme(world.programme, ref)
        assert theme is not None
        from citizen.base import clock

        theme.closed_at = clock.now()
        session.commit()
    page = facilitator.get(f"/en/themes/{world.slug}/{ref}")
    assert "This theme closed" in page.text
    assert "Save the name" not in page.text


def test_who_may_not(
    app: Flask, world: World, browser: Browser, moderator: Browser, administrator: Browser, stranger: Browser
) -> None:
    publish(app, world, demo_ideas()[:12])
    find(app, world)
    ref = first_ref(app, world)
    for path in (world.slug, f"{world.slug}/unsorted", f"{world.slug}/{ref}", f"{world.slug}/runs/1",
                 f"{world.slug}/runs/1/progress"):
        assert stranger.get(f"/en/themes/{path}").status == 404
        assert moderator.get(f"/en/themes/{path}").status == 403
        assert administrator.get(f"/en/themes/{path}").status == 403
        assert "/sign" in browser.get(f"/en/themes/{path}").location
    for path in ("runs", "runs/1/cancellation", f"{ref}/name", f"{ref}/moves", f"{ref}/parts",
                 f"{ref}/merge", f"{ref}/undo", "unsorted/moves", "unsorted/parts"):
        assert stranger.post(f"/en/themes/{world.slug}/{path}").status == 404
        assert moderator.post(f"/en/themes/{world.slug}/{path}").status == 403
        assert browser.post(f"/en/themes/{world.slug}/{path}").status == 401


def test_what_is_not_there_is_not_found(app: Flask, world: World, facilitator: Browser) -> None:
    for path in ("nowhere", f"{world.slug}/T-00000000", f"{world.slug}/runs/77",
                 f"{world.slug}/runs/77/progress", f"{world.slug}/unsorted?page=9",
                 f"{world.slug}/T-00000000/merge"):
        assert facilitator.get(f"/en/themes/{path}").status == 404
    with app.app_context():
        assert session.query(Theme).count() == 0
