"""Answers on paper, typed in by staff."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import current_app

from citizen.base import audit, clock, ids
from citizen.surveys.actions.receiving import receive
from citizen.surveys.actions.sealing import Arrival
from citizen.surveys.models import Survey
from citizen.surveys.rules import Channel
from citizen.surveys.rules.values import Value, answers_as_json


@dataclass(frozen=True)
class Sheet:
    """What somebody answered with a pen, already checked. ``version`` is the one that was printed."""

    version: int
    language: str
    municipality_id: int
    client_key: str
    values: Mapping[str, Value]
    sector: str | None = None


def type_in(survey: Survey, sheet: Sheet, *, user_id: int) -> bool:
    """Take in a sheet, once per client key. The audit tells that one was typed, not which.

    Returns
    -------
    Whether it is new.

    Raises
    ------
    Closed
        If the survey has closed.
    """
    key = str(current_app.extensions["citizen.settings"].secret_key)
    is_new = receive(survey, Arrival(
        version=sheet.version, language=sheet.language, channel=Channel.PAPER,
        municipality_id=sheet.municipality_id, digest=ids.digest_of(key, f"paper:{sheet.client_key}"),
        answers=answers_as_json(sheet.values), received_on=clock.today(), sector=sheet.sector,
    ))
    audit.record("surveys.paper", survey.ref, user_id)
    return is_new
