"""Real servers for measuring: their own folder, their own port, gone afterwards."""

import http.client
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).parent.parent


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(folder: str, port: int) -> dict[str, str]:
    """What a server of its own needs; limits out of the way."""
    return {
        **os.environ,
        "CITIZEN_DATA_FOLDER": folder,
        "CITIZEN_BASE_URL": f"http://127.0.0.1:{port}",
        "CITIZEN_SUBMIT_LIMIT": "1000000 per hour",
        "PYTHONPATH": str(ROOT),
    }


def wait_until_open(port: int, longest: float = 30) -> None:
    """Wait for an answer, not for an open port: a server listens before it can speak."""
    deadline = time.monotonic() + longest
    while time.monotonic() < deadline:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=longest)
        try:
            connection.request("GET", "/")
            connection.getresponse().read()
            return
        except OSError:
            time.sleep(0.1)
        finally:
            connection.close()
    raise RuntimeError(f"nothing answers on port {port}")


def gunicorn(target: str, port: int, env: dict[str, str]) -> subprocess.Popen[bytes]:
    """One process with eight threads, as the product is served."""
    line = [sys.executable, "-m", "gunicorn", target, "--bind", f"127.0.0.1:{port}", "--worker-class",
            "gthread", "--threads", "8", "--keep-alive", "15", "--log-level", "error", "--no-control-socket"]
    return subprocess.Popen(line, cwd=ROOT, env=env, start_new_session=True)


@contextmanager
def served(target: str, env: dict[str, str], port: int) -> Iterator[subprocess.Popen[bytes]]:
    process = gunicorn(target, port, env)
    try:
        wait_until_open(port)
        yield process
    finally:
        process.terminate()
        process.wait(20)


@contextmanager
def folder() -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="citizen-bench-") as path:
        yield path


class Phone:
    """A client that keeps its connection, its cookie and its token."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self.cookie = ""
        self.token = self.shown = ""

    def ask(self, method: str, path: str, fields: dict[str, str] | None = None) -> tuple[int, str, str]:
        """(status, location, body); raises OSError or HTTPException when the answer is lost."""
        headers = {"Cookie": self.cookie} if self.cookie else {}
        if fields is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            self.connection.request(method, path, urlencode(fields) if fields is not None else None, headers)
            answer = self.connection.getresponse()
            body = answer.read().decode()
        except (OSError, http.client.HTTPException):
            self.connection.close()
            raise
        if cookie := answer.getheader("Set-Cookie"):
            self.cookie = cookie.split(";")[0]
        return answer.status, answer.getheader("Location") or "", body

    def open_form(self, slug: str) -> None:
        _status, _location, body = self.ask("GET", f"/sv/ideas/{slug}/new")
        fields = dict(re.findall(r'name="(csrf_token|shown)" value="([^"]+)"', body))
        if len(fields) < 2:
            raise RuntimeError("the form carries no token")
        self.token, self.shown = fields["csrf_token"], fields["shown"]

    def submit(self, slug: str, municipality: str, key: str | None = None) -> tuple[int, str]:
        status, location, _body = self.ask("POST", f"/sv/ideas/{slug}/new", {
            "csrf_token": self.token, "client_key": key or str(uuid.uuid4()), "title": "Lys vid bron",
            "body": "Det är mörkt vid bron på kvällen och många går där.", "municipality": municipality,
            "written_in": "sv", "shown": self.shown,
        })
        return status, location
