"""What the command line does beside clustering: explain, evaluate, concepts, seeds, earlier runs, trouble."""

import errno
import json
import os
import signal
import subprocess
import sys
import time
from functools import partial

import pytest

from citizen.analysis import jsonlines, landmarks
from citizen.analysis.__main__ import BAD_INPUT, CANCELLED, FAILED, main
from citizen.analysis.commands import parallel
from tests.analysis.samples import TOPICS, civic_texts


@pytest.fixture
def civic(tmp_path):
    path = tmp_path / "in.jsonl"
    write(path, ({"id": t.id, "text": t.text, "lang": t.lang, "label": t.id.partition("-")[0]}
                 for t in civic_texts()))
    return path


def write(path, rows):
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")


def read(path):
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_every_text_is_explained_in_the_order_of_the_file(civic, tmp_path):
    out = tmp_path / "why.jsonl"
    assert main(["explain", str(civic), str(out), "--clusters", "4"]) == 0
    rows = read(out)
    assert [row["id"] for row in rows] == [text.id for text in civic_texts()]
    assert all(set(row) == {"id", "reasons", "near", "second"} for row in rows)
    assert all(set(reason) == {"kind", "name", "share"} for row in rows for reason in row["reasons"])


def test_a_labelled_file_is_scored_against_clusters_that_were_found_before(civic, tmp_path, capsys):
    out = tmp_path / "out.jsonl"
    main(["cluster", str(civic), str(out), "--clusters", str(len(TOPICS))])
    assert main(["evaluate", str(civic), str(out), "--json"]) == 0
    scored = json.loads(capsys.readouterr().out)
    assert scored["texts"] == len(civic_texts())
    assert scored["all"]["ami"] > 0.6


def test_a_labelled_file_alone_is_clustered_into_as_many_as_it_has_labels(civic, capsys):
    assert main(["evaluate", str(civic), "--ignore", "dogs"]) == 0
    shown = capsys.readouterr().out
    assert f"labels {len(TOPICS) - 1}  clusters {len(TOPICS) - 1}" in shown
    assert "AMI" in shown
    assert "leak" in shown


@pytest.mark.parametrize("rows", [[{"id": "x", "text": "hej"}], [{"id": "x", "text": "hej", "label": "a"}]])
def test_a_file_that_cannot_be_scored_is_bad_input(rows, tmp_path, capsys):
    path = tmp_path / "few.jsonl"
    write(path, rows)
    assert main(["evaluate", str(path)]) == BAD_INPUT
    assert "few.jsonl" in capsys.readouterr().err


def test_predictions_for_other_texts_are_bad_input(civic, tmp_path, capsys):
    other = tmp_path / "other.jsonl"
    write(other, [{"id": "stranger", "cluster": 1}])
    assert main(["evaluate", str(civic), str(other)]) == BAD_INPUT
    assert "stranger" in capsys.readouterr().err


def test_concepts_tell_what_they_hit_and_what_hits_none(civic, tmp_path):
    out = tmp_path / "concepts.json"
    assert main(["concepts", str(civic), str(out)]) == 0
    told = json.loads(out.read_text("utf-8"))
    assert told["texts"] == len(civic_texts())
    assert "dogs" in {one["concept"] for one in told["concepts"] if one["texts"]}


def test_a_municipality_adds_its_own_concepts_by_file(civic, tmp_path):
    own, out = tmp_path / "own.csv", tmp_path / "concepts.json"
    own.write_text("id;stems;name_sv\nstorgatan;^storgat;Storgatan\n", "utf-8")
    assert main(["concepts", str(civic), str(out), "--concepts", str(own)]) == 0
    told = json.loads(out.read_text("utf-8"))["concepts"]
    (found,) = [one for one in told if one["concept"] == "storgatan"]
    assert found["texts"] >= 1


def test_wrong_concepts_are_told_row_by_row(civic, tmp_path, capsys):
    own = tmp_path / "own.csv"
    own.write_text("id;stems;name_sv\nstorgatan;;Storgatan\nB!;torg;Torget\n", "utf-8")
    assert main(["cluster", str(civic), str(tmp_path / "out"), "--concepts", str(own)]) == BAD_INPUT
    told = capsys.readouterr().err
    assert "row 2" in told
    assert "row 3" in told
    assert not (tmp_path / "out").exists()


def test_examples_of_own_themes_are_read_from_a_file_and_reported(civic, tmp_path):
    seeds, report = tmp_path / "seeds.jsonl", tmp_path / "report.json"
    write(seeds, [{"theme": "Plog", "text": "Snöröjning och sandning", "lang": "sv"}])
    assert main(["cluster", str(civic), str(tmp_path / "out"), "--clusters", "4", "--seeds", str(seeds),
                 "--report", str(report)]) == 0
    told = json.loads(report.read_text("utf-8"))
    assert told["seeded"].keys() == {"Plog"}
    assert len(told["tree"]) == 3


def test_a_broken_example_is_named_by_its_line(civic, tmp_path, capsys):
    seeds = tmp_path / "seeds.jsonl"
    write(seeds, [{"theme": "Plog", "text": "Snö"}, {"theme": "Plog"}])
    assert main(["cluster", str(civic), str(tmp_path / "out"), "--seeds", str(seeds)]) == BAD_INPUT
    assert "line 2: 'theme' or 'text'" in capsys.readouterr().err


