"""What others add to the demo's ideas, and what somebody wants looked at."""

from collections.abc import Mapping
from datetime import timedelta

from citizen.base import clock
from citizen.base.db import session
from citizen.contributions import actions as contributions
from citizen.contributions.models import Contribution
from citizen.contributions.rules import Visibility
from citizen.demo.rules import read
from citizen.ideas import actions as ideas
from citizen.ideas import queries as idea_queries


def build_voices(keys: Mapping[str, int], moderator_id: int) -> None:
    """Lines under ideas, each by a supporter.

    Parameters
    ----------
    keys : contribution ids by the demo's idea keys.
    """
    for number, told in enumerate(read("voices.json")["lines"]):
        idea = idea_queries.public_idea(session.get_one(Contribution, keys[told["idea"]]).ref)
        if idea is None:
            continue
        with clock.stopped_at(clock.now() - timedelta(days=told["days_ago"])):
            voice = ideas.add_voice(idea, f"demo-voice-{number}", told["line"], told["lang"])
            if voice is not None and told["state"] == Visibility.PUBLISHED:
                contributions.decide(
                    voice, Visibility.PUBLISHED, user_id=moderator_id, expected_version=voice.version
                )


def build_reports(keys: Mapping[str, int]) -> None:
    """Reports that wait for the moderator."""
    for number, told in enumerate(read("voices.json")["reports"]):
        with clock.stopped_at(clock.now() - timedelta(days=told["days_ago"])):
            ideas.report(keys[told["idea"]], f"demo-report-{number}", told["reason"], told["words"])
