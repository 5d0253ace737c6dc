"""Real worker processes, started and killed by tests."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask

from citizen.app import ROOT, create_app
from citizen.base.db import db, session
from citizen.base.jobs import Job
from tests.conftest import settings_for

# No test is about time: this is how long a busy machine is given.
LONGEST = 300.0


def environment(folder: Path, database_url: str, **more: str) -> dict[str, str]:
    """What a process of ours needs to work on a test's database."""
    return {
        **os.environ, "CITIZEN_DATA_FOLDER": str(folder), "DATABASE_URL": database_url,
        "CITIZEN_SECRET_KEY": "only-for-tests-" * 4, **more,
    }


@contextmanager
def worker(
    folder: Path, database_url: str, *command: str, **more: str
) -> Iterator[subprocess.Popen[bytes]]:
    """A worker, killed at the end if it still runs. Its log lies in the folder.

    Parameters
    ----------
    command : what Python runs in place of the worker's own command.
    more : settings.
    """
    command = command or ("-m", "flask", "--app", "wsgi", "jobs", "work")
    with (folder / "worker.log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, *command],
            cwd=ROOT, env=environment(folder, database_url, **more), stderr=log, stdout=log,
        )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()


@contextmanager
def another_app(folder: Path, database_url: str, **more: str) -> Iterator[Flask]:
    """A second application, whose queue lies in the folder; its connections are closed at the end."""
    app = create_app(settings_for(folder, DATABASE_URL=database_url, **more))
    try:
        yield app
    finally:
        app.extensions["citizen.queue"].storage.close()
        with app.app_context():
            session.remove()
            db.engine.dispose()


def until(true: Callable[[], bool], longest: float = LONGEST) -> None:
    """Wait for something another process does."""
    deadline = time.monotonic() + longest
    while not true():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)


def job_now(app: Flask, job_id: int) -> Job:
    """A job as it is at this moment, apart from any session."""
    with app.app_context():
        job = session.get_one(Job, job_id)
        session.expunge(job)
        return job
