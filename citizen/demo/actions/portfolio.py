"""Themes found by the real analysis, corrected by the facilitator, and two candidates."""

from collections.abc import Mapping
from typing import Any

from flask import Flask

from citizen.base import ids, jobs
from citizen.base.db import session
from citizen.demo.rules import nearest, read
from citizen.portfolio import actions as portfolio
from citizen.portfolio.actions import Wording
from citizen.themes import actions as themes
from citizen.themes import queries as theme_queries


def find_themes(app: Flask, programme_id: int, user_id: int) -> None:
    """Run the analysis as a worker would, here and now. Commits, as a worker does."""
    from citizen.themes.jobs import find_themes as work

    job, _new = themes.start_finding(programme_id, user_id=user_id, wake=False)
    job_id = job.id
    session.commit()
    jobs.run(app, {themes.KIND: work}, job_id)


def name_themes(programme_id: int, keys: Mapping[str, int], user_id: int, language: str) -> dict[str, int]:
    """Give the found themes the facilitator's names where they are about the same.

    Parameters
    ----------
    keys : contribution ids by the demo's idea keys.

    Returns
    -------
    Theme ids by the demo's theme keys, where one was found.
    """
    wanted: dict[str, set[int]] = {}
    for told in read("ideas.json"):
        if told["theme"] and told["state"] == "published":
            wanted.setdefault(told["theme"], set()).add(keys[told["key"]])
    members: dict[int, set[int]] = {}
    for contribution_id, place in theme_queries.placements(programme_id).items():
        if place.theme_id is not None:
            members.setdefault(place.theme_id, set()).add(contribution_id)
    names = {told["key"]: told["names"][language] for told in read("themes.json")["themes"]}
    found: dict[str, int] = {}
    for key in sorted(wanted, key=lambda key: -len(wanted[key])):
        theme_id = nearest(wanted[key], {t: m for t, m in members.items() if t not in found.values()})
        if theme_id is not None and _mostly(wanted[key], members[theme_id]):
            found[key] = theme_id
            theme = theme_queries.theme_by_id(theme_id)
            themes.rename_theme(theme, names[key], user_id=user_id,
                                version=theme_queries.latest_edit_id(theme_id))
    return found


def _mostly(wanted: set[int], members: set[int]) -> bool:
    """Whether at least half of a found theme is what the name speaks of."""
    return 2 * len(wanted & members) >= len(members)


def build_candidates(programme_id: int, theme_ids: Mapping[str, int], user_id: int, language: str) -> None:
    """Make the two candidates from the themes they name, and take each to its status."""
    summaries = {s.id: s for s in theme_queries.themes(programme_id)}
    for told in read("themes.json")["candidates"]:
        behind = [theme_ids[key] for key in told["themes"] if key in theme_ids]
        if behind:
            quotes = [q for theme_id in behind for q in summaries[theme_id].representatives[:2]]
            _build_candidate(told, programme_id, behind, quotes[:4], user_id, language)


def _build_candidate(
    told: Mapping[str, Any], programme_id: int, theme_ids: list[int], quotes: list[int], user_id: int,
    language: str,
) -> None:
    candidate = portfolio.create_candidate(
        ids.new_ref("C"), programme_id, theme_ids,
        Wording(title=told["titles"][language], need=told["need"][language],
                next_step=told["next_step"][language], goals=told["goals"], quotes=quotes),
        language=language, user_id=user_id,
    )
    portfolio.change_status(candidate, told["status"], user_id=user_id, expected_version=candidate.version)
    if told["public"]:
        portfolio.publish_status(candidate, user_id=user_id, expected_version=candidate.version)
