"""What happens to surveys by itself, once a minute: each in a transaction of its own."""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from citizen.base import clock
from citizen.base.db import session
from citizen.surveys import actions, queries
from citizen.surveys.models import Survey

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Tidied:
    """What there was to do."""

    closed: int
    opened: int
    forgotten: int


def tidy() -> Tidied:
    """Close surveys whose last day has passed, open what may be opened, forget what was never sent.

    Two workers at once do each thing once: the row of a survey is held meanwhile.
    """
    closed = sum(_alone(survey_id, _close) for survey_id in queries.due_to_close(clock.today()))
    opened = sum(_alone(survey_id, actions.open_sealed) for survey_id in queries.surveys_with_sealed())
    forgotten = actions.forget_unfinished()
    session.commit()
    return Tidied(closed, opened, forgotten)


def count() -> None:
    """Count what has come in, and let the figures for everybody follow."""
    for survey_id in queries.to_count():
        _alone(survey_id, actions.count_arrivals)


def _alone(survey_id: int, do: Callable[[Survey], int]) -> int:
    """What goes wrong with one survey keeps none of the others waiting."""
    session.rollback()
    try:
        count = do(queries.survey_by_id(survey_id))
        session.commit()
    except Exception:
        session.rollback()
        log.exception("Survey %s could not be tidied or counted", survey_id)
        return 0
    return count


def _close(survey: Survey) -> int:
    session.refresh(survey, with_for_update={"key_share": True})
    if survey.closed_at is not None:
        return 0
    actions.close(survey, None)
    return 1
