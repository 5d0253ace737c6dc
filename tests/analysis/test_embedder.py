import socket
import subprocess
import sys
from types import ModuleType

import numpy as np
import pytest

from citizen.analysis.embedder import BadModel, load_embedder
from tests.analysis.models import TABLE, network_model, settings, static_model, write_tokenizer

KINDS = {"static": static_model, "network": network_model}


@pytest.fixture(params=KINDS)
def folder(request, tmp_path):
    """Return a model of each kind."""
    return KINDS[request.param](tmp_path / "tiny")


@pytest.fixture(autouse=True)
def _no_network(monkeypatch):
    def refuse(*_args, **_kwargs):
        raise AssertionError("a model asked for the network")

    monkeypatch.setattr(socket, "socket", refuse)


def unit(*vectors):
    """Return the direction of the mean of some vectors."""
    mean = np.mean(vectors, axis=0)
    return pytest.approx(mean / np.linalg.norm(mean), abs=1e-6)


def test_every_text_gets_a_row_of_length_one(folder):
    rows = load_embedder(folder).embed(["snö", "buss hållplats", "is", "snö is buss"])
    assert rows.shape == (4, 3)
    assert rows.dtype == np.float32
    assert np.linalg.norm(rows, axis=1) == pytest.approx(1.0, abs=1e-6)


def test_no_texts_give_no_rows(folder):
    assert load_embedder(folder).embed([]).shape == (0, 3)


def test_rows_stay_with_their_texts_over_many_batches(folder):
    texts = [["buss", "snö is", "is"][n % 3] + " hållplats" * (n % 5) for n in range(200)]
    model = load_embedder(folder)
    assert model.embed(texts) == pytest.approx(np.vstack([model.embed([text]) for text in texts]), abs=1e-6)


def test_the_same_texts_give_the_same_rows(folder):
    texts = ["snö is", "buss"]
    assert np.array_equal(load_embedder(folder).embed(texts), load_embedder(folder).embed(texts))


def test_strange_texts_do_no_harm(folder):
    rows = load_embedder(folder).embed(["", "🎉\x00", "half a pair \ud800", "snö " * 50_000, "\u200b"])
    assert np.isfinite(rows).all()


def test_a_model_is_called_as_its_folder_unless_it_says_otherwise(folder):
    assert load_embedder(folder).name == "tiny"
    assert load_embedder(settings(folder, name="Nordic e5")).name == "Nordic e5"


def test_the_version_changes_with_any_file_and_with_nothing_else(folder):
    first = load_embedder(folder).version
    (folder / "README.md").write_text("words", "utf-8")
    assert load_embedder(folder).version == first
    assert load_embedder(settings(folder, prefix="query: ")).version != first


def test_the_version_names_the_packages_that_compute(tmp_path):
    assert "tokenizers" in load_embedder(static_model(tmp_path)).version
    assert "onnxruntime" in load_embedder(network_model(tmp_path / "other")).version


def test_a_static_model_takes_the_mean_of_the_tokens_it_knows(tmp_path):
    rows = load_embedder(static_model(tmp_path)).embed(["Snö och is", "buss"])
    assert rows[0] == unit(TABLE[3], TABLE[4])
    assert rows[1] == unit(TABLE[5])


def test_a_text_of_unknown_words_is_zero_in_a_static_model(tmp_path):
    assert load_embedder(static_model(tmp_path)).embed(["xyzzy"]).tolist() == [[0, 0, 0]]


def test_a_static_model_may_weigh_its_tokens_and_share_rows(tmp_path):
    weights = np.array([1, 1, 1, 1, 5, 1, 1, 1], np.float64)
    mapping = np.array([0, 1, 2, 3, 5, 5, 6, 7])
    rows = load_embedder(static_model(tmp_path, weights=weights, mapping=mapping)).embed(["snö is"])
    assert rows[0] == unit(TABLE[3], 5 * TABLE[5])


