"""Rooms hold the nine files and nothing else; the web process stays light; nothing secret is kept."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from citizen.app import ROOT
from tests.house.project import FILES, kept_files, rooms

HEAVY = ("sklearn", "scipy", "nltk", "numpy", "py3langid")


@pytest.mark.parametrize("room", rooms(), ids=lambda room: room.name)
def test_a_room_holds_the_nine_files_and_no_other(room: Path) -> None:
    found = {p.stem for p in room.iterdir() if p.suffix == ".py" or (p.is_dir() and any(p.glob("*.py")))}
    assert found - {"__init__"} <= set(FILES)
    assert (room / "__init__.py").exists()


def test_tests_lie_where_their_subjects_lie() -> None:
    places = {p.name for p in (ROOT / "citizen").iterdir() if p.is_dir()} | {"house", "browser", "tools"}
    assert {p.name for p in (ROOT / "tests").iterdir() if p.is_dir()} - {"__pycache__"} <= places


def test_no_file_is_a_drawer() -> None:
    """The aim is 300 lines; here is where a machine says stop."""
    long = {
        str(p.relative_to(ROOT)): lines for p in (ROOT / "citizen").rglob("*.py")
        if "migrations" not in p.parts and (lines := len(p.read_text(encoding="utf-8").splitlines())) > 400
    }
    assert long == {}


def actions() -> list[Path]:
    """Files of actions; the demo's are steps of one command, which commits between them."""
    return [p for p in kept_files() if (p.match("citizen/*/actions.py") or p.match("citizen/*/actions/*.py"))
            and not p.match("citizen/demo/**/*")]


@pytest.mark.parametrize("path", actions(), ids=lambda p: str(p.relative_to(ROOT)))
def test_actions_never_commit(path: Path) -> None:
    calls = [
        node.lineno for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        and node.func.attr == "commit"
    ]
    assert calls == []


def test_the_web_process_loads_nothing_heavy_even_when_it_looks_for_words(tmp_path: Path) -> None:
    program = (
        "import sys, wsgi\n"
        "from citizen.analysis import terms\n"
        "terms.index_terms('Snøbrøyting på veien til skolen')\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    environment = {"CITIZEN_DATA_FOLDER": str(tmp_path), "PATH": os.environ["PATH"]}
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_nothing_secret_is_kept_in_the_repository() -> None:
    key = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY")
    password = re.compile(
        r"""(?i)\b(password|passwd|secret_key|api_key|token)\b["']?\s*[:=]\s*["'][^"'{}%<\s]{4,}["']"""
    )
    found = []
    for path in kept_files():
        if path.suffix in {".png", ".ico", ".woff2", ".xlsx", ".mo"}:
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        is_test = path.is_relative_to(ROOT / "tests")
        if key.search(text) or (not is_test and path.suffix == ".py" and password.search(text)):
            found.append(str(path.relative_to(ROOT)))
    assert found == []
