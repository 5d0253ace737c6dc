"""Texts as the numbers of their tokens: ``tokenizer.json`` of every kind of model."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from citizen.analysis.embedder.trouble import BadModel, package, unusable

UNKNOWN = ("<unk>", "[UNK]")
PADDING = ("<pad>", "[PAD]")


def read_tokenizer(folder: Path, longest: int) -> Any:
    """Read the tokenizer of a folder, to cut at `longest` tokens and to pad nothing.

    Raises
    ------
    BadModel
        If the file or the package is missing, or it cannot be read.
    """
    path = folder / "tokenizer.json"
    if not path.is_file():
        raise BadModel(f"{path} is missing")
    tokenizers = package("tokenizers")
    try:
        tokenizer = tokenizers.Tokenizer.from_file(str(path))
    except Exception as error:  # the package has no class of its own for it
        raise unusable(path, error) from None
    tokenizer.enable_truncation(longest)
    tokenizer.no_padding()
    return tokenizer


def token_of(tokenizer: Any, names: Sequence[str]) -> int | None:
    """Return the number of the first of some tokens that the tokenizer knows."""
    found = (tokenizer.token_to_id(name) for name in names)
    return next((token for token in found if token is not None), None)
