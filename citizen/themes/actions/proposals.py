"""A person's decision about a proposal. Pins, names and merges stand, whenever they were made."""

from collections.abc import Mapping

from flask_babel import gettext as _
from sqlalchemy import case, delete, insert, literal, select
from sqlalchemy.orm import aliased

from citizen.base import clock, ids
from citizen.base.db import session
from citizen.base.errors import Conflict
from citizen.contributions.models import Contribution
from citizen.contributions.rules import Visibility
from citizen.themes import queries
from citizen.themes.actions.arrivals import ask_to_place
from citizen.themes.actions.findings import end
from citizen.themes.actions.handling import follow_placements, open_and_close
from citizen.themes.models import AnalysisRun, Placement, RunCluster, RunItem, RunModel, Theme
from citizen.themes.rules import RunState


def accept(run: AnalysisRun, *, user_id: int | None) -> None:
    """Use a proposal's themes. The caller holds the programme (`queries.run(..., for_change=True)`).

    Raises
    ------
    Conflict
        If somebody has decided already, or a newer proposal has taken its place.
    """
    _refuse_decided(run)
    _forget_earlier(run)
    told = queries.told_by(run)
    themes = _receive(run)
    _describe(themes, told)
    _place(run)
    end(run, RunState.ACCEPTED, user_id)
    open_and_close(run.programme_id)
    follow_placements(run.programme_id, user_id=user_id)
    if queries.waiting_count(run.programme_id):
        ask_to_place(run.programme_id)


def refuse(run: AnalysisRun, *, user_id: int | None) -> None:
    """Keep the themes as they are. The caller holds the programme.

    Raises
    ------
    Conflict
        As `accept`.
    """
    _refuse_decided(run)
    end(run, RunState.REFUSED, user_id)


def _refuse_decided(run: AnalysisRun) -> None:
    sentences = {
        RunState.ACCEPTED: _("Somebody else has already accepted these themes. They are in use."),
        RunState.REFUSED: _("Somebody else has already chosen to keep the themes as they are."),
        RunState.SUPERSEDED: _("Themes have been found again since. Look at the newer proposal instead."),
    }
    if sentence := sentences.get(RunState(run.state)):
        raise Conflict(sentence)


def _forget_earlier(run: AnalysisRun) -> None:
    """One run is in use; those before it keep what they were, not what they had learnt."""
    earlier = select(AnalysisRun.id).where(
        AnalysisRun.programme_id == run.programme_id, AnalysisRun.id != run.id
    )
    session.execute(delete(RunModel).where(RunModel.run_id.in_(earlier)))
    session.execute(delete(RunCluster).where(RunCluster.run_id.in_(earlier)))


def _receive(run: AnalysisRun) -> dict[str, Theme]:
    """Give every cluster the theme that takes it in; new ones are made where something comes.

    Returns
    -------
    Themes by reference, or by "new-<number>".
    """
    brought = queries.brought(run)
    takes = queries.receivers(run, queries.made_by_people(run.programme_id))
    themes = queries.theme_names(run.programme_id)
    for cluster in queries.clusters(run.id):
        key = takes[cluster.number]
        if key == queries.new_key(cluster.number) and brought.get(cluster.number):
            themes[key] = Theme(
                ref=ids.new_ref("T"), programme_id=run.programme_id, created_at=clock.now(),
                suggested_names={}, terms=[], representatives=[], goals=[],
            )
            session.add(themes[key])
            session.flush()
        cluster.theme_id = themes[key].id if key in themes else None
    session.flush()
    return themes


def _place(run: AnalysisRun) -> None:
    """Put everything that nobody has pinned where the run found it, in the database."""
    session.execute(
        delete(Placement).where(Placement.programme_id == run.programme_id, Placement.pinned.is_(False))
    )
    first, second = aliased(RunCluster), aliased(RunCluster)
    other = case((second.theme_id == first.theme_id, None), else_=second.theme_id)
    found = (
        select(
            RunItem.contribution_id, literal(run.programme_id), literal(run.id), literal(False),
            first.theme_id, other, RunItem.confidence, RunItem.text_version, RunItem.reasons,
            RunItem.near, RunItem.alike,
        )
        .join(Contribution, Contribution.id == RunItem.contribution_id)
        .outerjoin(first, (first.run_id == run.id) & (first.number == RunItem.cluster))
        .outerjoin(second, (second.run_id == run.id) & (second.number == RunItem.second))
        .outerjoin(Placement, Placement.contribution_id == RunItem.contribution_id)
        .where(RunItem.run_id == run.id, Contribution.visibility == Visibility.PUBLISHED,
               Contribution.programme_id == run.programme_id, Placement.contribution_id.is_(None))
    )
    columns = ["contribution_id", "programme_id", "run_id", "pinned", "theme_id", "second_theme_id",
               "confidence", "text_version", "reasons", "near", "alike"]
    session.execute(insert(Placement).from_select(columns, found))
    session.expire_all()


def _describe(themes: Mapping[str, Theme], told: Mapping[str, RunCluster]) -> None:
    """Have every theme told by the cluster that brings it most; of others analysis says nothing."""
    for key, theme in themes.items():
        cluster = told.get(key)
        theme.verdict = cluster.verdict if cluster else None
        theme.dissenters = cluster.dissenters if cluster else []
        if cluster:
            theme.suggested_names, theme.terms = cluster.names, cluster.terms
            theme.representatives, theme.goals = cluster.representatives, cluster.goals
    session.flush()