def test_small_numbers_of_a_static_model_are_computed_in_full(tmp_path):
    small = static_model(tmp_path, embeddings=(TABLE * 10).astype(np.int8))
    assert load_embedder(small).embed(["snö is"])[0] == unit(TABLE[3], TABLE[4])


def test_a_static_model_in_a_folder_of_sentence_transformers_is_read_without_that_package(tmp_path):
    static_model(tmp_path / "0_StaticEmbedding")
    assert load_embedder(tmp_path).embed(["buss"])[0] == unit(TABLE[5])


def test_a_network_takes_the_mean_without_padding(tmp_path):
    rows = load_embedder(network_model(tmp_path)).embed(["snö is", "buss"])
    assert rows[0] == unit(TABLE[2], TABLE[3], TABLE[4])
    assert rows[1] == unit(TABLE[2], TABLE[5])


def test_a_network_may_ask_for_segments_and_may_do_without_a_mask(tmp_path):
    for number, inputs in enumerate([("input_ids", "attention_mask", "token_type_ids"), ("input_ids",)]):
        rows = load_embedder(network_model(tmp_path / str(number), inputs)).embed(["buss"])
        assert rows[0] == unit(TABLE[2], TABLE[5])


def test_a_vector_per_text_is_taken_as_it_is(tmp_path):
    rows = load_embedder(network_model(tmp_path, pooled=True)).embed(["snö is"])
    assert rows[0] == unit(TABLE[2:5].max(axis=0))


def test_the_prefix_stands_before_every_text(tmp_path):
    rows = load_embedder(settings(network_model(tmp_path), prefix="query ")).embed(["buss"])
    assert rows[0] == unit(TABLE[2], TABLE[7], TABLE[5])


def test_only_the_first_tokens_are_read(tmp_path):
    rows = load_embedder(settings(network_model(tmp_path), longest=2)).embed(["buss snö is"])
    assert rows[0] == unit(TABLE[2], TABLE[5])


def in_a_new_process(code, *arguments):
    """Return whether the code ends well in a Python of its own."""
    return subprocess.run([sys.executable, "-c", code, *map(str, arguments)], check=False).returncode == 0


def test_packages_are_told_to_stay_offline_before_they_are_loaded(tmp_path):
    assert in_a_new_process(
        "import os, sys; from citizen.analysis.embedder import load_embedder; load_embedder(sys.argv[1]);"
        "sys.exit(os.environ['HF_HUB_OFFLINE'] + os.environ['TRANSFORMERS_OFFLINE'] != '11')",
        static_model(tmp_path),
    )


def test_asking_for_the_module_loads_no_package_of_models():
    assert in_a_new_process(
        "import citizen.analysis.embedder, sys;"
        "sys.exit(bool({'onnxruntime', 'tokenizers', 'safetensors', 'sklearn'} & set(sys.modules)))"
    )


def test_a_missing_folder_is_told(tmp_path):
    with pytest.raises(BadModel, match="none: no such folder"):
        load_embedder(tmp_path / "none")


def test_a_folder_without_a_model_says_what_could_be_there(tmp_path):
    with pytest.raises(BadModel, match=r"no model\.onnx, no table in .* and no modules\.json"):
        load_embedder(tmp_path)


