"""Boxes in which anonymous answers wait for others, so that nothing tells which came when.

A database remembers more than its columns: in which order rows came and which were written together. So
boxes lie on trays of `k`, and whoever adds one writes the whole tray anew: all its boxes are then as old
as each other, on the same day, in the order of their keyed hashes.
"""

import random
import secrets
from collections import Counter
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import delete, func, select

from citizen.base.db import session
from citizen.surveys.models import Sealed, Survey
from citizen.surveys.rules import HELD, Channel


@dataclass(frozen=True)
class Arrival:
    """A whole answer as it arrives. ``digest`` is its attempt's; ``answers`` as `values` keeps them."""

    version: int
    language: str
    channel: str
    municipality_id: int
    digest: str
    answers: dict[str, Any]
    received_on: date
    place: str = ""
    sector: str | None = None
    # Why it is in no figure until somebody lets it in, where it is not.
    held_as: str | None = None

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"received_on": self.received_on.isoformat()}

    @property
    def pool(self) -> str:
        """What is known of whoever sends this beside the answers: only within it do answers hide each other.

        Of those invited the municipality and the language are known, of those who followed a link the place
        that the link was made for. What is held back hides among its own kind alone.
        """
        held = f"{HELD}{self.held_as}:" if self.held_as else ""
        if self.channel == Channel.INVITATION:
            return f"{held}{self.channel}:{self.municipality_id}:{self.language}"
        return f"{held}{self.channel}:{self.place}"


def seal(survey: Survey, arrival: Arrival) -> None:
    """Put an answer on the tray that is not full, and write the tray anew. The survey's row is held."""
    tray = _open_tray(survey, arrival.pool)
    beside = session.scalars(
        select(Sealed).where(Sealed.survey_id == survey.id, Sealed.tray == tray)
    ).all()
    boxes = [arrival, *(arrival_of(box) for box in beside)]
    latest = max(box.received_on for box in boxes)
    session.execute(delete(Sealed).where(Sealed.survey_id == survey.id, Sealed.tray == tray))
    for known in beside:
        session.expunge(known)
    for box in sorted(boxes, key=lambda box: box.digest):
        session.add(Sealed(
            digest=box.digest, survey_id=survey.id, pool=arrival.pool, tray=tray,
            content=replace(box, received_on=latest).as_json(),
        ))
    session.flush()


def _open_tray(survey: Survey, pool: str) -> str:
    """The tray of a pool that has room, or the name of a new one: names tell no order."""
    found = session.scalar(
        select(Sealed.tray).where(Sealed.survey_id == survey.id, Sealed.pool == pool)
        .group_by(Sealed.tray).having(func.count() < survey.k)
    )
    return found or secrets.token_hex(8)


def take_out(survey: Survey) -> list[Arrival]:
    """Empty the trays that are full, in random order; of a survey that has closed, all of them.

    What is left when a survey closes may be too few to hide each other: then the place is left out. What is
    held back stays where it is.
    """
    full = (
        select(Sealed.tray)
        .where(Sealed.survey_id == survey.id, ~Sealed.pool.startswith(HELD, autoescape=True))
        .group_by(Sealed.tray).having(func.count() >= (1 if survey.closed_at else survey.k))
    )
    boxes = list(session.scalars(
        select(Sealed).where(Sealed.survey_id == survey.id, Sealed.tray.in_(full)).with_for_update()
    ))
    random.SystemRandom().shuffle(boxes)
    on_tray = Counter(box.tray for box in boxes)
    arrivals = [
        arrival_of(box) if on_tray[box.tray] >= survey.k else replace(arrival_of(box), place="")
        for box in boxes
    ]
    for box in boxes:
        session.delete(box)
    session.flush()
    return arrivals


def arrival_of(sealed: Sealed) -> Arrival:
    """What waits in a box."""
    return Arrival(**sealed.content | {"received_on": date.fromisoformat(sealed.content["received_on"])})


def reseal(sealed: Sealed, answers: dict[str, Any]) -> None:
    """Put corrected answers in place of those that wait."""
    sealed.content = replace(arrival_of(sealed), answers=answers).as_json()
    session.flush()
