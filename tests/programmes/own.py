"""What the tests of own words ask for again and again."""

from typing import Any

from flask import Flask
from sqlalchemy import select

from citizen.base.audit import AuditRow
from citizen.base.db import session
from citizen.programmes import queries
from citizen.programmes.rules.words import Entry
from tests.factories import an_idea
from tests.pages import Browser, Page
from tests.world import World

WORDS = "/sv/programmes/words/granby"


def concept(**changes: Any) -> dict[str, Any]:
    """The form of a place, as somebody fills it in."""
    return {"name_sv": "Nordbadet", "name_nb": "", "name_nn": "", "name_en": "", "stems": "nordbad",
            "area": "own", "goals": [], **changes}


def add(browser: Browser, **changes: Any) -> Page:
    return browser.post(f"{WORDS}/new", concept(**changes))


def stored(app: Flask, municipality_id: int) -> list[Entry]:
    with app.app_context():
        return [own.entry for own in queries.own_entries(municipality_id)]


def number_of(app: Flask, municipality_id: int, key: str) -> tuple[int, int]:
    """The number in an entry's address, and its version."""
    with app.app_context():
        found = queries.own_rows(municipality_id)[key]
        return found.id, found.version


def audited(app: Flask) -> list[tuple[str, str, int | None]]:
    """(action, subject, who) of everything done with words."""
    with app.app_context():
        rows = session.scalars(
            select(AuditRow).where(AuditRow.action.startswith("words.")).order_by(AuditRow.id)
        )
        return [(row.action, row.subject, row.actor_id) for row in rows]


def said(app: Flask, world: World, *bodies: str) -> None:
    """Ideas that everybody can read."""
    for body in bodies:
        an_idea(app, world, body=body, state="published")