@pytest.mark.parametrize("package", ["tokenizers", "safetensors.numpy"])
def test_a_missing_package_is_named_with_the_group_that_has_it(package, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(BadModel, match=f"{package}.* is missing: .*group 'model'"):
        load_embedder(static_model(tmp_path))


def test_a_missing_runtime_is_named_too(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    with pytest.raises(BadModel, match="onnxruntime is missing"):
        load_embedder(network_model(tmp_path))


def test_a_folder_only_sentence_transformers_can_read_asks_for_that_package(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    (tmp_path / "modules.json").write_text("[]", "utf-8")
    with pytest.raises(BadModel, match="sentence-transformers is missing"):
        load_embedder(tmp_path)


@pytest.mark.parametrize("name", ["model.safetensors", "tokenizer.json", "citizen.json"])
@pytest.mark.parametrize("content", [b"", b"broken", b"\xff" * 64])
def test_a_broken_file_is_named(name, content, tmp_path):
    static_model(tmp_path)
    (tmp_path / name).write_bytes(content)
    with pytest.raises(BadModel, match=name):
        load_embedder(tmp_path)


def test_a_broken_network_is_named_on_one_line(tmp_path):
    (network_model(tmp_path) / "onnx" / "model.onnx").write_bytes(b"broken")
    with pytest.raises(BadModel, match=r"model\.onnx cannot be used") as caught:
        load_embedder(tmp_path)
    assert "\n" not in str(caught.value)


def test_a_missing_tokenizer_is_named(folder):
    (folder / "tokenizer.json").unlink()
    with pytest.raises(BadModel, match=r"tokenizer\.json is missing"):
        load_embedder(folder)


def test_a_table_that_does_not_fit_its_tokenizer_is_refused(tmp_path):
    for tensors in ({"embeddings": TABLE[:4]}, {"embeddings": TABLE[0]}, {"weights": np.ones(3, np.float32)},
                    {"mapping": np.arange(1, 9)}):
        with pytest.raises(BadModel, match=r"does not fit tokenizer\.json"):
            load_embedder(static_model(tmp_path, **tensors))


def test_a_network_that_is_no_sentence_model_is_refused(tmp_path):
    with pytest.raises(BadModel, match="asks for input_ids, pixels: no sentence model"):
        load_embedder(network_model(tmp_path, inputs=("input_ids", "pixels")))


def test_a_network_that_does_not_know_a_token_says_so(tmp_path):
    model = load_embedder(network_model(tmp_path, table=TABLE[:5]))
    with pytest.raises(BadModel, match=r"model\.onnx cannot be used"):
        model.embed(["buss"])


def test_numbers_that_are_not_finite_are_refused(tmp_path):
    broken = TABLE.copy()
    broken[5] = np.nan
    model = load_embedder(static_model(tmp_path, embeddings=broken))
    with pytest.raises(BadModel, match="not finite"):
        model.embed(["snö", "buss"])


def test_other_dimensions_than_promised_are_refused(folder):
    with pytest.raises(BadModel, match="gives 3 dimensions, not 384"):
        load_embedder(settings(folder, dimensions=384))


@pytest.mark.parametrize(
    ("fields", "message"),
    [({"longest": "many"}, "'longest' cannot be 'many'"), ({"longest": 0}, "'longest' cannot be 0"),
     ({"longest": True}, "'longest' cannot be True"), ({"prefiks": "q"}, "unknown field 'prefiks'")],
)
def test_settings_that_make_no_sense_are_refused(fields, message, tmp_path):
    with pytest.raises(BadModel, match=message):
        load_embedder(settings(static_model(tmp_path), **fields))


@pytest.fixture
def sentence_transformers(monkeypatch, tmp_path):
    """Stand in for a package of a gigabyte, and return what it was asked for."""
    asked = {}

    class SentenceTransformer:
        def __init__(self, folder, **options):
            asked.update(options, folder=folder)

        def encode(self, texts, **options):
            return np.full((len(texts), 4), 2.0)

    package = ModuleType("sentence_transformers")
    package.SentenceTransformer = SentenceTransformer
    monkeypatch.setitem(sys.modules, "sentence_transformers", package)
    monkeypatch.setattr("citizen.analysis.embedder.model.version_of", lambda name: "1")
    (tmp_path / "modules.json").write_text("[]", "utf-8")
    write_tokenizer(tmp_path, marked=True)
    return asked


def test_sentence_transformers_reads_offline_and_runs_nothing_of_the_folder(sentence_transformers, tmp_path):
    rows = load_embedder(tmp_path).embed(["snö", "buss"])
    assert rows.tolist() == [[0.5] * 4] * 2
    assert sentence_transformers["folder"] == str(tmp_path)
    assert sentence_transformers["local_files_only"] is True
    assert sentence_transformers["trust_remote_code"] is False
    assert sentence_transformers["model_kwargs"] == {"use_safetensors": True}
