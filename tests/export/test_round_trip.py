"""From the command line to a file, and back in somewhere else."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from click.testing import Result
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from citizen.base.words import clean_line, clean_text, has_words
from citizen.export.actions.csv_files import write_csv
from citizen.export.rules.files import Variant, What
from citizen.ideas.rules.tables import read_table
from tests.export.material import build
from tests.factories import an_idea
from tests.world import World

AWKWARD = "'=1+1\n\"citat\"; komma, \ttabb\n\n-5 & <b> _x0041_ 😀 ﷺ"


def write(app: Flask, output: Path, *more: str) -> Result:
    return app.test_cli_runner().invoke(
        args=["export", "write", "--programme", "granslandet", "--output", str(output), *more]
    )


def ideas_in(app: Flask, folder: Path, programme: str) -> list[dict[str, str]]:
    output = folder / f"{programme}.json"
    done = app.test_cli_runner().invoke(args=[
        "export", "write", "--programme", programme, "--what", "ideas", "--format", "json",
        "--variant", "internal", "--output", str(output),
    ])  # fmt: skip
    assert done.exit_code == 0, done.output
    found: list[dict[str, str]] = json.loads(output.read_text("utf-8"))["ideas"]
    return found


@pytest.mark.parametrize("chosen", ["csv", "xlsx"])
@pytest.mark.parametrize("separator", ["semicolon", "comma"])
def test_an_export_comes_back_exactly(
    app: Flask, world: World, tmp_path: Path, chosen: str, separator: str
) -> None:
    build(app, world)
    an_idea(app, world, state="published", title="=A1", body=clean_text(AWKWARD), sector="academia")
    file = tmp_path / f"ideas.{chosen}"
    assert write(app, file, "--what", "ideas", "--format", chosen, "--variant", "internal",
                 "--separator", separator).exit_code == 0  # fmt: skip

    here = app.test_cli_runner().invoke(args=["ideas", "import", str(file), "--programme", "granslandet"])
    assert "Ideas: 0 imported, 9 already here, 0 wrong, 1 withdrawn" in here.output, here.output

    # Another programme knows other municipalities: the column would be refused there.
    there = app.test_cli_runner().invoke(args=["ideas", "import", str(file), "--programme", "langtborta"])
    assert "municipality: 'elvdal' is not one of langtborta" in there.stderr


def test_what_was_exported_can_be_taken_in_by_another_programme(
    app: Flask, world: World, tmp_path: Path
) -> None:
    an_idea(app, world, state="published", title="=A1", body=clean_text(AWKWARD), place="-5",
            municipality_id=world.elsewhere, submitted_at=None)  # fmt: skip
    for chosen in ("csv", "xlsx"):
        file = tmp_path / f"ideas.{chosen}"
        write(app, file, "--what", "ideas", "--format", chosen, "--variant", "internal")
        content = file.read_bytes()
        [row] = read_table(file.name, content).rows
        assert (row.cells["title"], row.cells["place"]) == ("=A1", "-5")
        assert row.cells["text"] == clean_text(AWKWARD)
    assert ideas_in(app, tmp_path, "granslandet")[0]["text"] == clean_text(AWKWARD)


class _Found:
    """A collection of one idea."""

    variant = Variant.INTERNAL

    def __init__(self, title: str, text: str) -> None:
        self.row = {"id": "I-1", "title": title, "text": text}

    def table(self, _table: What) -> list[dict[str, str]]:
        return [self.row]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(), st.text(), st.sampled_from([";", ","]))
def test_any_text_survives_the_way_through_csv(title: str, text: str, delimiter: str) -> None:
    title, text = clean_line(title), clean_text(text)
    with TemporaryDirectory() as folder:
        file = Path(folder) / "ideas.csv"
        with file.open("wb") as out:
            write_csv(out, _Found(title, text), [What.IDEAS], delimiter)  # type: ignore[arg-type]
        [row] = read_table(file.name, file.read_bytes()).rows
    assert (row.cells["title"], row.cells["text"]) == (title, text)
    assert has_words(row.cells["text"]) == has_words(text)


def test_the_command_writes_every_format(app: Flask, world: World, tmp_path: Path) -> None:
    build(app, world)
    for chosen, ending in (("csv", "zip"), ("xlsx", "xlsx"), ("json", "json")):
        done = write(app, tmp_path / f"all.{ending}", "--format", chosen)
        assert done.exit_code == 0, done.output
        assert (tmp_path / f"all.{ending}").stat().st_size > 500
    assert {file.name for file in tmp_path.iterdir()} == {"all.zip", "all.xlsx", "all.json"}


def test_the_command_says_what_is_wrong(app: Flask, world: World, tmp_path: Path) -> None:
    wrong = write(app, tmp_path / "all.csv", "--format", "csv")
    assert wrong.exit_code == 2
    assert "must end in .zip" in wrong.stderr
    nowhere = write(app, tmp_path / "no" / "all.json", "--format", "json")
    assert nowhere.exit_code == 1
    assert "could not be written" in nowhere.stderr
    missing = write(app, tmp_path / "all.json", "--format", "json", "--programme", "nope")
    assert "There is no programme nope" in missing.stderr
    assert list(tmp_path.iterdir()) == []
