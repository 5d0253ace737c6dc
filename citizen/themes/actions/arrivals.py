"""Ideas that arrive later are only added: what the accepted run has learnt places them, no more."""

from collections.abc import Mapping, Sequence

from sqlalchemy import exists, select, update

from citizen.base import jobs
from citizen.base.db import session
from citizen.contributions.models import Contribution
from citizen.themes import queries
from citizen.themes.actions.findings import Item
from citizen.themes.actions.handling import follow_placements, open_filled
from citizen.themes.actions.runs import subject_of
from citizen.themes.models import AnalysisRun, Placement, RunModel
from citizen.themes.rules import RunState

PLACING = "themes.place"


def ask_to_place(programme_id: int) -> None:
    """Leave the placing of what has arrived for a worker, if a run can place anything.

    One job waits per programme at most. It reads what there is when it begins, so that many ideas
    that are published one after another cost one.
    """
    can_place = select(
        exists().where(
            RunModel.run_id == AnalysisRun.id, AnalysisRun.programme_id == programme_id,
            AnalysisRun.state == RunState.ACCEPTED, RunModel.outdated.is_(False),
        )
    )
    if session.scalar(can_place):
        jobs.enqueue_once(PLACING, subject_of(programme_id), {"programme_id": programme_id})


def place_arrivals(
    model: RunModel, programme_id: int, items: Sequence[Item], concepts: Mapping[str, dict[str, str]]
) -> int:
    """Add what a model says of texts that nothing had placed as they read now.

    Nothing else moves; but a closed theme opens where what somebody put there is public again. What
    has been placed, pinned or taken back meanwhile is left alone. The caller holds the programme.

    Returns
    -------
    How many were placed.
    """
    run = session.get_one(AnalysisRun, model.run_id)
    waiting = {text.id: text.version for text in queries.waiting_texts(programme_id)}
    wanted = [item for item in items if waiting.get(item.contribution_id) == item.text_version]
    _add(run, wanted)
    run.concepts = {**concepts, **run.concepts}
    _forget_old_words(programme_id)
    session.flush()
    open_filled(programme_id)
    follow_placements(programme_id, user_id=None)
    return len(wanted)


def _add(run: AnalysisRun, items: Sequence[Item]) -> None:
    takes = queries.receivers(run, queries.made_by_people(run.programme_id))
    themes = queries.theme_names(run.programme_id)
    ids = {number: themes[key].id for number, key in takes.items() if key in themes}
    known = {
        placement.contribution_id: placement
        for placement in session.scalars(
            select(Placement).where(Placement.contribution_id.in_([i.contribution_id for i in items]))
        )
    }
    for item in items:
        placement = known.get(item.contribution_id) or Placement(
            contribution_id=item.contribution_id, programme_id=run.programme_id
        )
        session.add(placement)
        placement.theme_id, second = ids.get(item.cluster), ids.get(item.second)
        placement.second_theme_id = None if second == placement.theme_id else second
        placement.run_id, placement.text_version = run.id, item.text_version
        placement.confidence, placement.reasons = item.confidence, item.reasons
        placement.near, placement.alike = item.near, item.alike


def _forget_old_words(programme_id: int) -> None:
    """A pinned idea stays where it is; words that are no longer in its text are no reasons."""
    session.execute(
        update(Placement)
        .where(
            Placement.programme_id == programme_id, Placement.pinned.is_(True),
            Placement.text_version
            != select(Contribution.public_version)
            .where(Contribution.id == Placement.contribution_id)
            .scalar_subquery(),
        )
        .values(reasons=[], text_version=None)
        .execution_options(synchronize_session=False)
    )
