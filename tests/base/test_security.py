"""Headers on every answer; cookies that stay where they belong."""

from pathlib import Path

import pytest
from flask import Flask

from tests.base.test_errors import met
from tests.fresh import fresh_app
from tests.pages import Browser, Page
from tests.surveys.samples import a_survey
from tests.world import World

HEADERS = (
    "Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "Permissions-Policy",
    "Cross-Origin-Opener-Policy", "Cache-Control",
)


def protected(page: Page) -> None:
    assert [name for name in HEADERS if name not in page.response.headers] == []
    policy = page.response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


def test_every_public_page_carries_the_headers(browser: Browser, world: World) -> None:
    for path in ("/", "/no/", "/sv/", f"/nn/programmes/{world.slug}", f"/nb/ideas/{world.slug}",
                 f"/sv/ideas/{world.slug}/new", "/en/receipt", "/sv/accounts/me"):
        protected(browser.get(path))


@pytest.mark.parametrize("code", [400, 403, 404, 405, 409, 413, 422, 429, 500])
def test_every_error_page_carries_the_headers(visitor: Browser, code: int) -> None:
    protected(met(visitor, "sv", code))


def test_a_session_cookie_cannot_be_read_by_scripts_or_sent_from_elsewhere(browser: Browser) -> None:
    cookie = browser.get("/sv/receipt").response.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_behind_tls_the_cookie_and_the_host_are_for_tls_alone(
    app: Flask, database_url: str, tmp_path: Path
) -> None:
    with fresh_app(tmp_path, database_url, CITIZEN_BASE_URL="https://ideas.example.org") as secure:
        page = Browser(secure).get("/sv/receipt")
    cookie = page.response.headers["Set-Cookie"]
    assert cookie.startswith("__Host-citizen=")
    assert "Secure" in cookie
    assert page.response.headers["Strict-Transport-Security"].startswith("max-age=")


def test_reading_the_start_page_sets_no_cookie(browser: Browser, world: World) -> None:
    for path in ("/sv/", f"/sv/programmes/{world.slug}"):
        assert "Set-Cookie" not in browser.get(path).response.headers


def test_a_copy_that_a_phone_fetches_to_keep_begins_no_session_beside_the_pages_own(
    browser: Browser, world: World
) -> None:
    form, kept = f"/nn/ideas/{world.slug}/new", {"headers": {"Purpose": "prefetch"}}
    assert "Set-Cookie" not in browser.get(form, **kept).response.headers
    token = browser.get(form).hidden("csrf_token")
    assert browser.get(form, **kept).hidden("csrf_token") != ""
    answer = browser.post(f"/nn/ideas/{world.slug}/alike", {"csrf_token": token, "words": "lys"})
    assert answer.status != 400


@pytest.mark.parametrize("beside", [{"Purpose": "prefetch"}, {"Sec-Fetch-Dest": "image"}])
def test_what_is_fetched_beside_a_page_brings_back_no_session_that_was(
    app: Flask, world: World, beside: dict[str, str]
) -> None:
    address = f"/sv/surveys/{a_survey(app, world, once=True)}"
    phone = Browser(app)
    # The session is one that lasts: each page that is opened prolongs it.
    phone.get(address)
    assert "Set-Cookie" in phone.get(address).response.headers
    assert "Set-Cookie" not in phone.get(address, headers=beside).response.headers


@pytest.mark.parametrize("path", [
    "/sv/receipt/AAAABBBBCCCC", "/sv/receipt/stop/x", "/sv/moderation/notices/stop/x",
    "/sv/surveys/receipt/AAAABBBBCCCC", "/sv/surveys/invitation/AAAABBBBCCCC/stop",
    "/sv/accounts/link/abc",
])
def test_an_address_that_is_a_key_stays_out_of_caches_and_search_engines(
    browser: Browser, world: World, path: str
) -> None:
    headers = browser.get(path).response.headers
    assert headers["Cache-Control"] == "no-store"
    assert "noindex" in headers["X-Robots-Tag"]
