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

from flask_migrate import upgrade

from benchmarks import servers, world
from benchmarks.pages import first_load, load
from citizen.app import create_app
from citizen.base.settings import Settings
from tests.pages import Browser


@contextmanager
def residents_pages() -> Iterator[dict[str, str]]:
    """A served programme with ideas; gives the addresses of what a resident reads first."""
    with servers.folder() as path:
        port = servers.free_port()
        env = servers.environment(path, port)
        app = create_app(Settings.from_environment(env))
        with app.app_context():
            upgrade(str(Path(app.root_path) / "migrations"))
        world.fill(app, *world.create(app), 100)
        form = f"/sv/ideas/{world.SLUG}/new"
        sent = Browser(app).post(form, {
            "title": "Ljus vid bron", "body": "Det är mörkt vid bron på kvällen.",
            "municipality": world.MUNICIPALITY, "written_in": "sv",
        })
        a_list = Browser(app).get(f"/sv/ideas/{world.SLUG}").html
        idea = a_list.partition(f"/sv/ideas/{world.SLUG}/I-")[2].partition('"')[0]
        paths = {"start": "/sv/", "form": form, "list": f"/sv/ideas/{world.SLUG}",
                 "idea": f"/sv/ideas/{world.SLUG}/I-{idea}", "receipt": sent.location}
        with servers.served("wsgi:app", env, port):
            yield {name: f"http://127.0.0.1:{port}{path}" for name, path in paths.items()}


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