def test_an_earlier_run_keeps_its_clusters_together(civic, tmp_path):
    before, out = tmp_path / "before.jsonl", tmp_path / "out.jsonl"
    torn = {text.id: int(text.id.startswith(("winter", "light"))) for text in civic_texts()}
    write(before, [{"id": key, "cluster": cluster} for key, cluster in torn.items()])
    assert main(["cluster", str(civic), str(out), "--clusters", "2", "--before", str(before)]) == 0
    found = {row["id"]: row["cluster"] for row in read(out)}
    agree = sum(found[key] == cluster for key, cluster in torn.items())
    assert max(agree, len(torn) - agree) >= len(torn) - 3


def test_a_missing_sentence_model_is_told_and_nothing_is_written(civic, tmp_path, capsys):
    code = main(["cluster", str(civic), str(tmp_path / "out"), "--model", str(tmp_path / "none")])
    assert code == BAD_INPUT
    assert "none" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("command", ["cluster", "explain", "detect"])
def test_a_full_disk_leaves_the_earlier_file_and_no_half_one(command, civic, tmp_path, capsys, monkeypatch):
    out = tmp_path / "out.jsonl"
    out.write_text("earlier", "utf-8")

    def full(_handle):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(jsonlines.os, "fsync", full)
    assert main([command, str(civic), str(out)]) == FAILED
    assert "No space left" in capsys.readouterr().err
    assert out.read_text("utf-8") == "earlier"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.jsonl", "out.jsonl"]


def test_a_file_that_may_not_grow_is_told_without_a_traceback(civic, tmp_path):
    code = ("import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (500, 500));"
            " from citizen.analysis.__main__ import run; run()")
    command = [sys.executable, "-B", "-c", code, "detect", str(civic), str(tmp_path / "out.jsonl")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == FAILED
    assert "too large" in done.stderr
    assert "Traceback" not in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["in.jsonl"]


def test_a_run_that_is_interrupted_says_so_and_leaves_nothing(tmp_path):
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    write(source, ({"id": n, "text": f"Mer belysning och snöröjning på väg nummer {chr(97 + n % 26) * 4} {n}"}
                   for n in range(60_000)))
    # Whoever runs the tests may have told their programs not to mind the signal.
    code = ("import signal; signal.signal(signal.SIGINT, signal.default_int_handler);"
            " from citizen.analysis.__main__ import run; run()")
    command = [sys.executable, "-c", code, "cluster", str(source), str(out)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    # As soon as it can be stopped in words: once its modules are loaded.
    while not (process.poll() is not None or _has_opened(process.pid, source)):
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=60)
    assert process.returncode == CANCELLED
    assert "cancelled" in told
    assert "Traceback" not in told
    assert [path.name for path in tmp_path.iterdir()] == ["in.jsonl"]


def _has_opened(pid, path):
    links = (f"/proc/{pid}/fd/{name}" for name in os.listdir(f"/proc/{pid}/fd"))
    return any(os.path.realpath(link) == str(path) for link in links)


@pytest.mark.parametrize(
    "texts",
    [
        ["😀🎉"] * 20,
        ["12345"] * 20,
        ["och det är att"] * 20,
        ["Mer ljus i parken"] * 20,
        ["نريد المزيد من الإضاءة", "Haluamme lisää valoja"] * 10,
        ["snö " * 300_000] + [f"Mer ljus vid väg {c}" for c in "abcdefghijklmnop"],
        ["x\u0000y", "\ud800", "\u202etxet", "<script>"] * 5,
    ],
    ids=["emoji", "digits", "stop words", "all the same", "other languages", "a megabyte", "strange signs"],
)
def test_strange_files_give_an_honest_result(texts, tmp_path):
    source, out, report = tmp_path / "in.jsonl", tmp_path / "out.jsonl", tmp_path / "report.json"
    rows = [{"id": n, "text": text, "lang": "tlh"} for n, text in enumerate(texts)]
    source.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    assert main(["cluster", str(source), str(out), "--report", str(report)]) == 0
    assert [row["id"] for row in read(out)] == [str(n) for n in range(len(texts))]
    told = json.loads(report.read_text("utf-8"))
    assert told["unsorted"] + sum(cluster["size"] for cluster in told["clusters"]) == len(texts)


def test_several_processes_place_as_one_does(civic, tmp_path, monkeypatch):
    alone, together = tmp_path / "alone.jsonl", tmp_path / "together.jsonl"
    monkeypatch.setattr(landmarks, "PASSAGES", 20)
    options = ["--clusters", "4", "--quiet"]
    assert main(["cluster", str(civic), str(alone), *options]) == 0
    monkeypatch.setattr(parallel, "ALONE", 10)
    monkeypatch.setattr(parallel, "CHUNK", 5)
    monkeypatch.setattr(parallel.os, "cpu_count", lambda: 2)
    assert main(["cluster", str(civic), str(together), *options]) == 0
    assert together.read_text("utf-8") == alone.read_text("utf-8")


def test_a_helping_process_that_is_ended_leaves_no_half_file(civic, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(parallel, "ALONE", 10)
    monkeypatch.setattr(parallel.os, "cpu_count", lambda: 2)
    monkeypatch.setattr(parallel, "_leave_interrupts", partial(os._exit, 1))
    assert main(["cluster", str(civic), str(tmp_path / "out.jsonl"), "--quiet"]) == 1
    assert "not enough memory" in capsys.readouterr().err
    assert not list(tmp_path.glob("*out*"))
