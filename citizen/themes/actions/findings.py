"""Keeping what a run found, as a proposal: nothing that is in use changes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import delete, insert, select

from citizen.base import clock
from citizen.base.db import session
from citizen.themes.models import AnalysisRun, RunCluster, RunItem, RunModel, Theme
from citizen.themes.queries import proposal
from citizen.themes.rules import RunState

# Rows written with one statement.
BATCH = 2_000

Reasons = list[list[Any]]


@dataclass(frozen=True)
class Group:
    """What analysis says of a group, and the reference of the theme it is, if it is one already."""

    theme: str | None
    names: dict[str, str]
    terms: list[str]
    representatives: list[int]
    dissenters: list[int]
    goals: list[int]
    verdict: str


@dataclass(frozen=True)
class Item:
    """What analysis says of a contribution: see `models.Found` and `models.RunItem`."""

    contribution_id: int
    text_version: int
    cluster: int
    second: int
    confidence: float
    reasons: Reasons
    near: list[int]
    alike: int | None


@dataclass(frozen=True)
class Findings:
    """A finished run but for its items.

    Attributes
    ----------
    groups : number of a cluster → what it is.
    tree : what to join for fewer themes, step by step: (takes in, taken in).
    concepts : id of a concept that reasons speak of → its name in each language.
    model : what has been learnt, to place ideas that arrive later.
    """

    seed: int
    settings: dict[str, Any]
    versions: dict[str, str]
    input_hash: str
    texts: int
    unsorted: int
    groups: Mapping[int, Group]
    tree: Sequence[tuple[int, int]]
    concepts: dict[str, dict[str, str]]
    model: bytes


def propose(
    programme_id: int, job_id: int, user_id: int | None, found: Findings, items: Iterable[Item]
) -> AnalysisRun:
    """Store a run as the programme's proposal; one that waited is superseded.

    The caller holds the programme (`queries.hold`).
    """
    if waiting := proposal(programme_id):
        end(waiting, RunState.SUPERSEDED, user_id)
    run = AnalysisRun(
        programme_id=programme_id, job_id=job_id, user_id=user_id, at=clock.now(), seed=found.seed,
        settings=found.settings, versions=found.versions, input_hash=found.input_hash,
        texts=found.texts, unsorted=found.unsorted, tree=[list(step) for step in found.tree],
        concepts=found.concepts, state=RunState.PROPOSED,
    )
    session.add(run)
    session.flush()
    _keep_groups(run, found.groups)
    session.add(RunModel(run_id=run.id, raw=found.model))
    session.flush()
    _keep_items(run.id, items)
    return run


def _keep_groups(run: AnalysisRun, groups: Mapping[int, Group]) -> None:
    rows = session.execute(select(Theme.ref, Theme.id).where(Theme.programme_id == run.programme_id))
    ids: dict[str | None, int] = {row[0]: row[1] for row in rows}
    session.add_all(
        RunCluster(
            run_id=run.id, number=number, theme_id=ids.get(group.theme), names=group.names,
            terms=group.terms, representatives=group.representatives, dissenters=group.dissenters,
            goals=group.goals, verdict=group.verdict,
        )
        for number, group in groups.items()
    )


def _keep_items(run_id: int, items: Iterable[Item]) -> None:
    stream = iter(items)
    while rows := [{"run_id": run_id, **vars(item)} for item in islice(stream, BATCH)]:
        session.execute(insert(RunItem), rows)


def end(run: AnalysisRun, state: RunState, user_id: int | None) -> None:
    """Write down what became of a proposal; what only the decision needed goes."""
    run.state, run.decided_at, run.decided_by = state, clock.now(), user_id
    session.execute(delete(RunItem).where(RunItem.run_id == run.id))
    if state is not RunState.ACCEPTED:
        session.execute(delete(RunModel).where(RunModel.run_id == run.id))
        session.execute(delete(RunCluster).where(RunCluster.run_id == run.id))
    session.flush()
