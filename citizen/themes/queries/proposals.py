"""Runs that wait for a decision, and what they would change."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, func, select

from citizen.analysis.difference import Difference, difference
from citizen.analysis.edits import Standing
from citizen.base.db import session
from citizen.contributions.models import Contribution
from citizen.contributions.rules import Visibility
from citizen.themes.models import AnalysisRun, Placement, RunCluster, RunItem, RunModel, Theme
from citizen.themes.queries.standing import hold, made_by_people
from citizen.themes.rules import RunState


def run(programme_id: int, run_id: int, *, for_change: bool = False) -> AnalysisRun | None:
    """A run of a programme by its number."""
    if for_change:
        hold(programme_id)
    found = select(AnalysisRun).where(AnalysisRun.programme_id == programme_id, AnalysisRun.id == run_id)
    return session.scalar(found.execution_options(populate_existing=for_change))


def proposal(programme_id: int) -> AnalysisRun | None:
    """The run that waits for a decision; there is one at most."""
    return session.scalar(
        select(AnalysisRun).where(
            AnalysisRun.programme_id == programme_id, AnalysisRun.state == RunState.PROPOSED
        )
    )


def clusters(run_id: int) -> list[RunCluster]:
    """The groups of a run, largest first."""
    found = select(RunCluster).where(RunCluster.run_id == run_id).order_by(RunCluster.number)
    return list(session.scalars(found))


def model(programme_id: int) -> RunModel | None:
    """What the accepted run has learnt, if it is kept."""
    return session.scalar(
        select(RunModel)
        .join(AnalysisRun, AnalysisRun.id == RunModel.run_id)
        .where(AnalysisRun.programme_id == programme_id, AnalysisRun.state == RunState.ACCEPTED)
        .order_by(AnalysisRun.id.desc())
        .limit(1)
    )


def is_outdated(programme_id: int) -> bool:
    """Whether ideas that arrive stay unsorted: the word lists have changed since themes were found."""
    kept = session.scalar(
        select(RunModel.outdated)
        .join(AnalysisRun, AnalysisRun.id == RunModel.run_id)
        .where(AnalysisRun.programme_id == programme_id, AnalysisRun.state == RunState.ACCEPTED)
    )
    return bool(kept)


def receivers(run: AnalysisRun, standing: Standing) -> dict[int, str | None]:
    """Cluster of a run → reference of the theme that takes it in, or "new-<number>"; None is unsorted."""
    rows = session.execute(
        select(RunCluster.number, Theme.ref)
        .outerjoin(Theme, Theme.id == RunCluster.theme_id)
        .where(RunCluster.run_id == run.id)
        .order_by(RunCluster.number)
    )
    return {
        number: standing.receiver(ref) if ref else new_key(number) for number, ref in rows
    }


@dataclass(frozen=True)
class Naming:
    """What a theme is called; the reference is empty for one that a run would make.

    ``names_then`` is what analysis would call it afterwards, where that tells a person anything.
    """

    ref: str
    name: str | None
    suggested_names: dict[str, str]
    names_then: dict[str, str]


def namings(run: AnalysisRun) -> dict[str, Naming]:
    """Names of a programme's themes, by reference, and of those that a run would make."""
    rows = session.execute(
        select(Theme.ref, Theme.name, Theme.suggested_names).where(Theme.programme_id == run.programme_id)
    )
    told = told_by(run)
    found = {
        ref: Naming(ref, name, before, told[ref].names if ref in told and not name else {})
        for ref, name, before in rows
    }
    new = {new_key(one.number): Naming("", None, one.names, {}) for one in clusters(run.id)}
    return found | new


def told_by(run: AnalysisRun) -> dict[str, RunCluster]:
    """Theme, by reference or "new-<number>" → the cluster that brings it most, and so tells of it."""
    brings = brought(run)
    takes = receivers(run, made_by_people(run.programme_id))
    told: dict[str, RunCluster] = {}
    for cluster in sorted(clusters(run.id), key=lambda one: -brings.get(one.number, 0)):
        key = takes[cluster.number]
        if key is not None and brings.get(cluster.number):
            told.setdefault(key, cluster)
    return told


def joins(run: AnalysisRun, most: int = 3) -> list[tuple[str, str]]:
    """References of the themes that fewer themes would join first: (takes in, taken in).

    Of an accepted run, as far as its themes still stand as it found them.
    """
    takes = receivers(run, made_by_people(run.programme_id))
    stands = set(session.scalars(
        select(Theme.ref).where(Theme.programme_id == run.programme_id, Theme.closed_at.is_(None))
    ))
    steps: list[tuple[str, str]] = []
    for one, other in run.tree:
        into, gone = takes.get(one), takes.get(other)
        if into in stands and gone in stands and into != gone and len(steps) < most:
            steps.append((str(into), str(gone)))
    return steps


def new_key(number: int) -> str:
    """What a theme is called that a run would make of a cluster."""
    return f"new-{number}"


@dataclass(frozen=True)
class Comparison:
    """What a run would change if it were accepted now.

    Attributes
    ----------
    change : by ids of contributions as text, and references of themes or "new-<number>".
    arrived : published ideas that the run has not read; they are placed right after it is accepted.
    """

    change: Difference
    arrived: int


def comparison(run: AnalysisRun) -> Comparison:
    """Compare a run that waits with how themes stand now.

    Reads a row for every published contribution.
    """
    takes = receivers(run, made_by_people(run.programme_id))
    before: dict[str, str | None] = {}
    after: dict[str, str | None] = {}
    arrived = 0
    for contribution, cluster, pinned, ref in session.execute(_both(run)):
        if cluster is None and not pinned:
            arrived += 1
            continue
        before[str(contribution)] = ref
        after[str(contribution)] = ref if pinned else takes.get(cluster)
    return Comparison(difference(before, after), arrived)


def _both(run: AnalysisRun) -> Select[*tuple[Any, ...]]:
    """(contribution, cluster, whether pinned, reference of its theme) of what is published."""
    return (
        select(Contribution.id, RunItem.cluster, func.coalesce(Placement.pinned, False), Theme.ref)
        .outerjoin(RunItem, and_(RunItem.contribution_id == Contribution.id, RunItem.run_id == run.id))
        .outerjoin(Placement, Placement.contribution_id == Contribution.id)
        .outerjoin(Theme, Theme.id == Placement.theme_id)
        .where(Contribution.programme_id == run.programme_id,
               Contribution.visibility == Visibility.PUBLISHED)
        .order_by(Contribution.id)
    )


def brought(run: AnalysisRun) -> dict[int, int]:
    """Cluster → how many published contributions that nobody has pinned it would bring to its theme."""
    rows = session.execute(
        select(RunItem.cluster, func.count())
        .join(Contribution, Contribution.id == RunItem.contribution_id)
        .outerjoin(Placement, Placement.contribution_id == RunItem.contribution_id)
        .where(RunItem.run_id == run.id, Contribution.visibility == Visibility.PUBLISHED,
               func.coalesce(Placement.pinned, False).is_(False))
        .group_by(RunItem.cluster)
    )
    return {row[0]: row[1] for row in rows}
