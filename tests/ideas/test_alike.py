"""Others who have written something like it: while one writes, and right after sending."""

import re
import uuid

import html5lib
import pytest
from flask import Flask
from werkzeug.test import TestResponse

from citizen.base.db import session
from citizen.ideas.rules.alike import least_likeness
from citizen.programmes.models import Phase
from tests.factories import an_idea
from tests.pages import Browser
from tests.queries import counted
from tests.world import World

TITLE = "Fler bänkar längs strandpromenaden"
BODY = "Gamla och trötta behöver sätta sig. Fem bänkar räcker en bit."


def bench(app: Flask, world: World, **values: str) -> str:
    """A published idea; gives its reference."""
    told = {"title": TITLE, "body": BODY, "language": "sv", "state": "published", **values}
    return an_idea(app, world, **told)


def asked(browser: Browser, words: str, slug: str = "granslandet", language: str = "en") -> TestResponse:
    """What the script gets for some words; every piece it gets is valid."""
    answer = browser.client.get(f"/{language}/ideas/{slug}/alike", query_string={"words": words})
    if answer.status_code == 200:
        parser = html5lib.HTMLParser(strict=False)
        parser.parseFragment(answer.get_data(as_text=True))
        assert parser.errors == []
    return answer


@pytest.mark.parametrize("words", [
    TITLE, "fler bänkar vid strandpromenaden", "Fler bnkar längs strandprommenaden",
    "Flere benker langs strandpromenaden", "Fleire benkar langs strandpromenaden",
])
def test_what_says_the_same_is_found_through_slips_and_across_languages(
    app: Flask, browser: Browser, world: World, words: str
) -> None:
    ref = bench(app, world)
    answer = asked(browser, words)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert "Somebody else has written something like this" in page
    assert f'lang="sv">{TITLE}</span>' in page
    assert BODY in page
    assert f'action="/en/ideas/{world.slug}/{ref}/voice"' in page
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("words", [
    "", "bänkar", "i och på", "Laddstolpar för elbilar", "Strandpromenaden luktar illa av tång om sommaren",
    "🎉 🎉", "<b>x</b>", "%_'\"\\", "1234 5678",
])
def test_what_says_something_else_or_too_little_finds_nothing(
    app: Flask, browser: Browser, world: World, words: str
) -> None:
    bench(app, world)
    answer = asked(browser, words)
    assert (answer.status_code, answer.get_data()) == (204, b"")


def test_at_most_three_are_shown_and_how_many_there_are_is_said(
    app: Flask, browser: Browser, world: World
) -> None:
    for count, said in ((1, "Somebody else"), (2, "Two others"), (3, "Three others"), (4, "Three others")):
        bench(app, world)
        page = asked(browser, TITLE).get_data(as_text=True)
        assert f"{said} ha" in page
        assert page.count("<li") == min(count, 3)


@pytest.mark.parametrize("state", ["submitted", "returned", "rejected"])
def test_only_published_ideas_are_shown(app: Flask, browser: Browser, world: World, state: str) -> None:
    bench(app, world, state=state)
    assert asked(browser, TITLE).status_code == 204


def test_ideas_of_another_programme_are_not_shown(app: Flask, browser: Browser, world: World) -> None:
    bench(app, world)
    assert asked(browser, TITLE, slug="langtborta").status_code == 204
    assert asked(browser, TITLE, slug="atlantis").status_code == 404


def test_ten_thousand_letters_are_read_as_far_as_they_matter(
    app: Flask, browser: Browser, world: World
) -> None:
    bench(app, world)
    assert asked(browser, TITLE + " " + "x" * 10_000).status_code in (200, 204)
    assert asked(browser, "ord " * 2_500).status_code == 204


def test_markup_in_words_and_in_ideas_stays_text(app: Flask, browser: Browser, world: World) -> None:
    bench(app, world, title="Bänkar <script>alert(1)</script> stranden",
          body="<img src=x onerror=alert(1)> bänkar")
    page = asked(browser, "Bänkar <script>alert(1)</script> stranden").get_data(as_text=True)
    assert "&lt;script&gt;" in page
    assert "<script" not in page
    assert "<img" not in page


def test_the_form_asks_by_post_which_changes_nothing(app: Flask, browser: Browser, world: World) -> None:
    bench(app, world)
    token = browser.get("/en/receipt").hidden("csrf_token")
    answer = browser.client.post(f"/en/ideas/{world.slug}/alike", data={"words": TITLE, "csrf_token": token})
    assert TITLE in answer.get_data(as_text=True)
    assert browser.client.post(f"/en/ideas/{world.slug}/alike", data={"words": TITLE}).status_code == 400


