"""A part in a worker's hands: taken, worked at, kept or given back."""

import logging
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Engine, select, update
from sqlalchemy.orm import Session

from citizen.base import clock
from citizen.base.db import db, rows_of
from citizen.base.jobs import SILENCE
from citizen.base.parts.rows import JobPart, PartState, is_wanted
from citizen.base.workers import HEARTBEAT, this_worker

log = logging.getLogger(__name__)

class Lost(Exception):
    """The part is no longer this worker's, or nobody wants the job's result any more."""


Tell = Callable[[float], None]
"""Told which share of the work is done; raises to stop it."""

Work = Callable[[Mapping[str, Any], Tell], bytes]
"""Does one part, given its arguments; the session holds no transaction while it computes."""

# One helper at a time in a process: what a worker holds in memory is one part, and a second thread
# would only take turns with the first.
hands = threading.Lock()


@dataclass
class Taken:
    """A part in this worker's hands."""

    engine: Engine
    step_id: int
    number: int
    takes: int
    arguments: dict[str, Any]
    _told: float = field(default_factory=time.monotonic)

    def beat(self) -> bool:
        """Say that the worker is alive; tell whether the part is still wanted from it."""
        return self._write(is_wanted(), heartbeat_at=clock.now())

    def tell(self, _share: float) -> None:
        """Look at most twice a second whether to go on.

        Raises
        ------
        Lost
            If not.
        """
        if time.monotonic() - self._told >= SILENCE:
            self._told = time.monotonic()
            if not self.beat():
                raise Lost

    def keep(self, result: bytes) -> bool:
        """Keep what came of it, unless somebody else has taken the part since."""
        now = clock.now()
        return self._write(state=PartState.DONE, result=result, heartbeat_at=now, done_at=now)

    def give_back(self) -> None:
        """Leave the part to others."""
        self._write(state=PartState.WAITING, worker=None)

    def _write(self, *more: ColumnElement[bool], **values: Any) -> bool:
        with Session(self.engine) as own, own.begin():
            result = own.execute(
                update(JobPart)
                .where(JobPart.step_id == self.step_id, JobPart.number == self.number,
                       JobPart.takes == self.takes, JobPart.state == PartState.TAKEN, *more)
                .values(**values)
            )
            return rows_of(result) == 1


def take(step_id: int) -> Taken | None:
    """Take the first part that waits; two workers never get the same."""
    with Session(db.engine) as own, own.begin():
        part = own.scalar(
            select(JobPart)
            .where(JobPart.step_id == step_id, JobPart.state == PartState.WAITING, is_wanted())
            .order_by(JobPart.number)
            .limit(1)
            .with_for_update(skip_locked=True, of=JobPart)
        )
        if part is None:
            return None
        part.state, part.takes, part.worker = PartState.TAKEN, part.takes + 1, this_worker()
        part.taken_at = part.heartbeat_at = clock.now()
        return Taken(db.engine, step_id, part.number, part.takes, dict(part.arguments))


def do(part: Taken, work: Work, tell: Tell) -> None:
    with _beating(part):
        result = work(part.arguments, tell)
    part.keep(result)


@contextmanager
def _beating(part: Taken) -> Iterator[None]:
    stop = threading.Event()

    def beat() -> None:
        while not stop.wait(HEARTBEAT):
            try:
                part.beat()
            except Exception:
                log.exception("Heartbeat of part %s of step %s failed", part.number, part.step_id)

    beats = threading.Thread(target=beat, daemon=True)
    beats.start()
    try:
        yield
    finally:
        stop.set()
        beats.join()
