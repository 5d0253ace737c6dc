"""The project's own files, as the rules of the house look at them."""

import subprocess
from pathlib import Path

from citizen.app import ROOT

TEMPLATES = ROOT / "templates"
FILES = ("routes", "commands", "jobs", "forms", "actions", "queries", "policy", "models", "rules")
# Not rooms: what all stand on, pure analysis, and what is not Python.
APART = {"base", "analysis", "migrations", "static", "styles", "__pycache__"}


def rooms() -> list[Path]:
    """The folders of the rooms."""
    return sorted(p for p in (ROOT / "citizen").iterdir() if p.is_dir() and p.name not in APART)


def templates() -> dict[str, str]:
    """Every template's text by its name."""
    return {
        p.relative_to(TEMPLATES).as_posix(): p.read_text(encoding="utf-8")
        for p in sorted(TEMPLATES.rglob("*")) if p.is_file()
    }


def kept_files() -> list[Path]:
    """Every file that the repository keeps, or would keep if it were added now."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )
    found = [ROOT / name for name in listed.stdout.split("\0") if name]
    return [p for p in found if p.is_file()]
