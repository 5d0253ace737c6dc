"""Municipalities, programme and ideas, at the times and in the states the demo tells of."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from citizen.base import clock
from citizen.contributions import actions as contributions
from citizen.contributions import queries as contribution_queries
from citizen.contributions.models import Contribution
from citizen.contributions.rules import Reason, Visibility, needs_two
from citizen.demo.actions.drawings import DRAWINGS
from citizen.demo.actions.maps import point_for
from citizen.demo.rules import read
from citizen.ideas.actions import NewIdea, submit_idea, support_idea
from citizen.moderation import actions as moderation
from citizen.programmes.actions import create_municipality, create_programme
from citizen.programmes.models import Municipality, Programme


def build_programme(world: Mapping[str, Any]) -> tuple[Programme, dict[str, Municipality]]:
    """The two municipalities and the programme they run together."""
    municipalities = {
        m["slug"]: create_municipality(
            m["slug"], m["country"], m["names"], m["languages"], m["contact_email"]
        )
        for m in world["municipalities"]
    }
    told, today = world["programme"], clock.today()
    phases = [
        (p["kind"], today + timedelta(days=p["starts_on_offset_days"]),
         today + timedelta(days=p["ends_on_offset_days"]))
        for p in told["phases"]
    ]
    programme = create_programme(
        told["slug"], told, told["level"], list(municipalities.values()), phases
    )
    return programme, municipalities


def build_ideas(
    programme: Programme, municipalities: Mapping[str, Municipality], moderator_id: int, second_id: int
) -> dict[str, int]:
    """Every idea, taken to its state by the moderator or its author; hate and threats by two people.

    Returns
    -------
    Contribution ids by the demo's keys.
    """
    return {
        told["key"]: _build_idea(told, programme, municipalities, (moderator_id, second_id)).id
        for told in sorted(read("ideas.json"), key=lambda told: -told["days_ago"])
    }


def _build_idea(
    told: Mapping[str, Any], programme: Programme, municipalities: Mapping[str, Municipality],
    deciders: tuple[int, int],
) -> Contribution:
    sent = _moment(told)
    with clock.stopped_at(sent):
        contribution, _new = submit_idea(
            NewIdea(
                programme_id=programme.id, municipality_id=municipalities[told["municipality"]].id,
                source=told["source"], language=told["lang"], client_key=f"demo:{told['key']}",
                title=told["title"], body=told["body"], place=told["place"], sector=told["sector"],
                photos=_photos(told), holder=f"demo:{told['key']}",
                point=point_for(told["place"], int(told["key"][1:])),
            )
        )
    # Decided the day after, in working hours; nobody decides in the future.
    morning = sent.astimezone(clock.LOCAL) + timedelta(days=1)
    decided = min(morning.replace(hour=8 + int(told["key"][1:]) % 8), clock.now())
    with clock.stopped_at(decided):
        _take_to_state(contribution, told, deciders)
        for number in range(told["support"]):
            support_idea(contribution.id, f"demo-{told['key']}-{number}")
    return contribution


def _photos(told: Mapping[str, Any]) -> list[contributions.Described]:
    return [(DRAWINGS[told["drawing"]](), told["alt"])] if "drawing" in told else []


def _take_to_state(
    contribution: Contribution, told: Mapping[str, Any], deciders: tuple[int, int]
) -> None:
    state = Visibility(told["state"])
    if state is Visibility.SUBMITTED:
        return
    if state is Visibility.WITHDRAWN:
        contributions.withdraw(contribution)
        return
    if state is Visibility.HIDDEN:
        _decide(contribution, Visibility.PUBLISHED, deciders)
    _decide(contribution, state, deciders, told["reason"], told["words"])


def _decide(
    contribution: Contribution, state: Visibility, deciders: tuple[int, int],
    reason: str | None = None, words: str | None = None,
) -> None:
    code, (first, second) = Reason(reason) if reason else None, deciders
    if not needs_two(state, code):
        contributions.decide(
            contribution, state, user_id=first, expected_version=contribution.version,
            reason=code, words_to_author=words,
        )
        return
    moderation.decide(contribution, state, user_id=first, reason=code, words=words or "",
                      expected_version=contribution.version)
    if look := contribution_queries.open_look(contribution.id):
        moderation.confirm(look, contribution, user_id=second, note="", expected_version=contribution.version)


def _moment(told: Mapping[str, Any]) -> datetime:
    """Spread over the hours in which people write, the same at every load."""
    number = int(told["key"][1:])
    day = clock.now().astimezone(clock.LOCAL) - timedelta(days=told["days_ago"])
    return day.replace(hour=7 + number * 7 % 15, minute=number * 13 % 60, second=0, microsecond=0)
