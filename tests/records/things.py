"""Rules, old ideas and cases that tests of records speak of. Each commits and gives plain values."""

from datetime import date, timedelta

from flask import Flask

from citizen.base import clock
from citizen.base.db import session
from citizen.programmes import queries as programmes
from citizen.records import actions
from citizen.records.actions import NewCase, NewRule
from citizen.records.rules import COUNTED_FROM, CaseKind, Counted, Kind
from tests.factories import an_idea
from tests.world import World

TOWN = "elvdal"


def a_rule(
    app: Flask, world: World, kind: Kind, *, months: int = 12, counted: Counted | None = None,
    on_request: bool = False,
) -> None:
    """Let a kind of record of the Norwegian municipality go after some months."""
    with app.app_context():
        municipality = programmes.municipality(TOWN)
        assert municipality is not None
        new = NewRule(months, counted or COUNTED_FROM[kind][0], "KS 12/2026", date(2026, 1, 15), on_request)
        actions.save_rule(municipality, kind, new, version=0, user_id=world.administrator)
        session.commit()


def an_old_idea(app: Flask, world: World, *, days: int = 800, **values: object) -> str:
    """An idea that came in and was decided about long ago."""
    with clock.stopped_at(clock.now() - timedelta(days=days)):
        return an_idea(app, world, **values)


def a_case(app: Flask, world: World) -> str:
    """Open a case of the Norwegian municipality; gives its reference."""
    with app.app_context():
        municipality = programmes.municipality(TOWN)
        assert municipality is not None
        new = NewCase(CaseKind.ERASURE, "Kari Nordmann", "kari@example.org", "nn", clock.today(), "26/118")
        case = actions.open_case(municipality, new, user_id=world.administrator)
        session.commit()
        return case.ref
