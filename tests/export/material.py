"""A programme that has come as far as candidates."""

from dataclasses import dataclass

from flask import Flask

from citizen.base import clock, ids
from citizen.base.db import session
from citizen.contributions import actions as contributions
from citizen.portfolio.actions import Wording, create_candidate, publish_status
from citizen.themes.models import Placement, Theme
from tests.factories import an_idea, load
from tests.world import World


@dataclass(frozen=True)
class Material:
    """References. All published ideas are in the theme; the candidate is public, the hidden one not."""

    world: World
    published: list[str]
    theme: str
    candidate: str
    hidden_candidate: str


def build(app: Flask, world: World) -> Material:
    """Ideas in every state, one theme, two candidates."""
    published = [
        an_idea(app, world, state="published", body=f"Text nummer {number}",
                sector="resident" if number < 2 else "business")
        for number in range(4)
    ]
    for state in ("submitted", "rejected", "returned"):
        an_idea(app, world, state=state, body="En hemlig text")
    with app.app_context():
        for state in ("hidden", "withdrawn"):
            _then(load(an_idea(app, world, state="published", body="En hemlig text")).ref, state, world)
        theme = _theme(world, published)
        made = _candidates(world, theme.id, [load(ref).id for ref in published])
        session.commit()
        return Material(world, published, theme.ref, *made)


def _then(ref: str, state: str, world: World) -> None:
    idea = load(ref)
    if state == "withdrawn":
        contributions.withdraw(idea)
    else:
        contributions.decide(idea, state, user_id=world.moderator, reason="off_topic",
                             expected_version=idea.version)
    session.commit()


def _theme(world: World, refs: list[str]) -> Theme:
    theme = Theme(
        ref=ids.new_ref("T"), programme_id=world.programme,
        suggested_names={"sv": "Gatljus", "nn": "Gatelys"},
        terms=["gatelys", "veg"], representatives=[load(refs[0]).id], goals=[11], created_at=clock.now(),
    )
    session.add(theme)
    session.flush()
    session.add_all(
        Placement(contribution_id=load(ref).id, programme_id=world.programme, theme_id=theme.id,
                  confidence=0.75)
        for ref in refs
    )
    session.flush()
    return theme


def _candidates(world: World, theme_id: int, quotable: list[int]) -> tuple[str, str]:
    refs = ids.new_ref("C"), ids.new_ref("C")
    for ref, title in zip(refs, ("Trygge vegar", "Intern kandidat"), strict=True):
        wording = Wording(title, "Det er mørkt.", "Eit møte.", [11], quotable[:1])
        candidate = create_candidate(
            ref, world.programme, [theme_id], wording, language="nn", user_id=world.facilitator
        )
        if title == "Trygge vegar":
            publish_status(candidate, user_id=world.facilitator, expected_version=candidate.version)
    return refs
