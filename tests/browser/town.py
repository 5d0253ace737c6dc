"""A real town: the product as it is started for residents, with the demo in its own database."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

from citizen.app import ROOT

DOOR = re.compile(r"^\s+(moderator|facilitator|administrator)\s.*?(https?://\S+)$", re.MULTILINE)
LONGEST_START = 60


@dataclass
class Town:
    """Where it is reached, and how its staff come in."""

    address: str
    folder: Path
    environment: dict[str, str] = field(repr=False)
    doors: dict[str, str] = field(default_factory=dict, repr=False)
    slug: str = ""
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    def open(self) -> str:
        """Serve; gives the first page."""
        with (self.folder / "log").open("a") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "citizen.base.serve"], cwd=ROOT, env=self.environment,
                stdout=log, stderr=log, start_new_session=True,
            )
        return _first_page(self, self.process)

    @contextmanager
    def power_cut(self) -> Iterator[None]:
        """Everything stops at once; it is opened again afterwards, whatever happened."""
        self._kill()
        try:
            yield
        finally:
            self.open()

    def _kill(self) -> None:
        assert self.process is not None
        for part in [self.process.pid, *_below(self.process.pid)]:
            os.kill(part, signal.SIGKILL)
        self.process.wait(30)
        self.process = None

    def flask(self, *line: str) -> str:
        """Run a command of the product; gives what it printed."""
        done = subprocess.run(
            [sys.executable, "-m", "flask", "--app", "wsgi", *line],
            cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False,
        )
        assert done.returncode == 0, f"flask {' '.join(line)}: {done.stdout}{done.stderr}"
        return done.stdout

    def door(self, role: str) -> str:
        """A one-time sign-in link that nobody has used."""
        if role not in self.doors:
            self.doors = dict(DOOR.findall(self.flask("demo", "load", "--if-empty")))
        return self.doors.pop(role)


@contextmanager
def running(folder: Path, database_url: str) -> Iterator[Town]:
    """The town, served by web and worker until the tests are done."""
    port = _free_port()
    address = f"http://127.0.0.1:{port}"
    ours = {"CITIZEN_DATA_FOLDER": str(folder), "CITIZEN_BASE_URL": address,
            "DATABASE_URL": _own_database(database_url),
            # A program fills in the forms here, all of them behind one address.
            "CITIZEN_FASTEST_FORM": "0", "CITIZEN_HOLD_AFTER": "1000"}
    kept = {name: value for name, value in os.environ.items()
            if not name.startswith(("CITIZEN_", "DATABASE_URL", "BROKER_URL"))}
    town = Town(address, folder, {**kept, **ours})
    town.flask("db", "upgrade")
    town.doors = dict(DOOR.findall(town.flask("demo", "load", "--if-empty")))
    assert set(town.doors) == {"moderator", "facilitator", "administrator"}
    try:
        town.slug = _slug(town.open())
        yield town
    finally:
        if town.process is not None:
            town.process.send_signal(signal.SIGTERM)
            town.process.wait(30)


def _below(parent: int) -> list[int]:
    """The processes that a process started, and theirs."""
    lines = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True)
    pairs = [(int(pid), int(of)) for pid, of in map(str.split, lines.stdout.splitlines())]
    found = [parent]
    for one in found:
        found += [pid for pid, of in pairs if of == one]
    return found[1:]


def _first_page(town: Town, process: subprocess.Popen[bytes]) -> str:
    deadline = time.monotonic() + LONGEST_START
    while time.monotonic() < deadline:
        assert process.poll() is None, (town.folder / "log").read_text()
        try:
            with urllib.request.urlopen(f"{town.address}/sv/", timeout=30) as answer:
                return str(answer.read().decode())
        except OSError:
            time.sleep(0.1)
    raise AssertionError("The town did not open.\n" + (town.folder / "log").read_text())


def _slug(page: str) -> str:
    found = re.search(r'href="/sv/programmes/([^"]+)"', page)
    assert found, "no programme on the start page"
    return found.group(1)


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def _own_database(url: str) -> str:
    """A database beside the run's: other tests empty theirs. SQLite's file lies in the folder."""
    if not url.startswith("postgresql"):
        return ""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE DATABASE town")
    return urlunsplit(urlsplit(url)._replace(path="/town"))
