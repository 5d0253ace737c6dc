"""Anonymous answers that wait for others. Staff are told that some do, never how many: the number would grow
with each who answers."""

from collections.abc import Iterable

from sqlalchemy import exists, select

from citizen.base.db import session
from citizen.surveys.models import Sealed
from citizen.surveys.rules import HELD

# What is held back does not wait for others.
_WAITS = ~Sealed.pool.startswith(HELD, autoescape=True)


def with_waiting(survey_ids: Iterable[int]) -> set[int]:
    """Of some surveys those in which answers wait."""
    found = select(Sealed.survey_id).where(Sealed.survey_id.in_(list(survey_ids)), _WAITS).distinct()
    return set(session.scalars(found))


def some_wait(survey_id: int, version: int | None = None) -> bool:
    """Whether answers to a survey wait, or to one version of it."""
    found = exists().where(Sealed.survey_id == survey_id, _WAITS)
    if version is not None:
        found = found.where(Sealed.content["version"].as_integer() == version)
    return bool(session.scalar(select(found)))
