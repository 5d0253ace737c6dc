"""What can be wrong with a model, said to whoever put it there."""

from importlib import import_module
from pathlib import Path
from typing import Any

from citizen.analysis.jsonlines import BadInput


class BadModel(BadInput):
    """Raised when a sentence model cannot be used; the message is for whoever put it there."""


def unusable(path: Path, error: Exception) -> BadModel:
    """Return the trouble of a file that another package refused, on one line."""
    return BadModel(f"{path} cannot be used: {' '.join(str(error).split())[:200]}")


def package(name: str) -> Any:
    """Import a package of the optional group.

    Raises
    ------
    BadModel
        If it is not installed.
    """
    try:
        return import_module(name)
    except ImportError:
        raise BadModel(f"the package {name.replace('_', '-')} is missing: sentence models need the "
                       "group 'model' of pyproject.toml, see docs/sentence-model.md") from None  # fmt: skip
