"""What waits, and finding one's way in it."""

from datetime import timedelta

import pytest
from flask import Flask

from citizen.base import clock
from citizen.base.db import session
from citizen.contributions import actions as contributions
from citizen.contributions.rules import Visibility
from tests.factories import an_idea, load
from tests.pages import Browser
from tests.queries import counted
from tests.world import World


def test_what_waits_is_listed_oldest_first(app: Flask, world: World, moderator: Browser) -> None:
    an_idea(app, world, title="Yngst")
    an_idea(app, world, title="Eldst", submitted_at=clock.now() - timedelta(days=6))
    page = moderator.get("/en/moderation/")
    assert page.text.index("Eldst") < page.text.index("Yngst")
    assert "Has waited 6 days" in page.text
    assert "Came in today" in page.text


def test_the_queue_is_found_without_the_last_slash(world: World, moderator: Browser) -> None:
    assert moderator.get("/sv/moderation", follow=True).status == 200


def test_an_empty_queue_says_that_all_is_answered(world: World, moderator: Browser) -> None:
    assert "Nothing is waiting" in moderator.get("/en/moderation/").text


def test_each_state_has_a_tab_with_its_number(app: Flask, world: World, moderator: Browser) -> None:
    titles = {}
    for state in ("submitted", "published", "returned", "rejected"):
        titles[state] = f"Den som er {state}"
        an_idea(app, world, title=titles[state], state=state)
    for state, title in titles.items():
        page = moderator.get(f"/en/moderation/?state={state}")
        assert title in page.text
        assert [other for other in titles.values() if other in page.text] == [title]
    assert "Returned for changes 1" in moderator.get("/en/moderation/").text


def test_the_tab_stays_from_the_queue_to_an_idea_and_back(
    app: Flask, world: World, moderator: Browser
) -> None:
    ref = an_idea(app, world, title="Den viste", state="published")
    waiting = an_idea(app, world)
    tab = moderator.get("/en/moderation/?state=published")
    assert f'href="/en/moderation/{ref}?state=published"' in tab.html
    assert "Show all" not in tab.text
    page = moderator.get(f"/en/moderation/{ref}?state=published")
    assert 'href="/en/moderation/?state=published"' in page.html
    # What waits is another tab.
    assert f'href="/en/moderation/{waiting}"' in page.html
    assert moderator.get(f"/en/moderation/{ref}?state=odd").status == 404


def test_a_withdrawn_idea_is_shown_as_withdrawn_and_offers_no_decision(
    app: Flask, world: World, moderator: Browser
) -> None:
    ref = an_idea(app, world, title="Trekt")
    with app.app_context():
        contributions.withdraw(load(ref))
        session.commit()
    assert "Trekt" in moderator.get("/en/moderation/?state=withdrawn").text
    page = moderator.get(f"/en/moderation/{ref}")
    assert "The author has withdrawn this idea" in page.text
    assert 'name="decision"' not in page.html
    assert 'data-key="u"' not in page.html
    answer = moderator.post(f"/en/moderation/{ref}", {"decision": "published", "version": "2"})
    assert answer.status == 422
    with app.app_context():
        assert load(ref).visibility == Visibility.WITHDRAWN


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("programme=granslandet", {"Älgpasset", "Straumen"}),
        ("municipality=granby", {"Älgpasset"}),
        ("written_in=nn", {"Straumen"}),
        ("q=älgpasset", {"Älgpasset"}),
        ("q=ÄLGPASSET", {"Älgpasset"}),
        ("q=vakre+straumen", {"Straumen"}),
        ("q=finst+ikkje", set()),
        ("q=100%25", set()),
        ("programme=finst-ikkje", {"Älgpasset", "Straumen"}),
    ],
)
def test_the_queue_can_be_narrowed(
    app: Flask, world: World, moderator: Browser, query: str, found: set[str]
) -> None:
    an_idea(app, world, title="Älgpasset", language="sv", municipality_id=world.swedish)
    an_idea(app, world, title="Straumen", body="Den vakre plassen.")
    page = moderator.get(f"/en/moderation/?{query}")
    assert page.status == 200
    assert {title for title in ("Älgpasset", "Straumen") if f">{title}</a>" in page.html} == found


def test_an_idea_is_found_by_its_reference(app: Flask, world: World, moderator: Browser) -> None:
    ref = an_idea(app, world, title="Akkurat denne")
    an_idea(app, world, title="Ei anna")
    page = moderator.get(f"/en/moderation/?q={ref.lower()}")
    assert "Akkurat denne" in page.text
    assert "Ei anna" not in page.text


def test_an_idea_that_came_back_is_marked(app: Flask, world: World, moderator: Browser) -> None:
    ref = an_idea(app, world, state="returned")
    with app.app_context():
        contributions.resend(load(ref), title="Betre tittel", body="Betre ord.")
        session.commit()
    assert "Sent again" in moderator.get("/en/moderation/").text