def test_many_ideas_ask_no_more_questions(app: Flask, browser: Browser, world: World) -> None:
    counts = []
    for _round in range(2):
        # A word of one text alone is looked for under other spellings too: two more.
        for _number in range(30 if counts else 2):
            bench(app, world)
        with counted(app) as statements:
            assert asked(browser, TITLE).status_code == 200
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 12


def test_those_who_ask_without_end_are_asked_to_wait(browser: Browser, world: World) -> None:
    statuses = {asked(browser, "").status_code for _ in range(1201)}
    assert statuses == {204, 429}


def test_the_fewer_the_words_the_more_of_them_must_be_the_same() -> None:
    asked_for = [least_likeness(words) for words in range(2, 40)]
    assert asked_for == sorted(asked_for, reverse=True)
    assert (asked_for[0], round(asked_for[-1], 2)) == (0.6, 0.36)


def test_the_form_has_a_place_for_it_and_works_without(browser: Browser, world: World) -> None:
    page = browser.get(f"/sv/ideas/{world.slug}/new")
    assert f'data-address="/sv/ideas/{world.slug}/alike"' in page.html
    assert "alike.js" in page.html


# ---- right after sending, without script


def send(browser: Browser, world: World, **changes: str) -> str:
    """Send an idea; gives the receipt's address."""
    return browser.post(f"/en/ideas/{world.slug}/new", {
        "title": TITLE, "body": "Vi orkar inte gå så långt.", "municipality": "elvdal", "written_in": "sv",
        "client_key": str(uuid.uuid4()), **changes,
    }).location


def test_the_receipt_tells_once_of_others_who_think_alike(app: Flask, browser: Browser, world: World) -> None:
    ref = bench(app, world)
    receipt = send(browser, world)
    first = browser.get(receipt)
    assert "Somebody else has written something like this" in first.text
    assert f"/{ref}/voice" in first.html
    assert "Somebody else" not in browser.get(receipt).text


def test_the_receipt_of_what_nobody_else_has_written_says_nothing(
    app: Flask, browser: Browser, world: World
) -> None:
    bench(app, world)
    page = browser.get(send(browser, world, title="Laddstolpar vid kyrkan", body="Elbilarna blir fler."))
    assert "something like this" not in page.text


def test_an_idea_is_not_shown_as_like_itself(app: Flask, browser: Browser, world: World) -> None:
    receipt = send(browser, world)
    with app.app_context():
        from citizen.contributions.models import Contribution
        from tests.factories import decide

        decide(session.query(Contribution).one(), "published", world.moderator)
        session.commit()
    assert "something like this" not in browser.get(receipt).text


def test_another_reader_of_the_receipt_is_told_nothing(app: Flask, browser: Browser, world: World) -> None:
    bench(app, world)
    receipt = send(browser, world)
    assert "something like this" not in Browser(app).get(receipt).text


def test_a_voice_given_on_the_receipt_leads_back_there(app: Flask, browser: Browser, world: World) -> None:
    ref = bench(app, world)
    receipt = send(browser, world)
    code = browser.get(receipt).hidden("receipt")
    answer = browser.post(f"/en/ideas/{world.slug}/{ref}/voice", {"receipt": code})
    assert answer.location == receipt
    page = browser.get(receipt)
    assert page.text.count("Your voice counts.") == 2
    assert "What would you add?" in page.text
    told = browser.get(browser.post(f"/en/ideas/{world.slug}/{ref}/voice",
                                    {"receipt": code, "line": "En vid bryggan också."}).location)
    assert "Its own receipt has the code" in told.text
    own = re.search(r'role="status">.*?href="(/en/receipt/\w+)"', told.html)
    assert own is not None
    assert "En vid bryggan också." in browser.get(own[1]).text


@pytest.mark.parametrize("code", ["0" * 12, "<script>", "../../x", "x" * 5000])
def test_a_code_that_is_none_tells_nothing(app: Flask, browser: Browser, world: World, code: str) -> None:
    ref = bench(app, world)
    answer = browser.post(f"/en/ideas/{world.slug}/{ref}/voice", {"receipt": code})
    assert answer.status == 303
    assert answer.location.startswith("/en/")
    assert browser.get(answer.location).status in (200, 404)


def test_after_the_collecting_a_voice_counts_but_no_line_is_asked_for(
    app: Flask, browser: Browser, world: World
) -> None:
    bench(app, world)
    with app.app_context():
        session.query(Phase).update({"kind": "choose"})
        session.commit()
    assert "Same as mine" in asked(browser, TITLE).get_data(as_text=True)
