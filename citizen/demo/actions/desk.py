"""What a moderation desk has before it and behind it, beside plain decisions: each once."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from citizen.analysis.removed import mark
from citizen.base import clock
from citizen.base.db import session
from citizen.contributions import actions as contributions
from citizen.contributions import queries as contribution_queries
from citizen.contributions.models import Contribution
from citizen.demo.rules import read
from citizen.moderation import actions


def build_desk(keys: Mapping[str, int], moderator_id: int) -> None:
    """A redaction, a merge, an official answer, an appeal that waits, and a note to a colleague.

    Parameters
    ----------
    keys : contribution ids by the demo's idea keys.
    """
    told = read("desk.json")
    ideas = {key: session.get_one(Contribution, number) for key, number in keys.items()}
    for name, do in (("merge", _merge), ("answer", _answer), ("redaction", _redact), ("appeal", _appeal),
                     ("note", _note)):
        with clock.stopped_at(clock.now() - timedelta(days=told[name]["days_ago"])):
            do(told[name], ideas, moderator_id)


def _merge(told: Mapping[str, Any], ideas: Mapping[str, Contribution], moderator_id: int) -> None:
    idea = ideas[told["idea"]]
    actions.merge(idea, ideas[told["into"]], user_id=moderator_id, expected_version=idea.version)


def _answer(told: Mapping[str, Any], ideas: Mapping[str, Contribution], moderator_id: int) -> None:
    idea = ideas[told["idea"]]
    actions.answer_officially(idea, told["body"], signed=told["signed"], user_id=moderator_id,
                              expected_version=idea.version)


def _redact(told: Mapping[str, Any], ideas: Mapping[str, Contribution], moderator_id: int) -> None:
    idea, remove = ideas[told["idea"]], told["remove"]
    text = contribution_queries.latest_text(idea.id)
    start = text.body.index(remove)
    photos = contribution_queries.pictures_of(idea.id, text.number)
    actions.redact(
        idea, of_version=text.number, photos=[(picture, alt, ()) for picture, alt in photos],
        texts={"title": text.title or "", "place": text.place or "",
               "body": text.body.replace(remove, mark(idea.language))},
        removed={"body": [[start, start + len(remove)]]}, user_id=moderator_id, reason=told["reason"],
        words=told["words"], expected_version=idea.version,
    )


def _appeal(told: Mapping[str, Any], ideas: Mapping[str, Contribution], _moderator_id: int) -> None:
    contributions.ask_again(ideas[told["idea"]], told["words"])


def _note(told: Mapping[str, Any], ideas: Mapping[str, Contribution], moderator_id: int) -> None:
    actions.note(ideas[told["idea"]], told["body"], user_id=moderator_id)
