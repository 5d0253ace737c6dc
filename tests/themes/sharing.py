"""Findings that are done in parts, and all that came of one, to be compared."""

from typing import Any

from flask import Flask
from sqlalchemy import select

from citizen.base.db import only_reading, session
from citizen.base.jobs import Job
from citizen.base.parts import JobPart
from citizen.themes import actions
from citizen.themes.models import AnalysisRun, RunCluster, RunItem, RunModel
from tests.themes.texts import ask
from tests.world import World

Outcome = dict[str, Any]


def ask_in_parts(app: Flask, world: World, size: int, **more: Any) -> int:
    """Leave a finding that proposes, in parts of SIZE texts; gives the job's number."""
    job_id = ask(app, world, **{"accept": False, **more})
    with app.app_context():
        job = session.get_one(Job, job_id)
        job.arguments = {**job.arguments, "part": size}
        session.commit()
    return job_id


def outcome(app: Flask, job_id: int) -> Outcome:
    """Everything that a proposal holds, to the last byte, but for its numbers and moments."""
    with app.app_context():
        run = session.scalars(select(AnalysisRun).where(AnalysisRun.job_id == job_id)).one()
        told = {key: getattr(run, key) for key in (
            "seed", "settings", "versions", "input_hash", "texts", "unsorted", "tree", "concepts"
        )}
        for table in (RunCluster, RunItem, RunModel):
            columns = [column for column in table.__table__.columns if column.name != "run_id"]
            rows = session.execute(select(*columns).where(table.run_id == run.id).order_by(*columns[:1]))
            told[table.__tablename__] = [tuple(row) for row in rows]
        return told


def refuse(app: Flask, job_id: int) -> None:
    """Take a proposal away, so that the next one starts from the same."""
    with app.app_context():
        run = session.scalars(select(AnalysisRun).where(AnalysisRun.job_id == job_id)).one()
        actions.refuse(run, user_id=None)
        session.commit()


def in_hand(app: Flask) -> list[tuple[int, str]]:
    """Which worker has which part in hand, by the number of its step, at this moment."""
    with app.app_context(), only_reading():
        found = session.execute(
            select(JobPart.step_id, JobPart.worker).where(JobPart.state == "taken").order_by(JobPart.step_id)
        )
        return [(row[0], row[1] or "") for row in found]
