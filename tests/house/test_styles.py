"""The style sheets are as their parts say, small, and know every class and value that a page uses."""

import gzip
import hashlib
import re
from pathlib import Path

import pytest

from citizen.app import ROOT
from citizen.programmes.rules import themes
from tests.house.project import kept_files, templates
from tools import styles

LONGEST = 14_000
"""Bytes of a sheet, gzipped: less than half of what a first page may be."""
OLD = re.compile(r"\b(button|card|notice|tag|field|wrong|error|secondary|danger|skip)\b")
# Of the package that the parts were taken from: a part is changed by taking a newer one, never by hand.
DIGESTS = {
    "alert.css": "31229ce5", "base.css": "b53e7d19", "button.css": "2bb2cf11",
    "card.css": "238b0a4f", "details.css": "5385f060", "error-summary.css": "08a1fd19",
    "field.css": "fddbaa49", "fieldset.css": "cdb916ca", "input.css": "110012f5",
    "label.css": "8784aa7b", "link.css": "6840c46a", "skip-link.css": "3ffad916",
    "table.css": "0cad14b6", "tag.css": "924150be", "validation-message.css": "9a1196f2",
}


@pytest.mark.parametrize("path", styles.files(), ids=lambda path: path.name)
def test_what_is_kept_is_what_its_parts_make(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == styles.files()[path], "python -m tools.styles"


@pytest.mark.parametrize("name", styles.SHEETS)
def test_a_sheet_asks_for_nothing_that_is_not_there(name: str) -> None:
    assert styles.unknown((styles.STATIC / name).read_text(encoding="utf-8")) == set()


@pytest.mark.parametrize("name", styles.SHEETS)
def test_a_sheet_is_small_also_in_the_colours_of_a_municipality(name: str) -> None:
    text = (styles.STATIC / name).read_text(encoding="utf-8")
    dressed = text + themes.written(themes.Theme("#7a1fa2", "#0a6b2d"))
    assert len(gzip.compress(dressed.encode())) <= LONGEST


@pytest.mark.parametrize("name", styles.SHEETS)
def test_a_sheet_can_be_read_again_and_fetches_nothing(name: str) -> None:
    text = (styles.STATIC / name).read_text(encoding="utf-8")
    again = styles.NOTICE + "".join(rule.written() or f"{rule.head};" for rule in styles.parse(text)) + "\n"
    assert again == text
    assert not re.search(r"@import|url\((?!\"data:)|expression\(", text)


def test_the_parts_are_as_they_were_taken() -> None:
    parts = sorted((styles.STYLES / "designsystemet").glob("*.css"))
    assert {part.name: hashlib.sha256(part.read_bytes()).hexdigest()[:8] for part in parts} == DIGESTS


@pytest.mark.parametrize("name", templates())
def test_a_template_uses_no_class_that_the_sheets_no_longer_have(name: str) -> None:
    said = re.findall(r'class="([^"]*)"', templates()[name])
    plain = [re.sub(r"\{\{.*?\}\}|\{%.*?%\}", " ", words) for words in said]
    old = [words for words in plain if OLD.search(re.sub(r"\bds-[\w-]+", " ", words))]
    assert old == []


@pytest.mark.parametrize("name", templates())
def test_every_button_and_every_part_is_one_of_ours(name: str) -> None:
    text, sheet = templates()[name], styles.sheet(styles.SHEETS["staff.css"])
    assert re.findall(r"<button(?![^>]*class=\"[^\"]*\bds-button)[^>]*>", text) == []
    parts = set(re.findall(r"\bds-[a-z-]+", " ".join(re.findall(r'class="([^"]*)"', text))))
    assert {part for part in parts if f".{part}" not in sheet} == set()
    for attribute in ("data-variant", "data-size"):
        values = set(re.findall(rf'{attribute}="([a-z]+)"', text))
        assert {value for value in values if f"[{attribute}={value}]" not in sheet} == set()


def test_every_colour_that_a_template_asks_for_is_in_the_theme() -> None:
    asked = {c for text in templates().values() for c in re.findall(r'data-color="([a-z]+)"', text)}
    assert asked <= {*themes.FIXED, "accent"}


def test_the_licence_comes_with_the_sheets() -> None:
    kept = {path.relative_to(ROOT).as_posix() for path in kept_files()}
    assert {"citizen/static/designsystemet-license.txt", "citizen/styles/designsystemet/LICENSE"} <= kept
    assert "designsystemet-license.txt" in styles.NOTICE
    assert "Permission is hereby granted" in (styles.STATIC / "designsystemet-license.txt").read_text()


@pytest.mark.parametrize(("written", "read"), [
    ("a { color : red ; }", "a{color : red}"),
    ("a{color:red}/* no { brace */b{}", "a{color:red}"),
    ("@media print { a , b > c { margin: 0 } }", "@media print{a,b>c{margin:0}}"),
    ('a{background:url("data:;{}")}', 'a{background:url("data:;{}")}'),
    ("a{content:'}'}", "a{content:'}'}"),
    ("@supports (width:round(down,.1em,1px)){a{top:0}}", "@supports (width:round(down,.1em,1px)){a{top:0}}"),
])
def test_rules_are_read_as_they_are_meant(written: str, read: str) -> None:
    assert "".join(rule.written() for rule in styles.parse(written)) == read


def test_a_brace_that_stays_open_is_told_of() -> None:
    with pytest.raises(ValueError, match="brace"):
        styles.parse("a{color:red")


def test_only_the_branches_that_pages_have_are_kept() -> None:
    rules = styles.parse(".ds-alert,.ds-alert[data-clickdelegatefor]{color:red}.ds-floating{top:0}")
    assert "".join(rule.written() for rule in styles.used(rules)) == ".ds-alert{color:red}"


def test_a_plain_element_takes_the_look_of_its_part() -> None:
    rules = styles.used(styles.parse(".ds-link:hover,.ds-link-other{color:red}"))
    assert rules[0].written() == ":is(.ds-link,a:not([class])):hover,.ds-link-other{color:red}"
