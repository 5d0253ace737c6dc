"""What the README and the pages of docs/ point at is there."""

import re
from pathlib import Path

import pytest

from tests.house.project import ROOT

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
FILE = re.compile(r"`((?:[a-z_]+/)+[a-z_0-9-]+\.(?:py|js|css|html))(?::(\w+))?`")
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")


def found(path: str) -> list[Path]:
    """The file meant, from the top of the project or of the program."""
    return [whole for base in (ROOT, ROOT / "citizen") if (whole := base / path).is_file()]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_names_only_files_and_names_that_exist(page: Path) -> None:
    missing = []
    for path, name in FILE.findall(page.read_text()):
        files = found(path)
        if not files or (name and not re.search(rf"^(?:def|class) {name}\b", files[0].read_text(), re.M)):
            missing.append(f"{path}:{name}" if name else path)
    assert not missing


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_links_only_to_what_exists(page: Path) -> None:
    links = LINK.findall(page.read_text())
    assert not [link for link in links if not (page.parent / link).exists()]
