"""Static models: one vector per token, a text is the mean of its tokens (model2vec)."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from citizen.analysis.embedder.model import Embedder, FolderModel
from citizen.analysis.embedder.settings import Settings
from citizen.analysis.embedder.tokens import UNKNOWN, read_tokenizer, token_of
from citizen.analysis.embedder.trouble import BadModel, package, unusable

TABLES = ("embeddings", "embedding.weight")
"""Names of the table of vectors in such files."""


def tensor_names(path: Path) -> set[str]:
    """Return the names in the head of a safetensors file: its length in eight bytes, then JSON."""
    try:
        with path.open("rb") as file:
            return set(json.loads(file.read(int.from_bytes(file.read(8), "little"))))
    except (ValueError, TypeError, OverflowError, MemoryError, OSError) as error:
        raise unusable(path, error) from None


def load_static(path: Path, settings: Settings) -> Embedder:
    """Read a table, perhaps with a weight per token, or with fewer rows than tokens and a map to them.

    Raises
    ------
    BadModel
        If a file or a package is missing, cannot be read, or table and tokenizer do not fit.
    """
    tokenizer = read_tokenizer(path.parent, settings.longest)
    tensors = _tensors(path)
    tokens = tokenizer.get_vocab_size()
    table = next(tensors[name] for name in TABLES if name in tensors)
    row_of = tensors.get("mapping", np.arange(len(table)))
    weights = tensors.get("weights", np.ones(tokens, np.float32))
    if table.ndim != 2 or min(len(row_of), len(weights)) < tokens or row_of.max(initial=0) >= len(table):
        raise BadModel(f"{path} does not fit tokenizer.json: {tokens} tokens, a table of {table.shape}")
    unknown = token_of(tokenizer, UNKNOWN)

    def encode(texts: Sequence[str]) -> NDArray[Any]:
        rows = np.zeros((len(texts), table.shape[1]), np.float32)
        found = tokenizer.encode_batch(list(texts), add_special_tokens=False)
        for row, read in zip(rows, found, strict=True):
            ids = [token for token in read.ids if token != unknown]
            if ids:
                row[:] = (table[row_of[ids]] * weights[ids, None]).mean(axis=0)
        return rows

    return FolderModel(encode, settings, [path, path.parent / "tokenizer.json"], ["tokenizers"])


def _tensors(path: Path) -> dict[str, NDArray[Any]]:
    numpy_files = package("safetensors.numpy")
    try:
        return dict(numpy_files.load_file(path))
    except Exception as error:  # the package promises no class
        raise unusable(path, error) from None
