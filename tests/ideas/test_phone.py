"""What a phone keeps and sends by itself: how the server answers it."""

import json
import re

from citizen.app import ROOT
from tests.pages import Browser
from tests.world import World

DATA = {"Accept": "application/json"}
KEY = "5f0c3c1e-6a35-4b62-9a0b-0d6b9f2f7a11"


def idea(**more: str) -> dict[str, str]:
    return {"title": "Ljus vid bryggan", "body": "Det är mörkt när färjan kommer.", "municipality": "granby",
            "written_in": "sv", "client_key": KEY, **more}


def token(browser: Browser) -> str:
    return str(browser.get("/sv/phone/token").response.get_json()["token"])


def test_an_idea_sent_as_data_is_answered_with_its_receipt_and_stored_once(
    browser: Browser, world: World
) -> None:
    answers = [
        browser.post(f"/sv/ideas/{world.slug}/new", idea(csrf_token=token(browser)), headers=DATA)
        for _time in range(2)
    ]
    told = [answer.response.get_json() for answer in answers]
    assert told[0] == told[1]
    assert re.fullmatch(r"/sv/receipt/\w{12}", told[0]["receipt"])
    assert told[0]["code"].replace("-", "") == told[0]["receipt"].rpartition("/")[2]
    page = browser.get(told[0]["receipt"])
    assert "Ljus vid bryggan" in page.text
    assert "Thank you! Your idea has been sent." in page.text


def test_what_is_wrong_is_told_field_by_field(browser: Browser, world: World) -> None:
    answer = browser.post(
        f"/sv/ideas/{world.slug}/new", idea(title="", email="nej", csrf_token=token(browser)), headers=DATA
    )
    assert answer.status == 422
    problems = dict(answer.response.get_json()["problems"])
    assert problems == {"title": "Enter a title", "email": "Enter an e-mail address, like name@example.org"}


def test_the_token_is_never_kept_by_anybody(browser: Browser) -> None:
    assert browser.get("/sv/phone/token").response.headers["Cache-Control"] == "no-store"


def test_a_page_that_says_who_has_signed_in_is_kept_by_no_phone(
    world: World, browser: Browser, moderator: Browser
) -> None:
    path = f"/sv/ideas/{world.slug}"
    assert moderator.get(path).response.headers["Cache-Control"] == "no-store"
    assert browser.get(path).response.headers["Cache-Control"] == "no-cache, private"


def test_clearing_tells_the_browser_to_forget_everything(browser: Browser) -> None:
    answer = browser.post("/nn/phone/clearing")
    assert answer.response.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert answer.location == "/nn/phone?cleared=1"
    assert "Nothing of yours is left on this phone." in browser.get(answer.location).text


def test_the_worker_names_files_that_there_are_and_is_asked_for_anew_every_time(browser: Browser) -> None:
    answer = browser.get("/worker.js").response
    assert answer.mimetype == "text/javascript"
    assert answer.headers["Cache-Control"] == "no-cache"
    named = re.search(r"self\.ASSETS = (.*);", answer.get_data(as_text=True))
    assert named is not None
    for address in json.loads(named.group(1)):
        assert (ROOT / "citizen" / address.split("?")[0].lstrip("/")).is_file()
        assert "?v=" in address


def test_the_manifest_speaks_the_readers_language_and_its_icons_are_there(browser: Browser) -> None:
    told = json.loads(browser.get("/nn/app.webmanifest").response.get_data())
    assert (told["lang"], told["start_url"], told["scope"]) == ("nn", "/nn/", "/")
    for icon in told["icons"]:
        assert (ROOT / "citizen" / icon["src"].split("?")[0].lstrip("/")).is_file()
