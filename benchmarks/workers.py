"""Workers that share a finding: ``python -m benchmarks.workers [--texts N] [--part N] [--most N]``.

Loads generated texts as published ideas into a private PostgreSQL, finds their themes once, and then
again with one, two … worker processes that share the parts. Prints how long each finding took, who
did how many parts, and whether all of them came to the same. Exits with 1 where they did not. Seconds
depend on the machine: more workers than cores only show that they share.
"""

import argparse
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from hashlib import sha256
from itertools import islice
from pathlib import Path

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import insert, select

from benchmarks import world
from benchmarks.analysis.texts import different
from benchmarks.servers import ROOT, environment, folder
from citizen.app import create_app
from citizen.base import clock, ids, jobs, parts
from citizen.base.db import db, only_reading, session
from citizen.base.jobs import Job
from citizen.base.settings import Settings
from citizen.contributions.models import Contribution, TextVersion
from citizen.themes import actions
from citizen.themes.models import AnalysisRun, RunCluster, RunItem, RunModel
from tests import postgres

_LOT = 5_000


def load(app: Flask, programme_id: int, municipality_id: int, count: int) -> None:
    """Published ideas with generated texts, numbered from 1."""
    texts, number = different(count), 0
    with app.app_context():
        while lot := list(islice(texts, _LOT)):
            numbered = list(enumerate(lot, number + 1))
            session.execute(insert(Contribution), [
                _contribution(at, language, programme_id, municipality_id)
                for at, (language, _text) in numbered
            ])
            session.execute(insert(TextVersion), [
                {"contribution_id": at, "number": 1, "title": None, "body": text, "made_by": "author",
                 "created_at": clock.now()}
                for at, (_language, text) in numbered
            ])
            session.commit()
            number += len(lot)


def _contribution(number: int, language: str, programme_id: int, municipality_id: int) -> dict[str, object]:
    now, key = clock.now(), f"workers:{number}"
    return {
        "id": number, "ref": ids.new_ref("I"), "kind": "idea", "programme_id": programme_id,
        "municipality_id": municipality_id, "source": "import", "language": language, "client_key": key,
        "receipt_digest": key, "visibility": "published", "handling": "received", "version": 1,
        "submitted_at": now, "published_at": now, "public_version": 1,
    }


@contextmanager
def working(count: int, env: dict[str, str]) -> Iterator[None]:
    """So many worker processes."""
    with ExitStack() as stack:
        for _ in range(count):
            line = [sys.executable, "-m", "flask", "--app", "wsgi", "jobs", "work"]
            with (Path(env["CITIZEN_DATA_FOLDER"]) / "workers.log").open("ab") as log:
                process = subprocess.Popen(line, cwd=ROOT, env=env, stdout=log, stderr=log)
            stack.callback(process.wait)
            stack.callback(process.kill)
        yield


def until_up(app: Flask, count: int) -> None:
    """Wait until so many different workers have answered: they take up jobs that nobody can do."""
    known: set[str | None] = set()
    with app.app_context():
        last = session.scalar(select(Job.id).order_by(Job.id.desc()).limit(1)) or 0
        while len(known) < count:
            jobs.enqueue("nobody's", "benchmark", {}, None)
            session.commit()
            time.sleep(0.5)
            known = set(session.scalars(
                select(Job.worker).where(Job.id > last, Job.kind == "nobody's", Job.worker.is_not(None))
            ))
            session.rollback()


def find(app: Flask, programme_id: int, part: int) -> tuple[int, float]:
    """Ask for themes, wait for them; gives the job's number and how many seconds it took."""
    with app.app_context():
        job, _new = actions.start_finding(programme_id, user_id=None, wake=False)
        job.arguments = {**job.arguments, "part": part}
        session.commit()
        job_id, start = job.id, time.monotonic()
        app.extensions["citizen.wake"](job_id)
        while True:
            with only_reading():
                state, error = session.execute(select(Job.state, Job.error).where(Job.id == job_id)).one()
            if state in ("failed", "cancelled"):
                raise RuntimeError(f"the finding ended as {state} ({error})")
            if state == "done":
                return job_id, time.monotonic() - start
            time.sleep(0.2)


def fingerprint(app: Flask, job_id: int) -> str:
    """Of all that a proposal holds: groups, model, and what is said of every text."""
    digest = sha256()
    with app.app_context():
        run = session.scalars(select(AnalysisRun).where(AnalysisRun.job_id == job_id)).one()
        digest.update(repr([run.texts, run.unsorted, run.input_hash, run.tree, run.concepts]).encode())
        for table in (RunCluster, RunModel, RunItem):
            columns = [column for column in table.__table__.columns if column.name != "run_id"]
            for row in session.execute(select(*columns).where(table.run_id == run.id).order_by(columns[0])):
                digest.update(repr(tuple(row)).encode())
        session.rollback()
    return digest.hexdigest()


def show(app: Flask, count: int, job_id: int, seconds: float, alone: float) -> None:
    print(f"{count} worker{'s' * (count > 1)}: {seconds:6.1f} s, {alone / seconds:.2f} times as fast as one")
    with app.app_context():
        for step, worker, done in parts.shares(job_id):
            print(f"    {step:<15} {worker.rpartition(':')[2]:>8} did {done}")


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--texts", type=int, default=60_000)
    options.add_argument("--part", type=int, default=5_000)
    options.add_argument("--most", type=int, default=3, help="worker processes")
    chosen = options.parse_args()
    with folder() as place, postgres.server() as url:
        app = create_app(Settings.from_environment({"CITIZEN_DATA_FOLDER": place, "DATABASE_URL": url}))
        env = environment(place, 5000) | {"DATABASE_URL": url}
        with app.app_context():
            upgrade(str(Path(ROOT) / "citizen" / "migrations"))
        programme_id, municipality_id = world.create(app)
        load(app, programme_id, municipality_id, chosen.texts)
        print(f"{chosen.texts} texts in parts of {chosen.part}", flush=True)
        same = _compare(app, programme_id, chosen.part, chosen.most, env)
        with app.app_context():
            session.remove()
            db.engine.dispose()
    print("all came to the same" if same else "THEY DID NOT COME TO THE SAME")
    return 0 if same else 1


def _compare(app: Flask, programme_id: int, part: int, most: int, env: dict[str, str]) -> bool:
    found, alone = set(), 0.0
    with working(1, env):
        until_up(app, 1)
        # The first themes are used at once; those that follow all start from them.
        find(app, programme_id, part)
    for count in range(1, most + 1):
        with working(count, env):
            until_up(app, count)
            job_id, seconds = find(app, programme_id, part)
        alone = alone or seconds
        show(app, count, job_id, seconds, alone)
        sys.stdout.flush()
        found.add(fingerprint(app, job_id))
    return len(found) == 1


if __name__ == "__main__":
    raise SystemExit(main())
