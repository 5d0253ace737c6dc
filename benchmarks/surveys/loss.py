"""Nothing acknowledged is lost: many answer a survey at once on PostgreSQL while web processes are killed.

Whoever gets no answer sends the page again, as a phone does. In the end every page that was acknowledged is
there as it was sent, every answer that was acknowledged is received, and none twice.
"""

import argparse
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import func, select

from benchmarks import servers, world
from benchmarks.loss import web_processes
from benchmarks.surveys import seeding
from benchmarks.surveys.answering import Respondent
from citizen.app import create_app
from citizen.base.db import session
from citizen.base.settings import Settings
from citizen.surveys import queries
from citizen.surveys.models import Attempt, Participation, Sealed, Submission
from citizen.surveys.queries import answering as found
from citizen.surveys.rules.values import answers_from_json
from tests import postgres

LONGEST = 900


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.surveys loss", description=__doc__)
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--kills", type=int, default=3)
    options = parser.parse_args(arguments)
    with servers.folder() as path, postgres.server() as url:
        port = servers.free_port()
        env = servers.environment(path, port) | {"DATABASE_URL": url}
        app = create_app(Settings.from_environment(env))
        with app.app_context():
            upgrade(str(Path(app.root_path) / "migrations"))
        programme_id, _municipality_id = world.create(app)
        ref = seeding.create(app, programme_id)
        with app.app_context():
            survey = queries.survey(ref)
            assert survey is not None
            published = queries.latest(survey.id)
            assert published is not None
        people = [
            Respondent(port, ref, published.document, number, leaves_early=number % 5 == 4)
            for number in range(options.people)
        ]
        _answer_while_killed(people, env, options.kills)
        wrong = _wrong(app, people)
    told = sum(bool(one.receipt) for one in people)
    pages = sum(len(one.kept) for one in people)
    print(f"{options.people} people at once, web killed {options.kills} times,"
          f" {sum(one.lost for one in people)} answers lost on the way")
    print(f"acknowledged: {told} whole answers, {pages} questions; wrong: {len(wrong)}")
    for line in wrong[:20]:
        print(line)
    return bool(wrong)


def _answer_while_killed(people: list[Respondent], env: dict[str, str], kills: int) -> None:
    line = [sys.executable, "-m", "citizen.base.serve"]
    with subprocess.Popen(line, env=env, cwd=servers.ROOT, stderr=subprocess.DEVNULL) as supervisor:
        servers.wait_until_open(people[0].port)
        threads = [threading.Thread(target=one.run) for one in people]
        for thread in threads:
            thread.start()
        every, deadline = sum(8 if not one.leaves_early else 3 for one in people), time.monotonic() + LONGEST
        for number in range(1, kills + 1):
            while (sum(one.requests - one.lost for one in people) < every * number // (kills + 1)
                   and time.monotonic() < deadline and any(t.is_alive() for t in threads)):
                time.sleep(0.02)
            for pid in web_processes(supervisor.pid):
                os.kill(pid, signal.SIGKILL)
        for thread in threads:
            thread.join(LONGEST)
        supervisor.terminate()


def _wrong(app: Flask, people: list[Respondent]) -> list[str]:
    """What is not there as it was acknowledged, or is there twice."""
    wrong = []
    with app.app_context():
        for one in people:
            stored = found.received(found.digest_of(one.receipt)) if one.receipt else None
            if not one.leaves_early and stored is None:
                wrong.append(f"{one.number}: not received, {len(one.kept)} questions kept")
            elif stored is not None:
                chosen = {q: list(value.options) for q, value in stored.answers.items()}
                if chosen != one.kept:
                    wrong.append(f"{one.number}: received {chosen} instead of {one.kept}")
        unfinished = [answers_from_json(a.answers) for a in session.scalars(select(Attempt))]
        begun = sorted(str(sorted((q, v.options) for q, v in each.items())) for each in unfinished if each)
        left = sorted(
            str(sorted((q, tuple(options)) for q, options in one.kept.items()))
            for one in people if one.leaves_early
        )
        if begun != left:
            wrong.append(f"{len(begun)} unfinished answers are kept, {len(left)} were left")
        received = sum(session.scalar(select(func.count()).select_from(m)) or 0 for m in (Submission, Sealed))
        taken_part = session.scalar(select(func.count()).select_from(Participation)) or 0
        sent = sum(not one.leaves_early for one in people)
        if {received, taken_part} != {sent}:
            wrong.append(f"{sent} sent, {received} received, {taken_part} have taken part")
    return wrong
