"""An idea on its way in."""

import uuid

from tests.pages import Browser
from tests.world import World


def filled(browser: Browser, world: World, **changes: str) -> dict[str, str]:
    return {
        "title": "Gatelys langs Elvevegen",
        "body": "Ungane går i mørket til bussen. Set opp lys.",
        "municipality": "elvdal",
        "written_in": "nn",
        "client_key": str(uuid.uuid4()),
        **changes,
    }


def test_an_idea_that_is_sent_gives_a_receipt_with_a_code(browser: Browser, world: World) -> None:
    page = browser.post(f"/nn/ideas/{world.slug}/new", filled(browser, world), follow=True)
    assert page.status == 200
    assert "Gatelys langs Elvevegen" in page.text


def test_the_same_idea_sent_twice_is_stored_once(browser: Browser, world: World) -> None:
    idea = filled(browser, world)
    first = browser.post(f"/nn/ideas/{world.slug}/new", idea)
    second = browser.post(f"/nn/ideas/{world.slug}/new", idea)
    assert first.status == second.status == 303
    assert first.location == second.location


def test_an_empty_form_is_shown_again_with_what_was_typed(browser: Browser, world: World) -> None:
    page = browser.post(f"/sv/ideas/{world.slug}/new", filled(browser, world, title=""))
    assert page.status == 422
    assert "Set opp lys" in page.html


def test_every_public_page_can_be_read(browser: Browser, world: World) -> None:
    for path in ("/sv/", f"/nn/programmes/{world.slug}", f"/nb/ideas/{world.slug}", "/en/receipt",
                 f"/en/ideas/{world.slug}/new"):
        assert browser.get(path).status == 200
