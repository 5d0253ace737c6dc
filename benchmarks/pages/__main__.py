"""Pages: ``python -m benchmarks.pages [load] [first-load] [lighthouse] [--rounds N] [--seconds N]``.

``load``: queries and requests a second. ``first-load``: what a phone that has never been here fetches
over Slow 3G, and when it can be used; exits with 1 above 30 kB or where anything moves. ``lighthouse``:
its four scores, from the package registry. Without a word: the first two.
"""

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask
from flask_migrate import upgrade

from benchmarks import servers, world
from benchmarks.pages import first_load, load
from benchmarks.pages.first_load import Visit
from benchmarks.surveys import seeding
from citizen.app import create_app
from citizen.base.settings import Settings
from tests.pages import Browser


def heaviest() -> dict[str, Any]:
    """A survey whose page asks for what brings the most with it: a place and a photo, beside choices."""
    options = [{"name": f"o{n}", "text": {"sv": f"Svar {n}"}} for n in range(6)]
    asked = {"one": {"options": options}, "several": {"options": options}, "place": {}, "photo": {}}
    return {"languages": ["sv"], "title": {"sv": "Allt på en sida"}, "pages": [{"questions": [
        {"name": kind, "kind": kind, "text": {"sv": f"Fråga om {kind}"}, **more}
        for kind, more in asked.items()
    ]}]}


def begun(app: Flask, ref: str) -> tuple[str, str]:
    """Where a survey asks first, and the session of somebody who has begun."""
    resident = Browser(app)
    page = resident.post(f"/sv/surveys/{ref}", {"municipality": world.MUNICIPALITY}).location
    cookie = resident.client.get_cookie("citizen")
    assert cookie is not None
    return page, cookie.value


@contextmanager
def residents_pages() -> Iterator[dict[str, Visit]]:
    """A served programme with ideas; gives the addresses of what a resident reads first."""
    with servers.folder() as path:
        port = servers.free_port()
        env = servers.environment(path, port)
        app = create_app(Settings.from_environment(env))
        with app.app_context():
            upgrade(str(Path(app.root_path) / "migrations"))
        programme_id, municipality_id = world.create(app)
        world.fill(app, programme_id, municipality_id, 100)
        form = f"/sv/ideas/{world.SLUG}/new"
        sent = Browser(app).post(form, {
            "title": "Ljus vid bron", "body": "Det är mörkt vid bron på kvällen.",
            "municipality": world.MUNICIPALITY, "written_in": "sv",
        })
        a_list = Browser(app).get(f"/sv/ideas/{world.SLUG}").html
        idea = a_list.partition(f"/sv/ideas/{world.SLUG}/I-")[2].partition('"')[0]
        survey, full = (seeding.create(app, programme_id, told) for told in (seeding.outline(), heaviest()))
        paths = {"start": ("/sv/",), "form": (form,), "list": (f"/sv/ideas/{world.SLUG}",),
                 "idea": (f"/sv/ideas/{world.SLUG}/I-{idea}",), "receipt": (sent.location,),
                 "survey": (f"/sv/surveys/{survey}",), "question": begun(app, survey),
                 "place and photo": begun(app, full)}
        with servers.served("wsgi:app", env, port):
            yield {name: Visit(f"http://127.0.0.1:{port}{path}", *session)
                   for name, (path, *session) in paths.items()}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pages", description=__doc__.split("\n")[0])
    parser.add_argument("what", nargs="*", default=["load", "first-load"],
                        choices=["load", "first-load", "lighthouse"])
    parser.add_argument("--seconds", type=float, default=3)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    within = True
    if "load" in options.what:
        load.measure(options.rounds, options.seconds)
    if {"first-load", "lighthouse"} & set(options.what):
        with residents_pages() as pages:
            if "first-load" in options.what:
                within = first_load.weigh(pages, options.rounds)
            if "lighthouse" in options.what:
                first_load.lighthouse(pages)
    return 0 if within else 1


if __name__ == "__main__":
    sys.exit(main())
