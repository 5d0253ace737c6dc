"""Letting in answers that were held back: from then on they are like all others."""

import random
from dataclasses import replace

from citizen.base import audit
from citizen.base.db import session
from citizen.surveys.actions.receiving import open_sealed, take_in
from citizen.surveys.actions.sealing import arrival_of, seal
from citizen.surveys.models import Survey
from citizen.surveys.queries.held import held_boxes
from citizen.surveys.rules import Level


def let_in(survey: Survey, why: str, *, user_id: int) -> int:
    """Count answers that were held back for one reason, in random order. Their texts go to the moderators.

    Returns
    -------
    How many there were.
    """
    # Whoever receives, counts or closes holds the survey first, too.
    session.refresh(survey, with_for_update={"key_share": True})
    boxes, _more = held_boxes(survey, for_change=True)
    arrivals = [replace(arrival_of(box), held_as=None) for box in boxes if box.content["held_as"] == why]
    for box in [box for box in boxes if box.content["held_as"] == why]:
        session.delete(box)
    session.flush()
    random.SystemRandom().shuffle(arrivals)
    for arrival in arrivals:
        if survey.level == Level.ANONYMOUS:
            seal(survey, arrival)
        else:
            take_in(survey, arrival)
    if survey.closed_at is not None:
        open_sealed(survey)
    audit.record("surveys.let_in", survey.ref, user_id, why=why, answers=len(arrivals))
    return len(arrivals)
