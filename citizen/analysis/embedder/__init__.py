"""A sentence model from a folder of one's own: optional, local, never fetched.

Its vectors join the graph of themes as one block more. Three kinds are told apart by their files:
a static table (model2vec), a network in ONNX, and a folder of sentence-transformers, if that package
is there. What to put where stands in ``docs/sentence-model.md``.

Sources: mean of token vectors, those of padding left out (Reimers & Gurevych 2019); static tables
with one weight per token (model2vec, Tulkens & van Dongen 2024).
"""

import os
from pathlib import Path

from citizen.analysis.embedder.model import Embedder
from citizen.analysis.embedder.network import load_network
from citizen.analysis.embedder.packaged import load_packaged
from citizen.analysis.embedder.settings import read_settings
from citizen.analysis.embedder.static import TABLES, load_static, tensor_names
from citizen.analysis.embedder.trouble import BadModel

__all__ = ["BadModel", "Embedder", "load_embedder"]

_OFFLINE = {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "HF_HUB_DISABLE_TELEMETRY": "1",
            "TOKENIZERS_PARALLELISM": "false"}  # fmt: skip


def load_embedder(path: str | Path) -> Embedder:
    """Read the model in a folder; the network is never asked.

    Raises
    ------
    BadModel
        If there is no such folder or no model in it, a file cannot be read or does not fit the
        others, or a package is missing.
    """
    folder = Path(path)
    if not folder.is_dir():
        raise BadModel(f"{folder}: no such folder")
    os.environ.update(_OFFLINE)
    settings = read_settings(folder)
    for name in ("model.safetensors", "0_StaticEmbedding/model.safetensors"):
        if (table := folder / name).is_file() and set(TABLES) & tensor_names(table):
            return load_static(table, settings)
    for name in ("model.onnx", "onnx/model.onnx"):
        if (network := folder / name).is_file():
            return load_network(network, folder, settings)
    if (folder / "modules.json").is_file():
        return load_packaged(folder, settings)
    raise BadModel(f"{folder}: no model.onnx, no table in model.safetensors and no modules.json")
