"""Static files that can be kept for ever, and long lists in pages."""

import re

import pytest
from flask import Flask

from citizen.base.pages import Page
from tests.pages import Browser
from tests.world import World


def test_static_files_are_kept_for_a_year_under_an_address_that_changes_with_them(
    browser: Browser,
) -> None:
    page = browser.get("/sv/receipt")
    addresses = re.findall(r'(?:href|src)="(/static/[^"]+)"', page.html)
    assert addresses
    for address in addresses:
        assert re.search(r"\?v=[0-9a-f]{10}$", address)
        with browser.client.get(address) as answer:
            assert answer.status_code == 200
            assert "max-age=31536000" in answer.headers["Cache-Control"]


def test_a_static_file_that_is_not_there_is_not_found(browser: Browser) -> None:
    assert browser.get("/static/../wsgi.py").status == 404
    assert browser.get("/static/nothing.css").status == 404


@pytest.mark.parametrize("number", ["0", "-1", "1.5", "x", "", "100001", "²", "9" * 30])
def test_a_page_number_that_is_none_is_not_found(browser: Browser, world: World, number: str) -> None:
    assert browser.get(f"/sv/ideas/{world.slug}?page={number}").status == 404


@pytest.mark.parametrize(("total", "last"), [(0, 1), (1, 1), (20, 1), (21, 2), (40, 2), (41, 3)])
def test_the_last_page_holds_what_is_left(total: int, last: int) -> None:
    assert Page([], 1, 20, total).last == last


def test_another_page_keeps_search_and_filter(app: Flask) -> None:
    with app.test_request_context("/sv/ideas/x?q=buss&page=2"):
        assert Page([], 2, 20, 60).address(3) == "/sv/ideas/x?q=buss&page=3"
        assert Page([], 2, 20, 60).address(1) == "/sv/ideas/x?q=buss"
