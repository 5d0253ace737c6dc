"""What a pack of everything costs: seconds and the most memory, for surveys of different sizes.

Each size is measured in a process of its own, since a process never gives back the most it has used.
"""

import argparse
import re
import subprocess
import sys
import time
from pathlib import Path

from flask import Flask
from flask_migrate import upgrade

from benchmarks import servers, world
from benchmarks.surveys import seeding
from citizen.app import create_app
from citizen.base.db import db, session
from citizen.base.settings import Settings
from citizen.surveys import queries
from citizen.surveys.actions import exporting
from citizen.surveys.actions.exporting import Order, Words
from citizen.surveys.models import Survey

SIZES = (1_000, 10_000, 100_000)


def fill(app: Flask, count: int) -> int:
    """A survey of thirty questions with so many answers; gives its id."""
    programme_id, municipality_id = world.create(app)
    ref = seeding.create(app, programme_id, seeding.outline(30))
    seeding.fill(app, ref, [municipality_id], count)
    with app.app_context():
        survey = queries.survey(ref)
        assert survey is not None
        return survey.id


def measure(folder: Path, survey_id: int) -> tuple[float, float, int]:
    """(seconds, megabytes at most, bytes of the archive) of one pack."""
    app = create_app(Settings.from_environment(servers.environment(folder, 0)))
    with app.app_context():
        session.get_one(Survey, survey_id)
        session.rollback()
        begun, size = time.perf_counter(), 0
        for piece in exporting.packed(survey_id, Order("sv", ";", Words.APART)):
            size += len(piece)
        seconds = time.perf_counter() - begun
        db.engine.dispose()
    return seconds, _most_memory(), size


def _most_memory() -> float:
    """Megabytes that this process has had at most, as Linux tells it. The resource usage of a child begins
    with what the process that started it had, and that one has made all the answers."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    assert found is not None
    return int(found[1]) / 1024


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.surveys export", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES)
    parser.add_argument("--one", nargs=2, metavar=("FOLDER", "SURVEY"), help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.one:
        print(*measure(Path(options.one[0]), int(options.one[1])))
        return 0
    print("| answers × 30 questions | seconds | most memory, MB | archive, MB |\n|---|---|---|---|")
    for count in options.sizes:
        with servers.folder() as folder:
            app = create_app(Settings.from_environment(servers.environment(folder, 0)))
            with app.app_context():
                upgrade(str(Path(app.root_path) / "migrations"))
            survey_id = fill(app, count)
            run = [sys.executable, "-m", "benchmarks.surveys.exporting", "--one", str(folder), str(survey_id)]
            told = subprocess.run(run, capture_output=True, text=True, check=True).stdout.split()
            seconds, memory, size = (float(one) for one in told)
            print(f"| {count} | {seconds:.1f} | {memory:.0f} | {size / 1e6:.1f} |", flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
