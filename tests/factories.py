"""Things that tests need many of. Each commits and gives back plain values."""

import itertools
import uuid
from typing import Any

from flask import Flask

from citizen.base.db import session
from citizen.contributions import actions as contributions
from citizen.contributions.models import Contribution
from citizen.contributions.rules import Source, Visibility
from citizen.ideas.actions import NewIdea, submit_idea
from tests.world import World

_numbers = itertools.count(1)


def an_idea(app: Flask, world: World, **values: Any) -> str:
    """Submit an idea; gives its reference. ``state`` takes it further than submitted."""
    state = values.pop("state", "submitted")
    number = next(_numbers)
    idea = NewIdea(**{
        "programme_id": world.programme, "municipality_id": world.norwegian, "source": Source.WEB,
        "language": "nn", "client_key": f"web:{uuid.uuid4()}", "title": f"Idé nummer {number}",
        "body": f"Eg vil ha gatelys langs vegen, del {number}.", **values,
    })
    with app.app_context():
        contribution, _new = submit_idea(idea)
        if state != "submitted":
            decide(contribution, state, world.moderator)
        session.commit()
        return contribution.ref


def decide(contribution: Contribution, state: str, user_id: int) -> None:
    contributions.decide(
        contribution, Visibility(state), user_id=user_id, expected_version=contribution.version,
        reason=None if state == "published" else "off_topic",
    )


def load(ref: str) -> Contribution:
    """A contribution by reference, inside an application context."""
    return session.query(Contribution).filter_by(ref=ref).one()
