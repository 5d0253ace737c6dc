"""What the demo's two municipalities state of their service, and what somebody has told them."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from citizen.base import clock
from citizen.programmes.models import Municipality
from citizen.statements import actions, queries
from citizen.statements.actions import NewBreach, NewFeedback
from citizen.statements.rules.breaches import Ground


def build_statements(world: Mapping[str, Any], municipalities: Mapping[str, Municipality]) -> None:
    """Every fact the law asks for, a breach of each municipality's own, and a message to each."""
    for told in world["municipalities"]:
        _build(told["statement"], municipalities[told["slug"]])


def _build(told: Mapping[str, Any], municipality: Municipality) -> None:
    facts = told["facts"] | {"assessed_on": _day(told["facts"]["assessed_days_ago"])}
    del facts["assessed_days_ago"]
    version = queries.profile(municipality.id).version
    actions.save_profile(municipality, facts, version=version, user_id=None)
    for breach in told["breaches"]:
        actions.add_breach(municipality, NewBreach(
            criterion=breach["criterion"], ground=Ground(breach["ground"]), what=breach["what"],
            why=breach["why"], groups=breach["groups"], since_on=_day(breach["days_ago"]),
            planned_on=_day(-breach["planned_in_days"]) if breach["planned_in_days"] else None,
        ), user_id=None)
    for message in told["feedback"]:
        with clock.stopped_at(clock.now() - timedelta(days=message["days_ago"])):
            actions.send_feedback(municipality, NewFeedback(
                body=message["body"], page=message["page"], email=None, language=message["lang"],
            ))


def _day(days_ago: int) -> date:
    return clock.today() - timedelta(days=days_ago)
