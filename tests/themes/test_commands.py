"""Finding themes from the terminal."""

import subprocess
import sys
from pathlib import Path

from flask import Flask

from citizen.app import ROOT
from citizen.base.db import session
from citizen.themes.models import AnalysisRun
from tests.themes.texts import ask, demo_ideas, publish
from tests.workers import environment
from tests.world import World


def flask(folder: Path, database_url: str, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "flask", "--app", "wsgi", *words], cwd=ROOT, text=True,
                          env=environment(folder, database_url), capture_output=True, check=False)


def test_the_command_prints_a_table_and_tells_how_far_it_has_come(
    app: Flask, world: World, tmp_path: Path, database_url: str
) -> None:
    publish(app, world, demo_ideas()[:40])
    done = flask(tmp_path, database_url, "themes", "find", "--programme", world.slug, "--seed", "7")
    assert done.returncode == 0, done.stderr
    assert "unsorted" in done.stdout
    assert "Swedish" in done.stdout
    assert "saving" in done.stderr
    with app.app_context():
        assert [run.seed for run in session.query(AnalysisRun)] == [7]


def test_the_command_says_why_it_cannot(app: Flask, world: World, tmp_path: Path, database_url: str) -> None:
    unknown = flask(tmp_path, database_url, "themes", "find", "--programme", "nowhere")
    assert unknown.returncode == 1
    assert "no programme nowhere" in unknown.stderr
    few = flask(tmp_path, database_url, "themes", "find", "--programme", world.slug)
    assert "At least ten published ideas are needed." in few.stderr
    ask(app, world)
    busy = flask(tmp_path, database_url, "themes", "find", "--programme", world.slug)
    assert "already" in busy.stderr


def test_serving_pages_never_imports_the_text_analysis(tmp_path: Path, database_url: str) -> None:
    look = "import sys, wsgi; print([m for m in ('sklearn', 'nltk', 'scipy', 'numpy') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", look], cwd=ROOT, text=True, capture_output=True,
                          env=environment(tmp_path, database_url), check=True)
    assert done.stdout.strip() == "[]"
