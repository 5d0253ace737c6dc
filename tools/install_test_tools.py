"""Installs what tests need beside Python packages: a Chromium and a PostgreSQL server.

Through the system's own package manager; says what to install where it may not. Does nothing, and
asks for nothing, where both are there.
"""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass

from tests import chromium, postgres


@dataclass(frozen=True)
class Manager:
    """How a system installs packages, and what it calls ours."""

    prepare: list[str]
    install: list[str]
    packages: dict[str, list[str]]
    needs_root: bool = True


MANAGERS = {
    "apt-get": Manager(
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-qq", "-y", "--no-install-recommends"],
        {"chromium": ["chromium"], "postgresql": ["postgresql"]},
    ),
    "dnf": Manager(
        [], ["dnf", "install", "-y", "-q"],
        {"chromium": ["chromium"], "postgresql": ["postgresql-server"]},
    ),
    "pacman": Manager(
        [], ["pacman", "-Sy", "--noconfirm", "--needed"],
        {"chromium": ["chromium"], "postgresql": ["postgresql"]},
    ),
    "apk": Manager(
        [], ["apk", "add", "--quiet"], {"chromium": ["chromium"], "postgresql": ["postgresql"]},
    ),
    "brew": Manager(
        [], ["brew", "install", "--quiet"],
        {"chromium": ["chromium"], "postgresql": ["postgresql@17"]}, needs_root=False,
    ),
}


def lacking() -> list[str]:
    """Which of the two cannot be used yet."""
    found = []
    for name, find, missing in (
        ("chromium", chromium.path, chromium.Missing),
        ("postgresql", postgres.tools, postgres.Missing),
    ):
        try:
            find()
        except missing:
            found.append(name)
    return found


def install(names: list[str]) -> str | None:
    """Install what is lacking, each by itself: one that cannot be had must not stop the other.

    Returns
    -------
    What a person has to do instead, where we may not.
    """
    manager = next((m for command, m in MANAGERS.items() if shutil.which(command)), None)
    if manager is None:
        return "Install Chromium and a PostgreSQL server, so that `chromium` and `initdb` are found."
    lines = [manager.install + manager.packages[name] for name in names]
    become = _become_root() if manager.needs_root else []
    if become is None:
        return "Run this and try again:  " + " && ".join("sudo " + " ".join(line) for line in lines)
    for line in [manager.prepare, *lines]:
        if line:
            subprocess.run(become + line, check=False, env=_quiet())
    if "chromium" in lacking():
        # Ubuntu's package is a door to a snap, which few servers can open; this one is not.
        line = [sys.executable, "-m", "playwright", "install", "--with-deps", "chromium"]
        subprocess.run(line, check=False)
    return None


def _become_root() -> list[str] | None:
    """What to put before a command; None where we may not."""
    if os.geteuid() == 0:
        return []
    if not shutil.which("sudo"):
        return None
    allowed = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0
    return ["sudo", "-n", "--preserve-env=DEBIAN_FRONTEND"] if allowed else None


def _quiet() -> dict[str, str]:
    return {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}


def main() -> int:
    names = lacking()
    if not names:
        return 0
    print("Installing what the tests need: " + ", ".join(names), flush=True)
    advice = install(names)
    if left := lacking():
        print(f"The tests need {' and '.join(left)}. {advice or 'The lines above say why.'}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
