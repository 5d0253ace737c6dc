"""What a command costs, seen from outside: ``python -m benchmarks.analysis.measure OUT.json COMMAND …``.

Runs in a small process of its own: the peak a child reports counts what its parent held when it
was started.
"""

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.servers import ROOT

_EVERY = 0.25


@dataclass(frozen=True)
class Cost:
    """Seconds by the clock and of processors, and the peak of memory in gigabytes.

    `memory` is the larger of ru_maxrss of the command and, where it has workers, the sum of what it
    and they hold at a time, pages shared between them counted once.
    """

    seconds: float
    processor: float
    memory: float


def cost(command: Sequence[str], env: Mapping[str, str] | None = None) -> Cost:
    """Run a command in the project's folder and return what it cost.

    Raises
    ------
    RuntimeError
        If it fails, with the end of what it had to say.
    """
    with tempfile.TemporaryDirectory(prefix="citizen-bench-") as folder:
        out = Path(folder) / "cost.json"
        line = [sys.executable, "-m", "benchmarks.analysis.measure", str(out), *command]
        done = subprocess.run(line, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"fails: {done.stderr[-200:]!r}")
        return Cost(**json.loads(out.read_text("utf-8")))


def _watch(pid: int, held: list[float], over: threading.Event) -> None:
    while not over.wait(_EVERY):
        family = _family(pid)
        if len(family) > 1:
            held.append(sum(map(_proportional, family)))


def _family(pid: int) -> list[int]:
    """Return a process and all below it."""
    try:
        below = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [pid, *(one for child in below for one in _family(int(child)))]


def _proportional(pid: int) -> float:
    """Return the bytes a process holds, its part of what is shared; 0 when it is gone."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(1024.0 * int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def main() -> int:
    """Run the command given and write its cost down."""
    out, *command = sys.argv[1:]
    held, over = [0.0], threading.Event()
    began = time.perf_counter()
    with subprocess.Popen(command) as process:
        watching = threading.Thread(target=_watch, args=(process.pid, held, over))
        watching.start()
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        over.set()
        watching.join()
    memory = max(used.ru_maxrss * 1024.0, *held) / 1e9
    out_path = Path(out)
    out_path.write_text(json.dumps(asdict(Cost(seconds, used.ru_utime + used.ru_stime, memory))), "utf-8")
    return process.returncode


if __name__ == "__main__":
    sys.exit(main())
