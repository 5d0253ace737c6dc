"""Before an idea is sent: private data is asked about, and an identity number is stopped."""

import pytest

from tests.pages import Browser
from tests.world import World

KEY = "5f0c3c1e-6a35-4b62-9a0b-0d6b9f2f7a12"
IDENTITY = "The text seems to contain a national identity number. Remove it."
CONTACT = "The text seems to contain contact details or a private number."


def idea(**more: str) -> dict[str, str]:
    return {"title": "Ljus vid bryggan", "body": "Det är mörkt när färjan kommer.", "municipality": "granby",
            "written_in": "sv", "client_key": KEY, **more}


@pytest.mark.parametrize("field", ["title", "body", "place"])
def test_an_identity_number_is_stopped_at_its_field_and_nothing_typed_is_lost(
    browser: Browser, world: World, field: str
) -> None:
    page = browser.post(f"/sv/ideas/{world.slug}/new", idea(**{field: "Fråga 811228-9874", "checked": "1"}))
    assert page.status == 422
    assert IDENTITY in page.text
    assert "811228-9874" in page.html


def test_contact_details_are_asked_about_once_and_may_be_sent_all_the_same(
    browser: Browser, world: World
) -> None:
    path, typed = f"/sv/ideas/{world.slug}/new", idea(body="Ring mig på 070-123 45 67 om bryggan.")
    page = browser.post(path, typed)
    assert page.status == 422
    assert CONTACT in page.text
    assert 'id="check" hidden' not in page.html
    assert "070-123 45 67" in page.html
    assert browser.post(path, {**typed, "checked": "1"}).status == 303


def test_nothing_is_asked_where_nothing_looks_wrong(browser: Browser, world: World) -> None:
    assert 'id="check" hidden' in browser.get(f"/sv/ideas/{world.slug}/new").html
    assert browser.post(f"/sv/ideas/{world.slug}/new", idea()).status == 303


def test_a_phone_that_sends_by_itself_is_told_where_to_look(browser: Browser, world: World) -> None:
    token = browser.get("/sv/phone/token").response.get_json()["token"]
    typed = idea(body="Skriv till kalle@example.se", csrf_token=token)
    answer = browser.post(f"/sv/ideas/{world.slug}/new", typed, headers={"Accept": "application/json"})
    assert [field for field, _words in answer.response.get_json()["problems"]] == ["body", "checked"]
