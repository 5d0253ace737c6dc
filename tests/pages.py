"""A reader who looks closely: every page fetched in a test is checked without being asked."""

import re
from datetime import timedelta
from html import unescape
from typing import Any
from urllib.parse import urlsplit

import html5lib
from flask import Flask, has_app_context
from werkzeug.test import TestResponse

from citizen.base import clock, trap

SPOKEN = {"sv", "nb", "nn", "en"}
# What the standard calls an error and browsers and we do not.
_TOLERATED: set[str] = set()


class Page:
    """An answer, with its text, forms and links at hand."""

    def __init__(self, response: TestResponse) -> None:
        self.response = response
        self.status = response.status_code
        self.html = response.get_data(as_text=True) if response.mimetype == "text/html" else ""
        self.location = response.headers.get("Location", "")

    @property
    def text(self) -> str:
        """What a reader reads, white space folded."""
        plain = re.sub(r"<(script|style).*?</\1>", " ", self.html, flags=re.DOTALL)
        plain = re.sub(r"<[^>]+>", " ", plain)
        return " ".join(unescape(plain).split())

    @property
    def title(self) -> str:
        found = re.search(r"<title>(.*?)</title>", self.html, re.DOTALL)
        return " ".join(found.group(1).split()) if found else ""

    def hidden(self, name: str) -> str:
        """The value of a hidden field."""
        for tag in re.findall(r"<input[^>]*>", self.html):
            if f'name="{name}"' in tag and 'type="hidden"' in tag:
                found = re.search(r'value="([^"]*)"', tag)
                return found.group(1) if found else ""
        raise AssertionError(f"no hidden field {name}")


class Browser:
    """A test client that keeps its cookies, sends tokens, and checks what it is given."""

    def __init__(self, app: Flask, user_id: int | None = None, language: str = "sv") -> None:
        self.app, self.language = app, language
        self.client = app.test_client()
        if user_id is not None:
            with self.client.session_transaction() as cookie:
                cookie["user"], cookie["epoch"] = user_id, 1

    def get(self, path: str, *, follow: bool = False, **options: Any) -> Page:
        return self._page(self._fetch("GET", path, follow_redirects=follow, **options))

    def post(self, path: str, data: dict[str, Any] | None = None, *, follow: bool = False,
             token: bool = True, **options: Any) -> Page:
        """Send a form. The token is fetched from the receipt page, as any form would carry it."""
        values = dict(data or {})
        if token and "csrf_token" not in values:
            values["csrf_token"] = self.get(f"/{self.language}/receipt").hidden("csrf_token")
        if values and ("/ideas/" in path or path.endswith("/feedback")):
            # It was opened a minute ago, as any form has been that somebody fills in.
            values.setdefault("shown", self.opened(timedelta(minutes=1)))
        return self._page(self._fetch("POST", path, data=values, follow_redirects=follow, **options))

    def opened(self, ago: timedelta) -> str:
        """What a form carries that was opened so long ago."""
        with self.app.app_context():
            return trap.shown_at(clock.now() - ago)

    def _fetch(self, method: str, path: str, **options: Any) -> TestResponse:
        assert not has_app_context(), "leave the application's context before fetching a page"
        return self.client.open(path, method=method, **options)

    def _page(self, response: TestResponse) -> Page:
        page = Page(response)
        if page.html and not 300 <= page.status < 400:
            check(page)
        return page


def check(page: Page) -> None:
    """Refuse a page that is not valid, named, in a language, and free of anything inline."""
    parser = html5lib.HTMLParser(strict=False)
    parser.parse(page.html)
    errors = [e for e in parser.errors if e[1] not in _TOLERATED]
    assert not errors, f"invalid HTML: {errors[:3]}"
    assert page.title, "a page without a title"
    found = re.search(r'<html lang="(\w+)"', page.html)
    assert found is not None, "a page without a language"
    assert found.group(1) in SPOKEN, "a page in no language of ours"
    ids = re.findall(r'\sid="([^"]+)"', page.html)
    assert len(ids) == len(set(ids)), f"ids twice: {sorted(i for i in ids if ids.count(i) > 1)}"
    assert not re.search(r"\son\w+=|\sstyle=|<style|<script(?![^>]*\ssrc=)", page.html), "something inline"
    assert page.html.count("<h1") == 1, "not exactly one main heading"
    for address in re.findall(r'<(?:script|link|img|form)[^>]+(?:src|href|action)="([^"]+)"', page.html):
        assert not urlsplit(address).netloc, f"another host: {address}"
    for form in re.findall(r"<form[^>]*method=\"post\".*?</form>", page.html, re.DOTALL):
        assert 'name="csrf_token"' in form, "a form without a token"
    assert "Content-Security-Policy" in page.response.headers
