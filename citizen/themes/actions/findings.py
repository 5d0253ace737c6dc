"""Keeping what a run found, without undoing what people did."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from citizen.base import clock, ids
from citizen.base.db import session
from citizen.contributions.models import Contribution
from citizen.contributions.rules import Visibility
from citizen.themes.actions.handling import follow_placements
from citizen.themes.models import AnalysisRun, Placement, Theme


@dataclass(frozen=True)
class Description:
    """What analysis suggests about a theme."""

    names: dict[str, str]
    terms: list[str]
    representatives: list[int]
    goals: list[int]


@dataclass(frozen=True)
class Findings:
    """A finished run, with people's corrections already respected.

    Attributes
    ----------
    theme_of : contribution → theme: the reference of one there is, or a key of a new one, or None.
    described : the same keys → what analysis says; a theme that only people filled is left out.
    """

    seed: int
    settings: dict[str, Any]
    versions: dict[str, str]
    input_hash: str
    theme_of: dict[int, str | None]
    confidence: dict[int, float]
    described: dict[str, Description]


def keep_findings(programme_id: int, job_id: int, user_id: int | None, found: Findings) -> AnalysisRun:
    """Store a run, its themes and where every contribution stands now.

    The caller holds the programme (`queries.hold`) since it read what people did.
    """
    published = _published(programme_id)
    theme_of = {i: key for i, key in found.theme_of.items() if i in published}
    run = AnalysisRun(
        programme_id=programme_id, job_id=job_id, user_id=user_id, at=clock.now(), seed=found.seed,
        settings=found.settings, versions=found.versions, input_hash=found.input_hash,
        texts=len(theme_of), unsorted=sum(key is None for key in theme_of.values()),
    )
    session.add(run)
    themes = _themes(programme_id, {key for key in theme_of.values() if key}, found.described)
    session.flush()
    _place(run, published, theme_of, themes, found.confidence)
    session.flush()
    _open_and_close(programme_id, themes)
    follow_placements(programme_id, user_id=user_id)
    return run


def _published(programme_id: int) -> set[int]:
    """What is published now: somebody may have withdrawn while the run computed."""
    return set(
        session.scalars(
            select(Contribution.id).where(
                Contribution.programme_id == programme_id,
                Contribution.visibility == Visibility.PUBLISHED,
            )
        )
    )


def _themes(programme_id: int, used: set[str], described: dict[str, Description]) -> dict[str, Theme]:
    """Every theme by its key, new ones made and found ones described afresh."""
    themes = {t.ref: t for t in session.scalars(select(Theme).where(Theme.programme_id == programme_id))}
    for key in sorted(used.difference(themes)):
        themes[key] = Theme(
            ref=ids.new_ref("T"), programme_id=programme_id, created_at=clock.now(),
            suggested_names={}, terms=[], representatives=[], goals=[],
        )
        session.add(themes[key])
    for key in used.intersection(described):
        theme, told = themes[key], described[key]
        theme.suggested_names, theme.terms = told.names, told.terms
        theme.representatives, theme.goals = told.representatives, told.goals
    return themes


def _place(
    run: AnalysisRun,
    published: set[int],
    theme_of: dict[int, str | None],
    themes: dict[str, Theme],
    confidence: dict[int, float],
) -> None:
    standing = {
        p.contribution_id: p
        for p in session.scalars(select(Placement).where(Placement.programme_id == run.programme_id))
    }
    for contribution, placement in standing.items():
        if contribution not in published:
            session.delete(placement)
    for contribution, key in theme_of.items():
        known = standing.get(contribution)
        if known is not None and known.pinned:
            continue
        if known is None:
            known = Placement(contribution_id=contribution, programme_id=run.programme_id)
            session.add(known)
        known.theme_id = themes[key].id if key else None
        known.confidence = confidence[contribution]
        known.run_id = run.id


def _open_and_close(programme_id: int, themes: dict[str, Theme]) -> None:
    """A theme that nothing is in any more closes; one that has members again opens."""
    filled = set(
        session.scalars(
            select(Placement.theme_id)
            .where(Placement.programme_id == programme_id, Placement.theme_id.is_not(None))
            .distinct()
        )
    )
    for theme in themes.values():
        if theme.id in filled:
            theme.closed_at = None
        elif theme.closed_at is None and theme.merged_into_id is None:
            theme.closed_at = clock.now()
