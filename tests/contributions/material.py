"""What tests of the index ask of it."""

from flask import Flask
from sqlalchemy import func, select

from citizen.base.db import session
from citizen.contributions import actions, queries
from citizen.contributions.models import Contribution, SearchPosting, SearchWord
from citizen.contributions.rules import Visibility
from tests.factories import an_idea, load
from tests.world import World


def publish(app: Flask, world: World, title: str, body: str = "Mer av dette.", **values: str | int) -> str:
    """A published idea; gives its reference."""
    return an_idea(app, world, title=title, body=body, state="published", **values)


def alike(app: Flask, programme_id: int, text: str, count: int = 5) -> list[str]:
    """References of the texts that are found for a text, best first."""
    with app.app_context():
        found = queries.similar(programme_id, text, count)
        refs = dict(session.execute(select(Contribution.id, Contribution.ref)).all())
        return [refs[match.id] for match in found]


def take(ref: str, after: Visibility, world: World) -> None:
    """A decision of the moderator's, inside an application context, not committed."""
    contribution = load(ref)
    actions.decide(contribution, after, user_id=world.moderator, reason="off_topic",
                   expected_version=contribution.version)


def size(app: Flask) -> tuple[int, int]:
    """How many postings and words the index holds."""
    with app.app_context():
        counts = (session.scalar(select(func.count()).select_from(m)) for m in (SearchPosting, SearchWord))
        postings, words = (count or 0 for count in counts)
        return postings, words
