"""Published ideas of the demo town, for tests that need real texts."""

import json
import random
import uuid
from collections.abc import Sequence
from functools import cache
from typing import Any

from flask import Flask

from citizen.app import ROOT, handlers
from citizen.base import clock, ids, jobs
from citizen.base.db import session
from citizen.base.jobs import Job
from citizen.contributions.models import Contribution, TextVersion
from citizen.contributions.rules import Source
from citizen.ideas.actions import NewIdea, submit_idea
from citizen.themes import actions
from tests.factories import decide
from tests.world import World


@cache
def demo_ideas() -> list[dict[str, Any]]:
    """The demo town's published ideas, in the order of the file."""
    ideas = json.loads((ROOT / "citizen/demo/data/ideas.json").read_text(encoding="utf-8"))
    return [idea for idea in ideas if idea["state"] == "published"]


def publish(app: Flask, world: World, ideas: Sequence[dict[str, Any]]) -> list[int]:
    """Submit and publish ideas; gives their ids."""
    with app.app_context():
        found = []
        for idea in ideas:
            contribution, _new = submit_idea(NewIdea(
                programme_id=world.programme, municipality_id=_home(world, idea["lang"]),
                source=Source.WEB, language=idea["lang"], client_key=f"web:{uuid.uuid4()}",
                title=idea["title"], body=idea["body"], sector=idea.get("sector"),
            ))
            decide(contribution, "published", world.moderator)
            found.append(contribution.id)
        session.commit()
        return found


def _home(world: World, language: str) -> int:
    return world.swedish if language == "sv" else world.norwegian


def ask(app: Flask, world: World, **more: Any) -> int:
    """Leave the finding of themes, to be used at once, for a worker; gives the job's number."""
    wanted = {"accept": True, "wake": False, **more}
    with app.app_context():
        job, _new = actions.start_finding(world.programme, user_id=world.facilitator, **wanted)
        session.commit()
        return job.id


def find(app: Flask, world: World, **more: Any) -> str:
    """Find themes here and now, as a worker would; gives the job's state."""
    job_id = ask(app, world, **more)
    jobs.run(app, handlers(), job_id)
    return state(app, job_id)


def state(app: Flask, job_id: int) -> str:
    with app.app_context():
        return session.get_one(Job, job_id).state


def publish_many(app: Flask, world: World, count: int) -> None:
    """Enough published texts for a run to take some seconds: sentences of the demo town, mixed."""
    chance = random.Random(4)
    sentences = [s.strip() for idea in demo_ideas() for s in idea["body"].split(".") if len(s) > 15]
    now = clock.now()
    with app.app_context():
        for number in range(count):
            key = f"many:{uuid.uuid4()}"
            contribution = Contribution(
                ref=ids.new_ref("I"), kind="idea", programme_id=world.programme, language="nb",
                municipality_id=world.norwegian, source="import", client_key=key, receipt_digest=key,
                visibility="published", handling="received", submitted_at=now, published_at=now,
                public_version=1, search_text="",
            )
            contribution.texts.append(TextVersion(
                number=1, title=f"Idé {number}", body=". ".join(chance.sample(sentences, 6)),
                made_by="author", created_at=now,
            ))
            session.add(contribution)
        session.commit()
