"""What makes the site a program on a phone: the manifest, and the service worker that opens pages
without a network.

The worker is one script made of two files, with the addresses of what it keeps in front: a new
version of any of them is a new worker.
"""

import json
from pathlib import Path

from flask import Flask, Response, url_for
from flask_babel import gettext as _

from citizen.base import access, locale

SCRIPTS = ("kept.js", "worker.js")
ASSETS = ("citizen.css", "kept.js", "phone.js", "idea.js", "alike.js", "share.js", "shrink.js",
          "pictures.js", "place.js", "survey.js")
ICONS = ((192, "icon-192.png"), (512, "icon-512.png"))


def worker() -> Response:
    """The service worker, at the root so that every page is within its reach."""
    folder = Path(__file__).parent.parent / "static"
    assets = [url_for("static", filename=name) for name in ASSETS]
    script = "\n".join(
        [f"self.ASSETS = {json.dumps(assets)};", *((folder / name).read_text("utf-8") for name in SCRIPTS)]
    )
    answer = Response(script, mimetype="text/javascript")
    answer.headers["Cache-Control"] = "no-cache"
    return answer


def manifest() -> Response:
    """Name, icons and first page, as a phone shows them among its programs."""
    start = f"/{locale.current()}/"
    icons = [
        {"src": url_for("static", filename=name), "sizes": f"{size}x{size}", "type": "image/png",
         "purpose": "any maskable"}
        for size, name in ICONS
    ]
    told = {
        "id": "/", "lang": locale.current(),
        "name": _("Ideas for the municipality"), "short_name": _("Ideas"),
        "start_url": start, "scope": "/", "display": "standalone",
        "background_color": "#fbfaf7", "theme_color": "#0b4f6c", "icons": icons,
    }
    answer = Response(json.dumps(told, ensure_ascii=False), mimetype="application/manifest+json")
    answer.headers["Cache-Control"] = "no-cache"
    return answer


def init(app: Flask) -> None:
    """The two addresses. Everybody may have them."""
    app.add_url_rule("/worker.js", "worker", access.public(worker))
    app.add_url_rule(f"{locale.PATH}/app.webmanifest", "manifest", access.public(manifest))
