"""What every page is made with: pagination, filters for templates, addresses of static files."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask, abort, request, url_for

from citizen.base import access, ids, locale, markup
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
        values: dict[str, Any] = {**request.args.to_dict(), **(request.view_args or {})}
        values["page"] = number if number > 1 else None
        return url_for(request.endpoint or "", **values)


def asked_page() -> int:
    """The page number asked for; anything that is none is not found."""
    text = request.args.get("page", "1")
    if not text.isdecimal() or not 1 <= int(text) <= 100_000:
        abort(404)
    return int(text)


@lru_cache(maxsize=256)
def _fingerprint(path: Path, _changed: float) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:10]


def same_page(language: str) -> str:
    """The address of this page in another language."""
    if request.endpoint is None or request.view_args is None or request.method != "GET":
        return url_for("programmes.start", language=language)
    return url_for(
        request.endpoint, **{**request.args.to_dict(), **request.view_args, "language": language}
    )


def init(app: Flask) -> None:
    """Names that every template may use."""
    static = Path(app.static_folder or "")

    @app.url_defaults
    def fingerprint(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static" and (file := static / values["filename"]).is_file():
            values["v"] = _fingerprint(file, file.stat().st_mtime)

    app.jinja_env.filters.update(
        paragraphs=markup.paragraphs,
        lines=markup.lines,
        day=locale.day,
        moment=locale.moment,
        number=locale.number,
        percent=locale.percent,
        spoken=ids.spoken,
    )
    app.jinja_env.globals.update(
        viewer=access.viewer,
        language=locale.current,
        languages=locale.NAMES,
        language_in_words=locale.IN_WORDS,
        in_language=locale.in_language,
        goal_words=GOAL_WORDS,
        same_page=same_page,
        action_form=ActionForm,
    )
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
