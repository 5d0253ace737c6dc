"""Themes and candidates that these tests need, committed and given back as references; and their steps."""

from typing import Any

from flask import Flask

from citizen.base import clock, ids
from citizen.base.db import session
from citizen.contributions import actions as contributions
from citizen.portfolio import actions, queries
from citizen.portfolio.actions import Wording
from citizen.portfolio.models import Candidate
from citizen.themes.models import Placement, Theme
from tests.factories import an_idea, load
from tests.pages import Browser, Page
from tests.world import World

DOSSIER = {
    "title": "Trygt å gå til bussen",
    "need": "Ungane går i mørket langs vegen om morgonen.",
    "next_step": "Kartlegg vegane saman med skulane før jul.",
}


def a_theme(app: Flask, world: World, *refs: str, **values: Any) -> str:
    """A theme with ideas in it."""
    with app.app_context():
        members = [load(ref).id for ref in refs]
        theme = Theme(**{
            "ref": ids.new_ref("T"), "programme_id": world.programme, "name": None,
            "suggested_names": {"sv": "Belysning", "nb": "Gatelys", "nn": "Gatelys", "en": "Street lights"},
            "terms": ["lys"], "representatives": members[:5], "goals": [11, 3],
            "created_at": clock.now(), **values,
        })
        session.add(theme)
        session.flush()
        for member in members:
            place(member, theme.id, world)
        session.commit()
        return theme.ref


def place(contribution_id: int, theme_id: int | None, world: World) -> None:
    """Put a contribution in a theme, wherever it was before."""
    placement = session.get(Placement, contribution_id)
    if placement is None:
        placement = Placement(contribution_id=contribution_id, programme_id=world.programme)
        session.add(placement)
    placement.theme_id, placement.confidence = theme_id, 0.8


def published(app: Flask, world: World, **values: Any) -> str:
    return an_idea(app, world, state="published", **values)


def a_candidate(app: Flask, world: World, *theme_refs: str, **values: Any) -> str:
    """A candidate made from themes by the facilitator."""
    with app.app_context():
        themes = [theme_id(ref) for ref in theme_refs]
        made = actions.create_candidate(
            ids.new_ref("C"), world.programme, themes, Wording(**{**DOSSIER, **values}), language="nn",
            user_id=world.facilitator,
        )
        session.commit()
        return made.ref


def theme_id(ref: str) -> int:
    """Inside an application context."""
    return session.query(Theme.id).filter_by(ref=ref).scalar()


def found(world: World, ref: str) -> Candidate:
    """A candidate as it is stored, inside an application context."""
    session.expire_all()
    candidate = queries.candidate(world.programme, ref)
    assert candidate is not None
    return candidate


def receipt_of(app: Flask, ref: str) -> str:
    with app.app_context():
        return contributions.receipt_code(ref)


def at(world: World, ref: str, step: str = "") -> str:
    return f"/en/portfolio/{world.slug}/{ref}{step}"


def set_status(facilitator: Browser, world: World, ref: str, status: str) -> Page:
    version = facilitator.get(at(world, ref)).hidden("version")
    return facilitator.post(at(world, ref, "/status"), {"status": status, "version": version})


def make_public(facilitator: Browser, world: World, ref: str, words: str = "") -> Page:
    version = facilitator.get(at(world, ref, "/publication")).hidden("version")
    return facilitator.post(at(world, ref, "/publication"), {"version": version, "words": words})
