"""What a pack of everything costs: seconds and the most memory, for surveys of different sizes.

Each size is measured in a process of its own, since a process never gives back the most it has used.
"""

import argparse
import random
import resource
import secrets
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import insert

from benchmarks import servers, world
from citizen.app import create_app
from citizen.base import clock
from citizen.base.db import db, session
from citizen.base.settings import Settings
from citizen.surveys import actions
from citizen.surveys.actions import exporting
from citizen.surveys.actions.exporting import Order, Words
from citizen.surveys.models import Answer, Submission, Survey
from citizen.surveys.rules import Level
from citizen.surveys.rules.document import Document, Texts
from citizen.surveys.rules.outline import from_outline

SIZES = (1_000, 10_000, 100_000)
_LOT = 1_000
_KINDS = ("one", "several", "scale", "number", "short")


def thirty_questions() -> tuple[Document, Texts]:
    """Six of each of five kinds, three on a page."""
    options = [{"name": f"a{n}", "text": {"sv": f"Alternativ {n}"}} for n in range(5)]
    questions: list[dict[str, Any]] = []
    for number in range(30):
        kind = _KINDS[number % len(_KINDS)]
        questions.append({"name": f"f{number}", "kind": kind, "text": {"sv": f"Fråga {number}"}})
        if kind in ("one", "several"):
            questions[-1]["options"] = options
        elif kind in ("scale", "number"):
            questions[-1] |= {"least": 0, "most": 10}
    pages = [{"questions": questions[n : n + 3]} for n in range(0, 30, 3)]
    return from_outline({"languages": ["sv"], "title": {"sv": "Mätning"}, "pages": pages})


def fill(app: Flask, count: int) -> int:
    """A survey with so many answers, written straight to the tables; gives its id."""
    programme_id, municipality_id = world.create(app)
    document, texts = thirty_questions()
    with app.app_context():
        survey = actions.create_survey(
            programme_id=programme_id, municipality_id=municipality_id, languages=document.languages,
            title="Mätning", level=Level.ANONYMOUS, user_id=None,
        )
        for key, by_language in texts.items():
            actions.save_text(survey, key, "sv", by_language["sv"])
        actions.save_document(survey, document)
        actions.publish(survey, user_id=None)
        session.commit()
        survey_id, rng = survey.id, random.Random(count)
        for start in range(0, count, _LOT):
            _fill_lot(survey_id, municipality_id, document, min(_LOT, count - start), rng)
        return survey_id


def _fill_lot(
    survey_id: int, municipality_id: int, document: Document, count: int, rng: random.Random
) -> None:
    submissions, answers = [], []
    for _number in range(count):
        submission_id = secrets.randbelow(2**53)
        submissions.append({
            "id": submission_id, "survey_id": survey_id, "version": 1, "language": "sv", "channel": "link",
            "place": "", "municipality_id": municipality_id, "received_on": clock.today(),
            "digest": f"{submission_id:064x}",
        })
        for question in document.questions:
            base = {"submission_id": submission_id, "question": question.id, "survey_id": survey_id,
                    "row": "", "option": "", "number": None, "text": None}
            if question.options:
                chosen = rng.sample(question.options, 2 if question.kind == "several" else 1)
                answers += [base | {"option": option.id} for option in chosen]
            elif question.kind == "scale":
                answers.append(base | {"option": str(rng.randrange(11))})
            elif question.kind == "number":
                answers.append(base | {"number": float(rng.randrange(11))})
            else:
                answers.append(base | {"text": f"Ett svar med några ord, nummer {submission_id}"})
    session.execute(insert(Submission), submissions)
    session.execute(insert(Answer), answers)
    session.commit()


def measure(folder: Path, survey_id: int) -> tuple[float, float, int]:
    """(seconds, megabytes at most, bytes of the archive) of one pack."""
    app = create_app(Settings.from_environment(servers.environment(folder, 0)))
    with app.app_context():
        session.get_one(Survey, survey_id)
        session.rollback()
        begun, size = time.perf_counter(), 0
        for piece in exporting.packed(survey_id, Order("sv", ";", Words.APART)):
            size += len(piece)
        seconds = time.perf_counter() - begun
        db.engine.dispose()
    return seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, size


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.surveys export", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES)
    parser.add_argument("--one", nargs=2, metavar=("FOLDER", "SURVEY"), help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.one:
        print(*measure(Path(options.one[0]), int(options.one[1])))
        return 0
    print("| answers × 30 questions | seconds | most memory, MB | archive, MB |\n|---|---|---|---|")
    for count in options.sizes:
        with servers.folder() as folder:
            app = create_app(Settings.from_environment(servers.environment(folder, 0)))
            with app.app_context():
                upgrade(str(Path(app.root_path) / "migrations"))
            survey_id = fill(app, count)
            run = [sys.executable, "-m", "benchmarks.surveys.exporting", "--one", str(folder), str(survey_id)]
            told = subprocess.run(run, capture_output=True, text=True, check=True).stdout.split()
            seconds, memory, size = (float(one) for one in told)
            print(f"| {count} | {seconds:.1f} | {memory:.0f} | {size / 1e6:.1f} |", flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
