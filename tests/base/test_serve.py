"""Web and worker as one: what dies comes back, what is told to stop stops."""

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from flask import Flask

from citizen.app import ROOT
from tests.workers import LONGEST, environment, until


def children(pid: int) -> dict[str, int]:
    """The direct parts of a process: what they are called, and their numbers."""
    found = {}
    for number in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        words = Path(f"/proc/{number}/cmdline").read_text()
        found["web" if "gunicorn" in words else "worker"] = int(number)
    return found


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/sv/", timeout=5) as answer:
            return answer.status == 200
    except OSError:
        return False


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.mark.parametrize("part", ["worker", "web"])
def test_what_dies_is_started_again_and_one_signal_stops_all(
    app: Flask, tmp_path: Path, database_url: str, port: int, part: str
) -> None:
    env = environment(tmp_path, database_url, CITIZEN_BASE_URL=f"http://127.0.0.1:{port}")
    serve = subprocess.Popen([sys.executable, "-m", "citizen.base.serve"], cwd=ROOT, env=env,
                             stderr=subprocess.PIPE, text=True)
    try:
        until(lambda: answers(port))
        before = children(serve.pid)
        assert set(before) == {"web", "worker"}
        os.kill(before[part], signal.SIGKILL)
        until(lambda: children(serve.pid).get(part, before[part]) != before[part])
        until(lambda: answers(port))
        after = children(serve.pid)
        serve.send_signal(signal.SIGTERM)
        _out, told = serve.communicate(timeout=LONGEST)
    finally:
        serve.kill()
        serve.wait()
    assert f"the {part} process ended (-9); starting it again" in told
    assert serve.returncode == 0
    assert not any(is_alive(pid) for pid in after.values())


def test_what_is_written_down_names_neither_people_nor_pages(
    app: Flask, tmp_path: Path, database_url: str, port: int
) -> None:
    env = environment(tmp_path, database_url, CITIZEN_BASE_URL=f"http://127.0.0.1:{port}")
    serve = subprocess.Popen([sys.executable, "-m", "citizen.base.serve"], cwd=ROOT, env=env,
                             stderr=subprocess.PIPE, text=True)
    try:
        until(lambda: answers(port))
        for asked in (f"GET /sv/receipt/{'QXQX' * 2000} HTTP/1.1", "GET /sv/receipt/QXQX HTTP/9.x.y"):
            with socket.create_connection(("127.0.0.1", port), timeout=LONGEST) as line:
                line.sendall(f"{asked}\r\nHost: x\r\n\r\n".encode())
                assert line.recv(100).startswith(b"HTTP/1.1 4")
        serve.send_signal(signal.SIGTERM)
        _out, told = serve.communicate(timeout=LONGEST)
    finally:
        serve.kill()
        serve.wait()
    assert told.count("A request that cannot be read was refused") == 2
    assert "QXQX" not in told
    assert "ip=" not in told
