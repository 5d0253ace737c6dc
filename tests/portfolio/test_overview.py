"""Programmes and the candidates of each."""

from flask import Flask

from citizen.base.db import session
from citizen.portfolio.models import Candidate
from tests.pages import Browser, Page
from tests.portfolio.things import a_candidate, a_theme, published
from tests.queries import counted
from tests.world import World


def order_on(page: Page, *titles: str) -> list[str]:
    return sorted(titles, key=page.text.index)


def test_the_programmes_of_the_viewer_are_listed_with_their_candidates(
    app: Flask, world: World, facilitator: Browser
) -> None:
    a_candidate(app, world, a_theme(app, world, published(app, world)))
    page = facilitator.get("/en/portfolio/")
    assert "1 portfolio candidate" in page.text
    assert f"/en/portfolio/{world.slug}" in page.html
    assert "langtborta" not in page.html


def test_an_empty_portfolio_tells_how_a_candidate_is_made(world: World, facilitator: Browser) -> None:
    page = facilitator.get(f"/en/portfolio/{world.slug}")
    assert "made from one or more themes" in page.text
    assert f"/en/portfolio/{world.slug}/new" in page.html


def test_the_overview_shows_what_stands_behind_each_candidate(
    app: Flask, world: World, facilitator: Browser
) -> None:
    theme = a_theme(app, world, published(app, world, sector="business"))
    ref = a_candidate(app, world, theme, title="Lys", goals=[13])
    page = facilitator.get(f"/en/portfolio/{world.slug}")
    for words in (ref, "Lys", "Portfolio candidate", "Street lights", "Business", "13. Climate action"):
        assert words in page.text, words


def test_the_overview_can_be_sorted(app: Flask, world: World, facilitator: Browser) -> None:
    small, large = (a_theme(app, world, *[published(app, world) for _ in range(n)]) for n in (1, 3))
    a_candidate(app, world, large, title="Zebra")
    a_candidate(app, world, small, title="Apa")
    address = f"/en/portfolio/{world.slug}"
    assert order_on(facilitator.get(address), "Zebra", "Apa") == ["Apa", "Zebra"]
    assert order_on(facilitator.get(f"{address}?sort=ideas"), "Zebra", "Apa") == ["Zebra", "Apa"]
    assert order_on(facilitator.get(f"{address}?sort=title"), "Zebra", "Apa") == ["Apa", "Zebra"]
    assert facilitator.get(f"{address}?sort=nonsense&status=nonsense").status == 200


def test_the_overview_can_be_filtered_by_status(app: Flask, world: World, facilitator: Browser) -> None:
    theme = a_theme(app, world, published(app, world))
    a_candidate(app, world, theme, title="Zebra")
    planned = a_candidate(app, world, theme, title="Apa")
    with app.app_context():
        session.query(Candidate).filter_by(ref=planned).one().status = "planned"
        session.commit()
    address = f"/en/portfolio/{world.slug}"
    page = facilitator.get(f"{address}?status=planned")
    assert "Apa" in page.text
    assert "Zebra" not in page.text
    assert "No candidate has this status." in facilitator.get(f"{address}?status=done").text


def test_the_overview_costs_as_many_questions_with_many_candidates_as_with_one(
    app: Flask, world: World, facilitator: Browser
) -> None:
    theme = a_theme(app, world, published(app, world))
    asked = []
    for _ in range(2):
        a_candidate(app, world, theme)
        a_candidate(app, world, theme, a_theme(app, world, published(app, world)))
        with counted(app) as statements:
            facilitator.get(f"/en/portfolio/{world.slug}")
            facilitator.get("/en/portfolio/")
        asked.append(len(statements))
    assert asked[0] == asked[1]
