"""Web and worker together, started and stopped as one: ``python -m citizen.base.serve``.

A part that dies is started again; the signal that stops this process stops both.
"""

import os
import signal
import subprocess
import sys
import time
from types import FrameType
from urllib.parse import urlsplit

from citizen.base.settings import Settings


def commands(settings: Settings) -> dict[str, list[str]]:
    """The command line of each part."""
    address = urlsplit(settings.base_url)
    bind = os.environ.get("CITIZEN_BIND") or f"127.0.0.1:{address.port or 5000}"
    return {
        "web": [
            sys.executable, "-m", "gunicorn", "wsgi:app", "--bind", bind,
            "--workers", str(settings.web_processes), "--worker-class", "gthread",
            "--threads", "8", "--keep-alive", "15", "--graceful-timeout", "15",
            "--log-level", "warning", "--logger-class", "citizen.base.logs.Quiet", "--no-control-socket",
        ],
        "worker": [sys.executable, "-m", "flask", "--app", "wsgi", "jobs", "work"],
    }


class Parts:
    """The running processes."""

    def __init__(self, lines: dict[str, list[str]]) -> None:
        self.lines = lines
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.stopping = False

    def start(self, name: str) -> None:
        # A session of its own, so that a Ctrl-C reaches the parts through us, once.
        self.running[name] = subprocess.Popen(self.lines[name], start_new_session=True)  # noqa: S603 - our own lines

    def stop(self, _signal: int = 0, _frame: FrameType | None = None) -> None:
        self.stopping = True
        for process in self.running.values():
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)

    def watch(self) -> None:
        """Start again whatever dies, until told to stop."""
        while not self.stopping:
            for name, process in list(self.running.items()):
                if process.poll() is not None:
                    self.start_again(name, process.returncode)
            time.sleep(0.5)

    def start_again(self, name: str, code: int) -> None:
        print(f"citizen: the {name} process ended ({code}); starting it again", file=sys.stderr, flush=True)
        # One that dies at once must not take all of the machine's time.
        time.sleep(1)
        if not self.stopping:
            self.start(name)

    def wait(self, longest: float = 20.0) -> None:
        # Once more: one may have been started while the signal came.
        self.stop()
        deadline = time.monotonic() + longest
        for process in self.running.values():
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()


def main() -> None:
    parts = Parts(commands(Settings.from_environment()))
    signal.signal(signal.SIGTERM, parts.stop)
    signal.signal(signal.SIGINT, parts.stop)
    for name in parts.lines:
        parts.start(name)
    parts.watch()
    parts.wait()


if __name__ == "__main__":
    main()
