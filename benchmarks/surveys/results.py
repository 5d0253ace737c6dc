"""The results pages with many submissions against few: ratio of times, and queries of each.

Both are measured in one run on the same machine, taken in turns; the median is shown.
"""

import argparse
import statistics
import time
from pathlib import Path

from flask import Flask
from flask_migrate import upgrade

from benchmarks import servers, world
from benchmarks.surveys import seeding
from citizen.accounts.models import RoleGrant, User
from citizen.app import create_app
from citizen.base import clock
from citizen.base.db import session
from citizen.base.settings import Settings
from citizen.surveys import actions, queries
from tests.pages import Browser
from tests.queries import counted

WANTED = 3.0
TURNS = 15


def measure(few: int, many: int) -> bool:
    """Print the table; gives whether every page but a table of two questions is within what is wanted."""
    with servers.folder() as path:
        app = create_app(Settings.from_environment(servers.environment(path, servers.free_port())))
        with app.app_context():
            upgrade(str(Path(app.root_path) / "migrations"))
        programme_id, municipality_id = world.create(app)
        facilitator = _facilitator(app, municipality_id)
        refs = []
        for count in (few, many):
            ref = seeding.create(app, programme_id)
            seeding.fill(app, ref, [municipality_id], count)
            with app.app_context():
                survey = queries.survey(ref)
                assert survey is not None
                actions.refresh_public(survey)
                session.commit()
            refs.append(ref)
        return _print(app, facilitator, refs, few, many)


def _facilitator(app: Flask, municipality_id: int) -> int:
    with app.app_context():
        user = User(email="x@example.org", name="X", language="sv", created_at=clock.now())
        user.grants = [RoleGrant(municipality_id=municipality_id, role="facilitator")]
        session.add(user)
        session.commit()
        return user.id


def _print(app: Flask, facilitator: int, refs: list[str], few: int, many: int) -> bool:
    readers = {"everybody": Browser(app), "staff": Browser(app, user_id=facilitator)}
    pages = {
        "public": ("everybody", "results"), "staff": ("staff", "figures"),
        "staff, filtered": ("staff", "figures?language=sv&channel=paper"),
        "two questions": ("staff", "figures?rows=q2.1&columns=q8.1"),
    }
    print(f"{'page':<18}{f'ms at {few}':>14}{f'ms at {many}':>16}{'ratio':>8}{'queries':>12}")
    within = True
    for name, (reader, path) in pages.items():
        taken: list[list[float]] = [[], []]
        asked = []
        for ref in refs:
            with counted(app) as statements:
                assert readers[reader].get(f"/sv/surveys/{ref}/{path}").status == 200
            asked.append(len(statements))
        for _ in range(TURNS if name != "two questions" else 3):
            for place, ref in enumerate(refs):
                began = time.perf_counter()
                readers[reader].client.get(f"/sv/surveys/{ref}/{path}")
                taken[place].append(1000 * (time.perf_counter() - began))
        low, high = (statistics.median(times) for times in taken)
        print(f"{name:<18}{low:>14.1f}{high:>16.1f}{high / low:>8.2f}{f'{asked[0]} / {asked[1]}':>12}")
        within &= high / low <= WANTED or name == "two questions"
    return within


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.surveys results", description=__doc__)
    parser.add_argument("--few", type=int, default=1_000)
    parser.add_argument("--many", type=int, default=100_000)
    options = parser.parse_args(arguments)
    return 0 if measure(options.few, options.many) else 1
