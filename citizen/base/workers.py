"""Who works, and whether they still do: a process is known by its host and its number."""

import os
import socket
from datetime import datetime, timedelta

from citizen.base import clock

HEARTBEAT = 5.0
"""Seconds between two words of a worker that it is alive."""

STALE_AFTER = timedelta(seconds=45)
"""Silence after which a worker elsewhere is taken for dead."""

MOST_ATTEMPTS = 3
"""Workers that the same piece of work may cost before it is given up."""


def this_worker() -> str:
    """Host and process, so that a worker's death can be told from its silence."""
    return f"{socket.gethostname()}:{os.getpid()}"


def is_gone(worker: str | None, heartbeat_at: datetime | None) -> bool:
    """Whether a worker has died on this host, or has been silent for too long."""
    silent = heartbeat_at is None or clock.now() - heartbeat_at > STALE_AFTER
    host, _, pid = (worker or "").rpartition(":")
    died = host == socket.gethostname() and pid.isdecimal() and not _is_alive(int(pid))
    return silent or died


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
