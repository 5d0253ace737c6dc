import json
import subprocess
import sys

import pytest

from citizen.analysis.__main__ import main
from tests.analysis.samples import civic_texts


def row(number, **changes):
    return json.dumps({"id": f"i{number}", "text": f"Mer ljus på väg {number}"} | changes)


GOOD = [row(number) for number in range(12)]


@pytest.fixture
def civic(tmp_path):
    path = tmp_path / "in.jsonl"
    rows = ({"id": t.id, "text": t.text, "lang": t.lang, "extra": [1]} for t in civic_texts())
    path.write_text("\n".join(json.dumps(one) for one in rows), "utf-8")
    return path


def read(path):
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_clustering_writes_a_line_per_text_in_the_order_given(civic, tmp_path):
    out = tmp_path / "out.jsonl"
    assert main(["cluster", str(civic), str(out), "--clusters", "4", "--seed", "1"]) == 0
    rows = read(out)
    assert [one["id"] for one in rows] == [text.id for text in civic_texts()]
    assert all(set(one) == {"id", "cluster", "confidence", "lang", "second"} for one in rows)


def test_the_report_lists_clusters_with_words_names_and_quotes(civic, tmp_path):
    report = tmp_path / "report.json"
    main(["cluster", str(civic), str(tmp_path / "out"), "--clusters", "4", "--report", str(report)])
    found = json.loads(report.read_text("utf-8"))
    assert len(found["clusters"]) == 4
    for cluster in found["clusters"]:
        assert cluster["terms"]
        assert cluster["representatives"]
        assert set(cluster["labels"]) == {"sv", "nb", "nn", "en"}


def test_letters_stay_letters_in_the_files(civic, tmp_path):
    report = tmp_path / "report.json"
    main(["cluster", str(civic), str(tmp_path / "out"), "--clusters", "4", "--report", str(report)])
    assert "\\u00" not in report.read_text("utf-8")


def test_languages_are_detected_whatever_the_mark_says(civic, tmp_path):
    out = tmp_path / "out.jsonl"
    assert main(["detect", str(civic), str(out)]) == 0
    right = [one["lang"] == text.lang for one, text in zip(read(out), civic_texts(), strict=True)]
    assert sum(right) >= 26


def test_similar_texts_are_listed_with_scores(civic, tmp_path):
    queries, out = tmp_path / "queries.jsonl", tmp_path / "out.jsonl"
    queries.write_text('{"id": 1, "text": "Hundpark med gjerde"}\n', "utf-8")
    assert main(["similar", str(civic), str(queries), str(out)]) == 0
    (found,) = read(out)
    assert found["id"] == "1"
    assert found["similar"][0]["id"].startswith("dogs")


def test_a_handful_of_texts_is_written_unsorted_with_a_word_about_it(tmp_path, capsys):
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text("\n".join(GOOD[:3]), "utf-8")
    assert main(["cluster", str(source), str(out)]) == 0
    assert [one["cluster"] for one in read(out)] == [-1, -1, -1]
    assert "10 are needed" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "empty"),
        (b"\n \n", "empty"),
        ("\n".join([*GOOD, "{broken"]).encode(), "line 13: not JSON"),
        ("\n".join([*GOOD, "[" * 100_000]).encode(), "line 13: not JSON"),
        ("\n".join([*GOOD, "[1]"]).encode(), "line 13: not a JSON object"),
        ("\n".join([*GOOD, GOOD[2]]).encode(), "line 13: id 'i2' is already in line 3"),
        ("\n".join([*GOOD, '{"id": "x"}']).encode(), "line 13: 'text'"),
        ("\n".join([*GOOD, '{"text": "x"}']).encode(), "line 13: 'id'"),
        ("\n".join([*GOOD, '{"id": null, "text": "x"}']).encode(), "line 13: 'id'"),
        ("\n".join(GOOD).encode() + b'\n{"id": "x", "text": "\xff"}', "line 13: not UTF-8"),
    ],
)
@pytest.mark.parametrize("command", ["cluster", "detect"])
def test_bad_input_is_named_by_line_and_leaves_no_file(command, content, message, tmp_path, capsys):
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_bytes(content)
    assert main([command, str(source), str(out)]) == 2
    assert message in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["in.jsonl"]


@pytest.mark.parametrize("wanted", ["0", "-3", "33"])
def test_an_impossible_number_of_clusters_is_bad_input(civic, tmp_path, capsys, wanted):
    assert main(["cluster", str(civic), str(tmp_path / "out"), "--clusters", wanted]) == 2
    assert "between 1 and 32" in capsys.readouterr().err


def test_a_missing_file_is_bad_input(tmp_path, capsys):
    assert main(["cluster", str(tmp_path / "none"), str(tmp_path / "out")]) == 2
    assert "No such file" in capsys.readouterr().err


def test_an_unwritable_target_is_told_without_a_traceback(civic, tmp_path, capsys):
    assert main(["detect", str(civic), str(tmp_path / "missing" / "out")]) == 2
    assert "No such file" in capsys.readouterr().err


def test_an_earlier_result_survives_a_failed_run(tmp_path):
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text("{broken", "utf-8")
    out.write_text("earlier", "utf-8")
    assert main(["cluster", str(source), str(out)]) == 2
    assert out.read_text("utf-8") == "earlier"


def test_the_module_runs_as_a_program(tmp_path):
    source = tmp_path / "in.jsonl"
    source.write_text("{broken", "utf-8")
    command = [sys.executable, "-m", "citizen.analysis", "cluster", str(source), "out.jsonl"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "line 1: not JSON" in done.stderr


@pytest.mark.parametrize(
    "module",
    [
        "results", "stopwords", "normalise", "lexicon", "additions", "thesaurus", "language", "jsonlines",
        "landmarks", "similar", "commands.parallel",
    ],
)
def test_light_modules_load_nothing_heavy(module):
    heavy = "{'sklearn', 'scipy', 'numpy', 'nltk', 'py3langid', 'flask'} & set(sys.modules)"
    code = f"import citizen.analysis.{module}, sys; sys.exit(bool({heavy}))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
