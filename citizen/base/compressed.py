"""Pages sent small: a phone with one bar of coverage waits for every kilobyte.

Static files are compressed once, when the program is installed; pages here. A page holds a token, and
sometimes what a reader typed: that its length tells nothing of either (the BREACH attack), every answer
gets a name of random length in its header, as Django's compression does.
"""

import gzip
import io
import secrets
from pathlib import Path

from flask import Flask, Response, request

SMALLEST = 500
"""Bytes below which an answer fits into one packet anyway."""
LONGEST_NAME = 100
LEVEL = 6
TEXTS = ("text/", "application/json", "application/manifest+json", "image/svg+xml")


def compressed(text: bytes) -> bytes:
    """Compress an answer, with a name of random length in its header."""
    name = "c" * secrets.randbelow(LONGEST_NAME)
    target = io.BytesIO()
    with gzip.GzipFile(filename=name, mode="wb", compresslevel=LEVEL, fileobj=target, mtime=0) as file:
        file.write(text)
    return target.getvalue()


def init(app: Flask) -> None:
    """Compress what a browser can unpack. First to be asked for, so last to act on an answer."""
    _drop_outdated(Path(app.static_folder or ""))

    @app.after_request
    def compress(response: Response) -> Response:
        is_text = (response.mimetype or "").startswith(TEXTS)
        if response.direct_passthrough or response.is_streamed or not is_text:
            return response
        response.vary.add("Accept-Encoding")
        if "Content-Encoding" in response.headers or not request.accept_encodings["gzip"]:
            return response
        text = response.get_data()
        if len(text) >= SMALLEST:
            response.set_data(compressed(text))
            response.headers["Content-Encoding"] = "gzip"
        return response


def _drop_outdated(static: Path) -> None:
    """A file compressed before its source changed would be served in its place."""
    for file in static.glob("*.gz"):
        source = file.with_suffix("")
        if not source.exists() or source.stat().st_mtime > file.stat().st_mtime:
            file.unlink(missing_ok=True)
