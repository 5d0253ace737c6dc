"""Pages under load: queries per page with 100 and with 10 000 published ideas, and how many requests a
second the list, the form and a submission reach as a share of a bare Flask page served the same way, in
the same run. Rounds are interleaved and the median is shown, because machines are shared.
"""

import os
import statistics
import threading
import time
from collections.abc import Callable
from pathlib import Path

from flask import Flask
from flask_migrate import upgrade

from benchmarks import servers, world
from citizen.app import create_app
from citizen.base.settings import Settings
from tests.pages import Browser
from tests.queries import counted

PAGES = {
    "start": "/sv/",
    "programme": f"/sv/programmes/{world.SLUG}",
    "list": f"/sv/ideas/{world.SLUG}",
    "list, searched": f"/sv/ideas/{world.SLUG}?q={world.RARE}",
    "in most ideas": f"/sv/ideas/{world.SLUG}?q=bron",
    "list, by support": f"/sv/ideas/{world.SLUG}?sort=support",
    "form": f"/sv/ideas/{world.SLUG}/new",
}


def queries(app: Flask) -> dict[str, int]:
    """Statements each page sends."""
    found = {}
    for name, path in PAGES.items():
        with counted(app) as asked:
            assert Browser(app).get(path).status == 200
        found[name] = len(asked)
    return found


def milliseconds(app: Flask, path: str, times: int = 30) -> float:
    """Median time of one page in this process."""
    client = app.test_client()
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        client.get(path)
        taken.append(time.perf_counter() - began)
    return statistics.median(taken) * 1000


def rate(port: int, ask: Callable[[servers.Phone], None], seconds: float, clients: int = 8) -> float:
    """Answered requests a second from several clients at once."""
    counts, deadline = [0] * clients, time.monotonic() + seconds

    def run(number: int) -> None:
        phone = servers.Phone(port)
        if ask is _submit:
            phone.open_form(world.SLUG)
        while time.monotonic() < deadline:
            ask(phone)
            counts[number] += 1

    threads = [threading.Thread(target=run, args=(n,)) for n in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / seconds


def _submit(phone: servers.Phone) -> None:
    status, _location = phone.submit(world.SLUG, world.MUNICIPALITY)
    assert status == 303, status


def _get(path: str) -> Callable[[servers.Phone], None]:
    def ask(phone: servers.Phone) -> None:
        status, _location, _body = phone.ask("GET", path)
        assert status == 200, status

    return ask


def measure(rounds: int, seconds: float) -> None:
    """Print queries and rates."""
    with servers.folder() as path:
        port, bare_port = servers.free_port(), servers.free_port()
        env = servers.environment(path, port)
        app = create_app(Settings.from_environment(env))
        with app.app_context():
            upgrade(str(Path(app.root_path) / "migrations"))
        _queries_and_size(app)
        with servers.served("wsgi:app", env, port), \
                servers.served("benchmarks.bare:app", dict(os.environ), bare_port):
            _rates(port, bare_port, rounds, seconds)


def _queries_and_size(app: Flask) -> None:
    programme_id, municipality_id = world.create(app)
    world.fill(app, programme_id, municipality_id, 100)
    few = queries(app)
    few_ms = {name: milliseconds(app, path) for name, path in PAGES.items()}
    world.fill(app, programme_id, municipality_id, 9_900, start=100)
    many = queries(app)
    print(f"{'page':<18}{'queries at 100':>16}{'at 10 000':>12}{'time at 10 000 / at 100':>26}")
    for name, path in PAGES.items():
        ratio = milliseconds(app, path) / few_ms[name]
        print(f"{name:<18}{few[name]:>16}{many[name]:>12}{ratio:>26.2f}")


def _rates(port: int, bare_port: int, rounds: int, seconds: float) -> None:
    kinds: dict[str, tuple[int, Callable[[servers.Phone], None]]] = {
        "bare page": (bare_port, _get("/")),
        "list": (port, _get(PAGES["list"])),
        "form": (port, _get(PAGES["form"])),
        "submit": (port, _submit),
    }
    found: dict[str, list[float]] = {name: [] for name in kinds}
    for _ in range(rounds):
        for name, (where, ask) in kinds.items():
            found[name].append(rate(where, ask, seconds))
    print(f"\n{'':<18}{'requests/s':>12}{'share of the bare page':>26}")
    for name, rates in found.items():
        share = statistics.median(r / b for r, b in zip(rates, found["bare page"], strict=True))
        print(f"{name:<18}{statistics.median(rates):>12.0f}{share:>26.2f}")

