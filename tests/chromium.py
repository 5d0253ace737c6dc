"""The browser that tests drive: the system's own Chromium, or the one its driver brings."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
PLACES = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)


class Missing(RuntimeError):
    """No browser is installed; ``make install-test`` installs one."""


def path() -> str:
    """The browser's program.

    Raises
    ------
    Missing
        Where there is none that starts.
    """
    for candidate in _candidates():
        if candidate and Path(candidate).exists() and _starts(candidate):
            return candidate
    raise Missing("No Chromium is installed. Run `make install-test`.")


def arguments() -> list[str]:
    """What the program must be told; it refuses its sandbox to root."""
    return ["--no-sandbox"] if os.geteuid() == 0 else []


def _starts(program: str) -> bool:
    done = subprocess.run([program, "--version"], capture_output=True, check=False)
    return done.returncode == 0


def _candidates() -> Iterator[str | None]:
    yield from map(shutil.which, NAMES)
    yield from PLACES
    with sync_playwright() as driver:
        yield driver.chromium.executable_path
