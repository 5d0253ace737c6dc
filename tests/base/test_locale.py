"""Which language a reader gets, and what a text in several is shown as."""

from datetime import UTC, date, datetime
from urllib.parse import urlsplit

import pytest
from flask import Flask

from citizen.base import locale
from tests.pages import Browser


@pytest.mark.parametrize(("accepted", "language"), [
    ("sv-SE,sv;q=0.9,en;q=0.5", "sv"),
    ("no", "nb"),
    ("nb-NO,nb;q=0.9,no;q=0.8,nn;q=0.7", "nb"),
    ("nn-NO,nn;q=0.9,nb;q=0.8", "nn"),
    ("NN_no", "nn"),
    ("en-US", "en"),
    ("fi-FI,fi", "sv"),
    ("fi;q=0.9,no;q=0.8", "nb"),
    ("en;q=0.3,nn;q=0.9", "nn"),
    ("", "sv"),
])
def test_the_door_leads_to_the_readers_language(browser: Browser, accepted: str, language: str) -> None:
    page = browser.get("/", headers={"Accept-Language": accepted})
    assert (page.status, page.location) == (302, f"/{language}/")
    assert "Accept-Language" in page.response.headers["Vary"]


@pytest.mark.parametrize(("path", "there"), [
    ("/no/", "/nb/"), ("/no/receipt", "/nb/receipt"), ("/no/ideas/x?page=2&q=a", "/nb/ideas/x?page=2&q=a"),
])
def test_norwegian_in_an_address_means_bokmal(browser: Browser, path: str, there: str) -> None:
    page = browser.get(path)
    assert (page.status, page.location) == (301, there)


@pytest.mark.parametrize("path", ["/no//evil.example/", "/no/\\evil.example", "/no/http://evil.example/"])
def test_a_norwegian_address_leads_to_no_other_host(browser: Browser, path: str) -> None:
    assert urlsplit(browser.get(path).location).netloc in ("", "localhost")


@pytest.mark.parametrize("path", ["/fi/", "/de/receipt", "/svenska/"])
def test_a_language_we_do_not_have_is_not_found(browser: Browser, path: str) -> None:
    assert browser.get(path).status == 404


def test_every_page_leads_to_itself_in_the_other_languages(browser: Browser) -> None:
    page = browser.get("/nn/receipt")
    for language in locale.LANGUAGES:
        assert f'href="/{language}/receipt"' in page.html


@pytest.mark.parametrize(("texts", "language", "shown"), [
    ({"sv": "Hej", "nn": "Hei"}, "sv", ("Hej", "sv")),
    ({"sv": "Hej", "nb": "Hei"}, "nn", ("Hei", "nb")),
    ({"sv": "Hej"}, "nn", ("Hej", "sv")),
    ({"nn": "", "sv": "Hej"}, "nn", ("Hej", "sv")),
    ({"de": "Hallo"}, "sv", ("Hallo", "de")),
    ({}, "sv", ("", "")),
])
def test_a_missing_text_falls_back_to_the_nearest_language(
    texts: dict[str, str], language: str, shown: tuple[str, str]
) -> None:
    assert locale.in_language(texts, language) == shown


def test_after_the_nearest_come_the_languages_in_the_order_they_are_offered_in() -> None:
    texts = {"de": "Hallo", "fi": "Hei"}
    assert locale.in_language(texts, "sv", ("fi", "de")) == ("Hei", "fi")
    assert locale.in_language(texts | {"nb": "Hei"}, "sv", ("fi", "de")) == ("Hei", "nb")


@pytest.mark.parametrize(("language", "written"), [
    ("sv", "9 mars 2026"), ("nb", "9. mars 2026"), ("nn", "9. mars 2026"), ("en", "9 March 2026"),
])
def test_a_date_is_written_as_the_reader_writes_it(app: Flask, language: str, written: str) -> None:
    with app.app_context(), locale.speaking(language):
        assert locale.day(date(2026, 3, 9)) == written


def test_a_moment_is_told_in_local_time(app: Flask) -> None:
    with app.app_context(), locale.speaking("sv"):
        assert locale.moment(datetime(2026, 7, 1, 22, 30, tzinfo=UTC)).endswith("00:30")
        assert locale.day(datetime(2026, 7, 1, 22, 30, tzinfo=UTC)) == "2 juli 2026"


def test_speaking_another_language_ends_where_it_ends(app: Flask) -> None:
    with app.test_request_context("/"), locale.speaking("sv"):
        with locale.speaking("nn"):
            assert locale.current() == "nn"
        assert locale.current() == "sv"


def test_numbers_have_the_readers_separators(app: Flask) -> None:
    with app.app_context(), locale.speaking("sv"):
        assert locale.number(12345) == "12\u00a0345"
        assert locale.percent(0.25) == "25\u00a0%"
