"""Answering under load: whole pages a second beside the list of ideas, in one run, rounds interleaved."""

import argparse
import gzip
import re
import statistics
import threading
import time
from pathlib import Path

from flask import Flask
from flask_migrate import upgrade

from benchmarks import servers, world
from benchmarks.pages.load import rate
from benchmarks.surveys import seeding
from benchmarks.surveys.answering import Respondent
from citizen.app import create_app
from citizen.base.settings import Settings
from citizen.surveys import queries
from citizen.surveys.rules.document import Document
from tests.pages import Browser

CLIENTS = 8
LARGEST = 30_000


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.surveys answering", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=4)
    options = parser.parse_args(arguments)
    with servers.folder() as path:
        port = servers.free_port()
        env = servers.environment(path, port)
        app = create_app(Settings.from_environment(env))
        with app.app_context():
            upgrade(str(Path(app.root_path) / "migrations"))
        programme_id, municipality_id = world.create(app)
        world.fill(app, programme_id, municipality_id, 1_000)
        ref = seeding.create(app, programme_id)
        with app.app_context():
            survey = queries.survey(ref)
            assert survey is not None
            published = queries.latest(survey.id)
            assert published is not None
        with servers.served("wsgi:app", env, port):
            _rates(port, ref, published.document, options.rounds, options.seconds)
        return 0 if _size(app, ref) <= LARGEST else 1


def _rates(port: int, ref: str, document: Document, rounds: int, seconds: float) -> None:
    lists, pages, wholes = [], [], []
    for number in range(rounds):
        lists.append(rate(port, _list, seconds, CLIENTS))
        kept, whole = _answering(port, ref, document, seconds, number)
        pages.append(kept)
        wholes.append(whole)
    share = statistics.median(kept / listed for kept, listed in zip(pages, lists, strict=True))
    print(f"list of ideas: {statistics.median(lists):.0f} a second")
    print(f"survey pages kept: {statistics.median(pages):.0f} a second ({share:.2f} of the list),"
          f" whole answers: {statistics.median(wholes):.1f} a second")


def _list(phone: servers.Phone) -> None:
    status, _location, _body = phone.ask("GET", f"/sv/ideas/{world.SLUG}")
    assert status == 200, status


def _answering(port: int, ref: str, document: Document, seconds: float, turn: int) -> tuple[float, float]:
    """(requests, whole answers) a second of several people who answer one after the other."""
    counts, wholes, deadline = [0] * CLIENTS, [0] * CLIENTS, time.monotonic() + seconds

    def run(place: int) -> None:
        number = turn * 100_000 + place * 10_000
        while time.monotonic() < deadline:
            one = Respondent(port, ref, document, number)
            one.run()
            counts[place] += one.requests - one.lost
            wholes[place] += 1
            number += 1

    began = time.monotonic()
    threads = [threading.Thread(target=run, args=(place,)) for place in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    taken = time.monotonic() - began
    return sum(counts) / taken, sum(wholes) / taken


def _size(app: Flask, ref: str) -> int:
    """Bytes of the largest page with its sheet and scripts, gzipped."""
    browser, largest = Browser(app), 0
    page = browser.post(f"/sv/surveys/{ref}", {"municipality": world.MUNICIPALITY})
    files = Path(app.static_folder or "")
    while "/answer/" in page.location:
        address = page.location
        html = browser.get(address).html
        parts = (file for file in files.glob("*") if file.suffix in (".css", ".js"))
        used = {file for file in parts if f"/{file.name}?" in html}
        size = len(gzip.compress(html.encode())) + sum(len(gzip.compress(f.read_bytes())) for f in used)
        largest = max(largest, size)
        page = browser.post(address, {"go": "next", **_travel_by_bus(html)})
    print(f"largest page with everything it loads: {largest / 1000:.1f} kB gzipped")
    return largest


def _travel_by_bus(html: str) -> dict[str, str]:
    """What leads through most pages: the third way to travel, and yes to the first yes or no."""
    found = re.findall(r'name="(q\d+)" value="(o\d+)"', html)
    first = {name: [value for other, value in found if other == name] for name, _value in found}
    return {name: values[2] if len(values) > 4 else values[0] for name, values in first.items()}