def test_filters_last_from_page_to_page(app: Flask, world: World, moderator: Browser) -> None:
    first = an_idea(app, world, municipality_id=world.swedish, title="Första")
    an_idea(app, world, municipality_id=world.norwegian, title="Norsk")
    second = an_idea(app, world, municipality_id=world.swedish, title="Andra")
    page = moderator.get(f"/en/moderation/{first}?municipality=granby")
    assert "1 of 2 waiting" in page.text
    assert f"/en/moderation/{second}?municipality=granby" in page.html


@pytest.mark.parametrize("query", ["state=odd", "page=0", "page=x", "page=2"])
def test_an_address_that_means_nothing_is_not_found(world: World, moderator: Browser, query: str) -> None:
    assert moderator.get(f"/en/moderation/?{query}").status == 404


def test_moderators_of_other_municipalities_see_none_of_it(
    app: Flask, world: World, stranger: Browser
) -> None:
    ref = an_idea(app, world, title="Ikkje di")
    assert "Ikkje di" not in stranger.get("/en/moderation/").text
    assert "Ikkje di" not in stranger.get(f"/en/moderation/?q={ref}").text
    assert stranger.get(f"/en/moderation/?decided={ref}").status == 200
    assert stranger.get(f"/en/moderation/{ref}").status == 404
    assert stranger.post(f"/en/moderation/{ref}", {"decision": "published", "version": "1"}).status == 404
    assert stranger.post(f"/en/moderation/{ref}/undo", {"version": "1"}).status == 404
    several = {"decision": "published", "chosen": f"{ref}:1"}
    assert stranger.post("/en/moderation/several", several).status == 404


def test_an_idea_outlives_its_municipalitys_part_in_the_programme(
    app: Flask, world: World, moderator: Browser
) -> None:
    ref = an_idea(app, world, programme_id=world.other_programme, title="Frå før")
    assert "Frå før" in moderator.get("/en/moderation/").text
    assert moderator.get(f"/en/moderation/{ref}").status == 200


def test_facilitators_do_not_moderate(app: Flask, world: World, facilitator: Browser) -> None:
    ref = an_idea(app, world)
    assert facilitator.get("/en/moderation/").status == 403
    assert facilitator.get(f"/en/moderation/{ref}").status == 403
    assert facilitator.post(f"/en/moderation/{ref}", {"decision": "published", "version": "1"}).status == 403
    several = {"decision": "published", "chosen": f"{ref}:1"}
    assert facilitator.post("/en/moderation/several", several).status == 403


def test_whoever_is_not_signed_in_is_sent_to_the_door(app: Flask, world: World, browser: Browser) -> None:
    ref = an_idea(app, world)
    assert browser.get("/en/moderation/").status == 302
    assert browser.get(f"/en/moderation/{ref}").status == 302
    assert browser.post(f"/en/moderation/{ref}", {"decision": "published", "version": "1"}).status == 401


def test_a_reference_that_does_not_exist_is_not_found(world: World, moderator: Browser) -> None:
    assert moderator.get("/en/moderation/I-00000000").status == 404
    assert moderator.post("/en/moderation/I-00000000", {"decision": "published"}).status == 404


def test_the_queue_asks_the_same_few_questions_however_long_it_is(
    app: Flask, world: World, moderator: Browser
) -> None:
    ref = an_idea(app, world)
    asked = []
    for count in (1, 30):
        for number in range(count):
            an_idea(app, world, title=f"Gatelys {number}", municipality_id=world.swedish)
        with counted(app) as questions:
            assert moderator.get("/en/moderation/").status == 200
        with counted(app) as about_one:
            assert moderator.get(f"/en/moderation/{ref}").status == 200
        asked.append((len(questions), len(about_one)))
    assert asked[0] == asked[1]
    assert asked[0][0] <= 11


def test_after_a_decision_the_queue_still_asks_at_most_thirteen(
    app: Flask, world: World, moderator: Browser
) -> None:
    ref = an_idea(app, world)
    moderator.post(f"/en/moderation/{ref}", {"decision": "published", "version": "1"})
    with counted(app) as questions:
        assert "has been published" in moderator.get(f"/en/moderation/?decided={ref}").text
    assert len(questions) <= 13


def test_a_long_queue_is_cut_into_pages(app: Flask, world: World, moderator: Browser) -> None:
    for number in range(26):
        an_idea(app, world, title=f"Nummer {number}")
    first, second = moderator.get("/en/moderation/"), moderator.get("/en/moderation/?page=2")
    assert first.html.count('name="chosen"') == 25
    assert second.html.count('name="chosen"') == 1
    assert "26 ideas" in first.text
