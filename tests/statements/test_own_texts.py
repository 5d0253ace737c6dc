"""Privacy notice and rules in a municipality's own words."""

import re
from typing import Any

import pytest
from flask import Flask

from citizen.base.audit import AuditRow
from citizen.base.db import session
from tests.pages import Browser
from tests.statements.pages import NORWEGIAN, SWEDISH, audited, version_of
from tests.world import World

SECTION = f"{SWEDISH}/manage/privacy/period/sv"


def write(browser: Browser, body: str, path: str = SECTION) -> Any:
    return browser.post(path, {"body": body, "version": version_of(browser.get(path))})


def test_a_section_is_written_in_own_words_and_names_are_filled_in(
    app: Flask, world: World, administrator: Browser, browser: Browser
) -> None:
    assert write(administrator, "{municipality} gallrar efter två år.\n\nTelefon: {phone}").status == 303
    text = browser.get(f"{SWEDISH}/privacy").text
    assert "Granby kommun gallrar efter två år." in text
    assert "Telefon:" not in text
    assert "removes nothing by itself" not in text
    assert audited(app) == [("statements.privacy", "granby", world.administrator)]


def test_own_words_stand_in_every_language_until_they_are_written_there(
    world: World, administrator: Browser, browser: Browser
) -> None:
    write(administrator, "Vi gallrar efter två år.")
    assert '<div lang="sv"><p>Vi gallrar efter två år.</p></div>' in browser.get(
        "/nn/statements/granby/privacy").html
    assert "you have not written it in this language" in administrator.get(
        f"{SWEDISH}/manage/privacy?written_in=nn").text
    write(administrator, "Vi slettar etter to år.", f"{SWEDISH}/manage/privacy/period/nn")
    page = browser.get("/nn/statements/granby/privacy")
    assert "Vi slettar etter to år." in page.text
    assert "Vi gallrar" not in page.text


def test_own_words_of_one_municipality_are_not_those_of_another(
    world: World, administrator: Browser, browser: Browser
) -> None:
    write(administrator, "Vi gallrar efter två år.")
    assert "gallrar" not in browser.get(f"{NORWEGIAN}/privacy").text


def test_one_goes_back_to_the_default_and_forth_again(
    app: Flask, world: World, administrator: Browser, browser: Browser
) -> None:
    write(administrator, "Vi gallrar efter två år.")
    page = administrator.get(SECTION)
    assert "Vi gallrar efter två år." in page.html
    assert "What the default says" in page.text
    assert administrator.post(f"{SECTION}/default", {"version": version_of(page)}).status == 303
    assert "removes nothing by itself" in browser.get(f"{SWEDISH}/privacy").text
    assert "What the default says" not in administrator.get(SECTION).text
    assert write(administrator, "Åter egna ord.").status == 303
    assert "Åter egna ord." in browser.get(f"{SWEDISH}/privacy").text
    with app.app_context():
        assert [row.details["before"] for row in session.query(AuditRow).order_by(AuditRow.id)] == [
            None, "Vi gallrar efter två år.", None
        ]


def test_a_preview_shows_the_text_filled_in_and_stores_nothing(
    app: Flask, world: World, administrator: Browser, browser: Browser
) -> None:
    page = administrator.post(f"{SECTION}/preview", {"body": "{municipality} väntar.", "version": "0"})
    assert page.status == 200
    assert "Granby kommun väntar." in page.text
    assert "{municipality} väntar." in page.html
    assert page.hidden("version") == "0"
    assert "väntar" not in browser.get(f"{SWEDISH}/privacy").text
    assert audited(app) == []


@pytest.mark.parametrize("path", [SECTION, f"{SECTION}/preview"])
@pytest.mark.parametrize(("body", "sentence"), [
    ("", "Write the text, or go back to the default"), ("x" * 5001, "Shorten the text"),
    ("Ring {telefon}.", "“{telefon}” cannot be filled in."),
])
def test_a_text_that_cannot_be_shown_is_told_and_kept(
    world: World, administrator: Browser, path: str, body: str, sentence: str
) -> None:
    page = administrator.post(path, {"body": body, "version": "0"})
    assert page.status == 422
    assert sentence in page.text
    assert body in page.html


def test_nobody_overwrites_words_that_somebody_else_has_just_written(
    world: World, administrator: Browser, browser: Browser
) -> None:
    write(administrator, "Först.")
    for path in (SECTION, f"{SECTION}/default"):
        assert administrator.post(path, {"body": "Sedan.", "version": "0"}).status == 409
    write(administrator, "Andra gången.")
    assert administrator.post(f"{SECTION}/default", {"version": "1"}).status == 409
    assert "Andra gången." in browser.get(f"{SWEDISH}/privacy").text


def test_markup_in_own_words_is_shown_as_it_was_written(
    world: World, administrator: Browser, browser: Browser
) -> None:
    write(administrator, '<b class="x">fet</b>\nny rad')
    page = browser.get(f"{SWEDISH}/privacy")
    assert re.search(r"&lt;b class=.*?&lt;/b&gt;<br>ny rad", page.html)


def test_rules_are_written_the_same_way(world: World, administrator: Browser, browser: Browser) -> None:
    write(administrator, "{service} drivs av {municipality}.", f"{SWEDISH}/manage/rules/run/sv")
    assert "drivs av Granby kommun." in browser.get(f"{SWEDISH}/rules").text
