"""The side of the others: woken for a step, they take parts of it until none waits."""

import logging
from collections.abc import Callable, Mapping
from typing import Any

from flask import Flask
from sqlalchemy import Select, select

from citizen.base.db import only_reading, session
from citizen.base.parts.rows import JobPart, JobStep, PartState, is_wanted
from citizen.base.parts.taking import Lost, Taken, Work, do, hands, take

log = logging.getLogger(__name__)

Opener = Callable[[Mapping[str, Any], bytes], Work]
"""Makes what does the parts of a step, from what all of them start from."""


PATIENCE = 1.0
"""Seconds that a process with its hands full keeps a call for help: as long as an idle one takes to look for
work. It would look again sooner than the idle ones, and take every call before them."""


class Unfit(Exception):
    """Raised by an opener: what this worker knows is not what the step was laid out with."""


def help_with(app: Flask, openers: Mapping[str, Opener], step_id: int) -> bool:
    """Take parts of a step until none waits.

    Returns
    -------
    False where this process has its hands full: another may be free, or this one later.
    """
    with app.app_context():
        try:
            with only_reading():
                step = session.execute(_waiting(step_id)).one_or_none()
            if step is None:
                return True
            if not hands.acquire(timeout=PATIENCE):
                return False
            try:
                _help(openers, step_id, step.name, step.about, step.given or b"")
            finally:
                hands.release()
        finally:
            session.remove()
    return True


def _waiting(step_id: int) -> Select[tuple[str, dict[str, Any], bytes | None]]:
    some = select(JobPart.step_id).where(JobPart.state == PartState.WAITING, is_wanted())
    return select(JobStep.name, JobStep.about, JobStep.given).where(
        JobStep.id == step_id, JobStep.id.in_(some)
    )


def _help(
    openers: Mapping[str, Opener], step_id: int, name: str, about: Mapping[str, Any], given: bytes
) -> None:
    try:
        work = openers[name](about, given)
        while part := take(step_id):
            _do_or_give_back(part, work)
    except Lost:
        return
    except Unfit as why:
        log.warning("This worker cannot help with step %s (%s): %s", step_id, name, why)
    except Exception:
        # Whoever has the job takes the part up: where it fails there too, the job tells of it.
        log.exception("Helping with step %s (%s) failed", step_id, name)


def _do_or_give_back(part: Taken, work: Work) -> None:
    try:
        do(part, work, part.tell)
    except BaseException:
        session.rollback()
        part.give_back()
        raise
