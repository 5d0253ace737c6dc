"""Tiny sentence models, made anew for each test: the loading code is the real one."""

import json
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from safetensors.numpy import save_file
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.normalizers import Lowercase
from tokenizers.pre_tokenizers import Whitespace
from tokenizers.processors import TemplateProcessing

TOKENS = ["<pad>", "<unk>", "<s>", "snö", "is", "buss", "hållplats", "query"]
TABLE = np.array(
    [[9, 9, 9], [9, 9, 9], [0, 0, 3], [1, 0, 0], [3, 0, 1], [0, 2, 0], [0, 1, 1], [0, 0, 1]], np.float32
)


def write_tokenizer(folder: Path, marked: bool) -> None:
    """A word is a token; if `marked`, a text begins with <s>."""
    tokenizer = Tokenizer(WordLevel({token: n for n, token in enumerate(TOKENS)}, unk_token="<unk>"))
    tokenizer.normalizer = Lowercase()
    tokenizer.pre_tokenizer = Whitespace()
    if marked:
        tokenizer.post_processor = TemplateProcessing(single="<s> $A", special_tokens=[("<s>", 2)])
    tokenizer.save(str(folder / "tokenizer.json"))


def static_model(folder: Path, **tensors: np.ndarray) -> Path:
    """A model2vec folder; further tensors are weights or a mapping."""
    folder.mkdir(parents=True, exist_ok=True)
    write_tokenizer(folder, marked=False)
    save_file({"embeddings": TABLE} | tensors, folder / "model.safetensors")
    (folder / "config.json").write_text('{"model_type": "model2vec", "normalize": true}', "utf-8")
    return folder


def network_model(folder: Path, inputs=("input_ids", "attention_mask"), pooled=False, table=TABLE) -> Path:
    """A folder with a network that looks every token up in a table, and may take the largest of each text."""
    (folder / "onnx").mkdir(parents=True, exist_ok=True)
    write_tokenizer(folder, marked=True)
    values = [helper.make_tensor_value_info(name, TensorProto.INT64, ["n", "m"]) for name in inputs]
    nodes = [helper.make_node("Gather", ["table", "input_ids"], ["last_hidden_state"])]
    outputs = [helper.make_tensor_value_info("last_hidden_state", TensorProto.FLOAT, ["n", "m", "d"])]
    if pooled:
        of = ["last_hidden_state", "axes"]
        nodes.append(helper.make_node("ReduceMax", of, ["sentence_embedding"], keepdims=0))
        outputs.append(helper.make_tensor_value_info("sentence_embedding", TensorProto.FLOAT, ["n", "d"]))
    constants = [numpy_helper.from_array(table, "table"), numpy_helper.from_array(np.array([1]), "axes")]
    graph = helper.make_graph(nodes, "tiny", values, outputs, constants)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=10)
    onnx.save(model, folder / "onnx" / "model.onnx")
    return folder


def settings(folder: Path, **fields: object) -> Path:
    """Put a citizen.json into a folder."""
    (folder / "citizen.json").write_text(json.dumps(fields), "utf-8")
    return folder
