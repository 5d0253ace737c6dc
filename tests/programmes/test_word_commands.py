"""Own words from the command line."""

import json
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from tests.programmes.own import audited, said, stored
from tests.world import World

GOOD = "id;name_sv;stems\nkvarnfors;Kvarnfors;kvarnfors\ndogs;;jycke\n"


def run(app: Flask, *line: str) -> Result:
    return app.test_cli_runner().invoke(args=["programmes", "concepts", *line])


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "words.csv"
    path.write_text(GOOD, encoding="utf-8")
    return path


def test_a_file_is_taken_in_once(app: Flask, world: World, file: Path) -> None:
    line = ("import", str(file), "--municipality", "granby")
    first = run(app, *line)
    assert (first.exit_code, first.stdout) == (0, "Concepts: 2 new, 0 changed, 0 here already.\n")
    assert [entry.key for entry in stored(app, world.swedish)] == ["dogs", "kvarnfors"]
    assert audited(app) == [("words.import", "granby", None)]
    assert run(app, *line).stdout == "Concepts: 0 new, 0 changed, 2 here already.\n"
    assert len(audited(app)) == 1


def test_a_dry_run_stores_nothing(app: Flask, world: World, file: Path) -> None:
    done = run(app, "import", str(file), "--municipality", "granby", "--dry-run")
    assert done.exit_code == 0
    assert "Dry run: nothing was stored." in done.stdout
    assert stored(app, world.swedish) == []


def test_every_wrong_row_is_told(app: Flask, world: World, file: Path) -> None:
    file.write_text("id;name_sv;stems\na;Ett;bad\n;Två;nordbad\n", encoding="utf-8")
    done = run(app, "import", str(file), "--municipality", "granby")
    assert done.exit_code == 1
    assert "row 2: the stem 'bad' is too short" in done.stderr
    assert "row 3: give the concept an id" in done.stderr
    assert "Nothing was stored." in done.stderr
    assert stored(app, world.swedish) == []


@pytest.mark.parametrize(("name", "content"), [
    ("w.pdf", b"x"), ("w.xlsx", b"x"), ("w.csv", b""), ("w.json", b"{"), ("w.json", b"\xff"),
])
def test_a_file_that_cannot_be_read_is_told_and_not_traced(
    app: Flask, world: World, tmp_path: Path, name: str, content: bytes
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    done = run(app, "import", str(path), "--municipality", "granby")
    assert done.exit_code == 1
    assert isinstance(done.exception, SystemExit)
    assert "Error: " in done.stderr


def test_collisions_are_told(app: Flask, world: World, file: Path) -> None:
    said(app, world, "Vegen til kvarnforsbrua.")
    file.write_text("id;name_sv;stems\na;Badet;badhus\nb;Fors;kvarnfors\n", encoding="utf-8")
    done = run(app, "import", str(file), "--municipality", "granby", "--dry-run")
    assert "Notice: badhus is also a word of " in done.stderr


def test_unknown_municipalities_and_programmes_are_told_with_those_there_are(
    app: Flask, world: World, file: Path
) -> None:
    for line in (("import", str(file)), ("list",)):
        done = run(app, *line, "--municipality", "nowhere")
        assert done.exit_code == 1
        assert "There are: elvdal, granby, langtborta." in done.stderr
    done = run(app, "review", "--programme", "nowhere")
    assert done.exit_code == 1
    assert "granslandet" in done.stderr


def test_the_list_tells_id_name_and_words(app: Flask, world: World, file: Path) -> None:
    run(app, "import", str(file), "--municipality", "granby")
    assert run(app, "list", "--municipality", "granby").stdout == (
        "dogs\tmore words for Dogs\tjycke\nkvarnfors\tKvarnfors\tkvarnfors\n")


def test_a_review_tells_hits_and_words_that_say_nothing(app: Flask, world: World, tmp_path: Path) -> None:
    said(app, world, "Hundrastgård i Kvarnfors.", "Kvarnfors og Nordlia")
    path = tmp_path / "words.json"
    concept = {"id": "kvarnfors", "names": {"sv": "Kvarnfors"}, "stems": ["kvarnfors"]}
    path.write_text(json.dumps({"concepts": [concept]}), encoding="utf-8")
    before = run(app, "review", "--programme", "granslandet")
    assert "kvarnfors 2" in before.stdout
    run(app, "import", str(path), "--municipality", "granby")
    after = run(app, "review", "--programme", "granslandet", "--unknown", "5")
    assert "2 published ideas, 2 speak of at least one concept." in after.stdout
    assert "     2  Kvarnfors (own): kvarnfors 2" in after.stdout
    assert "Words that speak of no concept: nummer 2, nordlia 1" in after.stdout


def test_a_programme_cannot_lie_where_the_words_do(app: Flask, world: World, tmp_path: Path) -> None:
    texts = tmp_path / "texts.json"
    texts.write_text('{"titles": {"sv": "Ord"}}', encoding="utf-8")
    done = app.test_cli_runner().invoke(args=[
        "programmes", "add", "words", "--municipality", "granby", "--texts", str(texts),
        "--collect-from", "2027-01-01", "--collect-to", "2027-02-01"])
    assert done.exit_code == 1
    assert "address of another page" in done.stderr
