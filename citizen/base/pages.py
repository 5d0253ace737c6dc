"""What every page is made with: pagination, filters for templates, addresses of static files."""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from flask import Flask, abort, current_app, request, url_for

from citizen.base import access, ids, kiosk, locale, markup
from citizen.base.forms import ActionForm
from citizen.base.goals import GOAL_WORDS


@dataclass(frozen=True)
class Page:
    """One page of a long list."""

    items: Sequence[Any]
    number: int
    size: int
    total: int

    @property
    def last(self) -> int:
        return max(1, -(-self.total // self.size))

    def address(self, number: int) -> str:
        """This page's address with another page number, keeping search and filter."""
        asked = [(key, value) for key, value in request.args.items(multi=True) if key != "page"]
        return _with_query(request.path, [*asked, ("page", str(number))] if number > 1 else asked)


def asked_page() -> int:
    """The page number asked for; anything that is none is not found."""
    text = request.args.get("page", "1")
    if not re.fullmatch("[1-9][0-9]{0,4}", text):
        abort(404)
    return int(text)


@lru_cache(maxsize=2)
def _names(static: Path) -> frozenset[str]:
    """The files there are, asked once."""
    return frozenset(str(f.relative_to(static)) for f in static.rglob("*") if f.is_file())


@lru_cache(maxsize=256)
def _fingerprint(path: Path, _changed: float) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:10]


def same_page(language: str) -> str:
    """The address of this page in another language."""
    first, _, rest = request.path.removeprefix("/").partition("/")
    if request.routing_exception or request.method != "GET" or first not in locale.LANGUAGES:
        return url_for("programmes.start", language=language)
    return _with_query(f"/{language}/{rest}", request.args.items(multi=True))


def whole_address(path: str) -> str:
    """An address as it is told outside the page."""
    return f"{current_app.extensions['citizen.settings'].base_url}{path}"


def _with_query(path: str, asked: Iterable[tuple[str, str]]) -> str:
    """An address on this host. What a reader put in the query stays a query, whatever its names."""
    query = urlencode(list(asked))
    return quote(path) + (f"?{query}" if query else "")


def init(app: Flask) -> None:
    """Names that every template may use."""
    static = Path(app.static_folder or "")

    @app.url_defaults
    def fingerprint(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static" and values["filename"] in _names(static):
            file = static / values["filename"]
            values["v"] = _fingerprint(file, file.stat().st_mtime)

    app.jinja_env.filters.update(
        paragraphs=markup.paragraphs,
        marked=markup.marked,
        lines=markup.lines,
        day=locale.day,
        moment=locale.moment,
        number=locale.number,
        distance=locale.distance,
        degrees=locale.degrees,
        percent=locale.percent,
        spoken=ids.spoken,
    )
    app.jinja_env.globals.update(
        viewer=access.viewer,
        language=locale.current,
        languages=locale.NAMES,
        language_in_words=locale.IN_WORDS,
        in_language=locale.in_language,
        decimal_mark=locale.decimal_mark,
        goal_words=GOAL_WORDS,
        same_page=same_page,
        action_form=ActionForm,
        kiosk=kiosk.place,
        kiosk_home=kiosk.home,
    )
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
