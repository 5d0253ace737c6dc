"""A worker like any other, but that each part waits in its hands until a test opens a gate.

``python -m tests.gated FILE`` works; the gate is open once FILE exists. While it waits, the worker says
that it is alive and asks whether the part is still wanted, as it does at work: however busy the machine,
it is not taken for dead.
"""

import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from citizen.app import create_app, handlers, openers
from citizen.base import queue
from citizen.base.parts import Tell, Work
from citizen.themes.jobs import sharing


def waiting(make: Callable[..., Work], gate: Path) -> Callable[..., Work]:
    """What does the parts of a step, before a gate."""

    def made(*given: Any) -> Work:
        work = make(*given)

        def when_open(arguments: Mapping[str, Any], tell: Tell) -> bytes:
            while not gate.exists():
                tell(0.0)
                time.sleep(0.05)
            return work(arguments, tell)

        return when_open

    return made


def main() -> None:
    """Be a worker until stopped."""
    gate = Path(sys.argv[1])
    sharing._survey_work = waiting(sharing._survey_work, gate)
    sharing._placing_work = waiting(sharing._placing_work, gate)
    app = create_app()
    queue.work(app, app.extensions["citizen.settings"], handlers(), openers())


if __name__ == "__main__":
    main()
